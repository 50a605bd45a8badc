// Shows a video or an animated picture where its poster is, once somebody asks for it: website/clips.py. Without this
// script the poster is a link to the file.
{
  const video = (link) => {
    const { alt, captions, captionsLabel, captionsLanguage } = link.dataset
    const made = document.createElement("video")
    Object.assign(made, { src: link.href, controls: true, playsInline: true, poster: link.querySelector("img")?.src ?? "" })
    made.setAttribute("aria-label", alt)
    if (captions) {
      const track = document.createElement("track")
      Object.assign(track, { kind: "captions", src: captions, label: captionsLabel, srclang: captionsLanguage, default: true })
      made.append(track)
    }
    link.replaceWith(made)
    made.focus()
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) made.play().catch(() => {}) // The controls are there.
  }
  // A picture cannot be paused: a second click puts the poster back.
  const picture = (link) => {
    const label = link.querySelector(".clip-show")
    const shown = link.querySelector("[data-moving]")
    if (shown) {
      shown.replaceWith(link.still)
      label.textContent = link.show
    } else {
      link.still ??= label.previousSibling
      link.show ??= label.textContent
      const moving = Object.assign(new Image(), { src: link.href, alt: link.dataset.alt })
      moving.dataset.moving = ""
      link.still.replaceWith(moving)
      label.textContent = link.dataset.stop
    }
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-clip]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.dataset.clip === "video") video(link)
    else picture(link)
  })
}
