// What only a reader's browser knows: its clock, what it showed last time, and that it can print. The page reads without it.
(() => {
  "use strict";

  const project = document.querySelector("[data-project]");
  const language = document.querySelector("article[lang]")?.lang || "es";
  const say = (element, text) => {
    element.textContent = text;
    element.hidden = false;
  };

  // Service hours, by the project's clock and its country's holidays. Minutes since midnight.
  const OPEN = [[480, 720], [780, 990]];
  const service = document.querySelector("[data-zone]");
  const holidays = new Set(service?.dataset.holidays.split(" "));
  const isWorking = (day) => day.getUTCDay() % 6 !== 0 && !holidays.has(day.toISOString().slice(0, 10));
  const localNow = () => {
    const format = new Intl.DateTimeFormat("en", {
      timeZone: service.dataset.zone, hourCycle: "h23",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    });
    const part = Object.fromEntries(format.formatToParts(new Date()).map(({ type, value }) => [type, Number(value)]));
    return [new Date(Date.UTC(part.year, part.month - 1, part.day)), 60 * part.hour + part.minute];
  };
  const next = (day, minute) => {
    const later = isWorking(day) && OPEN.find(([start]) => minute < start);
    if (later) return [day, later[0]];
    const coming = new Date(day);
    do coming.setUTCDate(coming.getUTCDate() + 1); while (!isWorking(coming));
    return [coming, OPEN[0][0]];
  };
  if (service) {
    const [day, minute] = localNow();
    if (isWorking(day) && OPEN.some(([start, end]) => start <= minute && minute < end)) {
      say(service, service.dataset.open);
    } else {
      const [coming, start] = next(day, minute);
      coming.setUTCMinutes(start);
      const when = new Intl.DateTimeFormat(language, {
        timeZone: "UTC", weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", hourCycle: "h23",
      }).format(coming);
      say(service, service.dataset.closed.replace("{when}", when));
    }
  }

  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

  // How old a cut is: in days here, and on a project's page whether too many working days have gone by.
  const dayOf = (time) => new Date(`${time.dateTime.slice(0, 10)}T00:00:00Z`);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const tellAge = (element, time, today) => {
    const days = Math.round((today - dayOf(time)) / 86400000);
    if (days >= 0) say(element, ` · ${relative.format(-days, "day")}`);
  };
  for (const made of document.querySelectorAll("[data-made]")) {
    const now = new Date();
    tellAge(made.nextElementSibling, made, new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
  }
  const cut = document.querySelector("[data-cut]");
  const age = document.querySelector("[data-age]");
  if (cut && age && service) {
    const [today] = localNow();
    tellAge(age, cut, today);
    let working = 0;
    for (const day = dayOf(cut); day < today && working < 11; day.setUTCDate(day.getUTCDate() + 1)) working += isWorking(day);
    const old = document.querySelector("[data-old]");
    if (working > 10 && old) say(old, old.dataset.old);
  }

  // What changed since the cut that this browser showed last; where it may not remember, the changes since the last cut stay.
  const sections = [...document.querySelectorAll("[data-since]")];
  if (cut) {
    const key = `avance:${project.dataset.project}`;
    const shown = cut.dateTime.slice(0, 10);
    try {
      let seen = JSON.parse(localStorage.getItem(key)) || {};
      if (seen.cut !== shown) seen = { cut: shown, before: seen.cut };
      localStorage.setItem(key, JSON.stringify(seen));
      const own = sections.find((section) => section.hidden && section.dataset.since === seen.before);
      if (own) {
        own.hidden = false;
        sections.at(-1).hidden = own.dataset.since === sections.at(-1).dataset.since;
      }
    } catch {
      // Storage is refused, or holds something else: the page is whole without it.
    }
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A ticket's number is a link to it: a tap copies the address, to be sent.
  const told = document.querySelector("[data-told]");
  for (const link of navigator.clipboard && told ? document.querySelectorAll("[data-copy]") : []) {
    link.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(link.href);
        say(told, told.dataset.told.replace("{number}", link.textContent));
        setTimeout(() => { told.hidden = true; }, 4000);
      } catch {
        // Not allowed to copy: the link still leads to the ticket.
      }
    });
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
