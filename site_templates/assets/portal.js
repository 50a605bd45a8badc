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

  // A link to a ticket that is folded away opens its fold.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  // The board: its filters, kept in the address. On a wide screen every column is open, and the dates are drawn.
  const board = document.querySelector(".board");
  const wide = matchMedia("(min-width: 760px)");
  const list = document.querySelector(".line-list");
  if (list && matchMedia("(min-width: 1000px)").matches) list.open = false;
  if (board) {
    const bar = document.querySelector(".filters");
    const fields = [...bar.querySelectorAll("select, input")];
    const status = bar.querySelector("[role=status]");
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const say = (place, shown, all) => place.dataset.text.replace("{shown}", shown).replace("{all}", all);
    const columns = [...board.querySelectorAll(".board-column")].map((fold) => ({
      fold,
      open: fold.open,
      rest: fold.querySelector(".rest"),
      count: fold.querySelector(".count"),
      total: fold.querySelector(".count").textContent,
      cards: [...fold.querySelectorAll(".board-card")].map((card) => [card, plain(card.querySelector("a").textContent)]),
    }));
    const fits = (card, text, { name, value }) =>
      name === "texto"
        ? plain(value).split(/\s+/).every((word) => text.includes(word))
        : (card.dataset[name] ?? "").split(" ").includes(value);
    const narrow = () => {
      const asked = fields.filter((field) => field.value.trim());
      let shown = 0;
      let all = 0;
      for (const { fold, open, rest, count, total, cards } of columns) {
        for (const [card, text] of cards) card.hidden = !asked.every((field) => fits(card, text, field));
        const here = cards.filter(([card]) => !card.hidden).length;
        count.textContent = asked.length ? say(board, here, cards.length) : total;
        fold.open = wide.matches || (asked.length ? here > 0 : open);
        if (rest) rest.open = asked.length > 0;
        shown += here;
        all += cards.length;
      }
      status.textContent = asked.length ? say(status, shown, all) : "";
    };
    const remember = () => {
      const query = new URLSearchParams(location.search);
      for (const { name, value } of fields) value.trim() ? query.set(name, value) : query.delete(name);
      history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
      narrow();
    };
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = "";
      field.addEventListener("input", remember);
    }
    bar.querySelector("button").addEventListener("click", () => {
      for (const field of fields) field.value = "";
      remember();
    });
    wide.addEventListener("change", narrow);
    bar.hidden = false;
    board.classList.add("ready");
    narrow();
  }
})();
