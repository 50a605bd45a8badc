// Puts what somebody looked for, and where they were, into the links that ask for an article: partials/request.html.
{
  const fill = (asked) => {
    const page = location.origin + location.pathname // What follows may be the key of a private portal.
    for (const section of document.querySelectorAll("[data-request]")) {
      const told = section.dataset.request.replace(/\{(asked|page)\}/g, (_, name) => (name === "asked" ? asked : page))
      for (const link of section.querySelectorAll("[data-request-link]"))
        link.href = link.dataset.requestLink.replace("{text}", () => encodeURIComponent(told))
    }
  }
  const asked = new URLSearchParams(location.search).get("q")?.trim()
  if (asked) fill(asked)
  document.addEventListener("avance:searched", ({ detail }) => fill(detail.question))
}
