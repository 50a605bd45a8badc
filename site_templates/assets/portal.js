// What only a reader's browser knows: how old the cut is today, and that a button can print. The page reads without it.
(() => {
  "use strict";

  const cut = document.querySelector("[data-cut]");
  const age = document.querySelector("[data-age]");
  const language = document.querySelector("[lang].project")?.lang || "es";
  if (cut && age && Intl.RelativeTimeFormat) {
    const [year, month, day] = cut.dateTime.slice(0, 10).split("-").map(Number);
    const now = new Date();
    const days = Math.round(
      (Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.UTC(year, month - 1, day)) / 86400000,
    );
    if (days >= 0) {
      age.textContent = ` · ${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day")}`;
      age.hidden = false;
    }
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A calendar program opens webcal: and follows it; the page cannot know its own address before it is served.
  for (const link of document.querySelectorAll("[data-subscribe]")) {
    if (!location.protocol.startsWith("http")) break;
    link.href = link.href.replace(/^https?:/, "webcal:");
    link.hidden = false;
  }

  // A link to a ticket that is folded away opens its fold.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
