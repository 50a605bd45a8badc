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

  // A wide screen has the dates drawn: their list waits folded.
  const dates = document.querySelector(".line-list");
  if (dates && matchMedia("(min-width: 1000px)").matches) dates.open = false;

  // The board: filters kept in the address; on a wide screen every column is open.
  const board = document.querySelector(".board");
  if (board) {
    const bar = document.querySelector(".filters");
    const status = bar.querySelector("[role=status]");
    const fields = [...bar.querySelectorAll("select, input")];
    const columns = [...board.querySelectorAll(".board-column")].map((fold) => [fold, fold.open]);
    const wide = matchMedia("(min-width: 760px)");
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const say = (place, shown, all) => place.dataset.text.replace("{shown}", shown).replace("{all}", all);
    const fits = (card, { name, value }) =>
      name === "texto"
        ? plain(value).split(/\s+/).every((word) => plain(card.querySelector("a").textContent).includes(word))
        : (card.dataset[name] ?? "").split(" ").includes(value);
    const narrow = () => {
      const asked = fields.filter((field) => field.value.trim());
      const some = asked.length > 0;
      for (const card of board.querySelectorAll(".board-card")) card.hidden = !asked.every((field) => fits(card, field));
      const count = (place) => ["li:not([hidden])", "li"].map((one) => place.querySelectorAll(one).length);
      for (const [fold, open] of columns) {
        const number = fold.querySelector(".count");
        const found = count(fold);
        number.textContent = some ? say(board, ...found) : number.dataset.all;
        fold.open = wide.matches || (some ? found[0] > 0 : open);
        for (const rest of fold.querySelectorAll(".rest")) rest.open = some;
      }
      board.classList.toggle("filtered", some);
      status.textContent = some ? say(status, ...count(board)) : "";
    };
    const query = new URLSearchParams(location.search);
    const remember = () => {
      for (const { name, value } of fields) value.trim() ? query.set(name, value) : query.delete(name);
      history.replaceState(null, "", `${location.pathname}${`?${query}`.replace(/\?$/, "")}${location.hash}`);
      narrow();
    };
    for (const field of fields) {
      field.value = query.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = "";
    }
    bar.addEventListener("input", remember);
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
