// What only a reader's browser knows: its clock, what it showed last time, and that it can print. The page reads without it.
// It runs while the page is read and changes each part before it is seen, so that nothing moves afterwards.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  const remembered = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // Storage is refused, or holds something else: the page is whole without it.
    }
  };
  const remember = (key, value) => {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // The same.
    }
  };
  const say = (element, text) => {
    element.textContent = text;
    element.hidden = false;
  };

  // Each act is done once for every element that its selector fits, as soon as it is there.
  const acts = [];
  const when = (selector, act) => acts.push([selector, act, new WeakSet()]);
  const read = () => {
    for (const [selector, act, done] of acts) {
      for (const element of document.querySelectorAll(selector)) {
        if (done.has(element)) continue;
        done.add(element);
        act(element);
      }
    }
  };

  // Light or dark: one choice for this page and the documentation, kept where the documentation's theme keeps it.
  const palettes = JSON.parse(root.dataset.palettes);
  const place = `${new URL(root.dataset.home, location).pathname}.__palette`;
  const fits = ({ media }) => matchMedia(media).matches;
  const AUTOMATIC = "(prefers-color-scheme)";
  let chosen = Math.min(remembered(place)?.index ?? Math.max(palettes.findIndex(fits), 0), palettes.length - 1);
  const paint = () => {
    const { media } = palettes[chosen];
    const color = (media === AUTOMATIC && palettes.find((one) => one.media !== AUTOMATIC && fits(one))) || palettes[chosen];
    for (const [name, value] of Object.entries(color)) root.setAttribute(`data-md-color-${name}`, value);
    return color;
  };
  if (palettes.length) paint();
  when("[data-palette]", (button) => {
    button.hidden = Number(button.dataset.palette) !== chosen;
    button.addEventListener("click", () => {
      chosen = (chosen + 1) % palettes.length;
      remember(place, { index: chosen, color: paint() });
      for (const other of document.querySelectorAll("[data-palette]")) {
        other.hidden = Number(other.dataset.palette) !== chosen;
        if (!other.hidden) other.focus();
      }
    });
  });

  // Service hours, by the project's clock and its country's holidays. Minutes since midnight.
  const OPEN = [[480, 720], [780, 990]];
  let project, language, holidays, today, minute;
  when("[data-project]", (article) => {
    project = article.dataset;
    language = article.lang;
    holidays = new Set(project.holidays.split(" "));
    const format = new Intl.DateTimeFormat("en", {
      timeZone: project.zone, hourCycle: "h23",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    });
    const part = Object.fromEntries(format.formatToParts(new Date()).map(({ type, value }) => [type, Number(value)]));
    today = new Date(Date.UTC(part.year, part.month - 1, part.day));
    minute = 60 * part.hour + part.minute;
  });
  const isWorking = (day) => day.getUTCDay() % 6 !== 0 && !holidays.has(day.toISOString().slice(0, 10));
  const next = () => {
    const coming = new Date(today);
    const later = isWorking(today) && OPEN.find(([start]) => minute < start);
    if (later) return [coming, later[0]];
    do coming.setUTCDate(coming.getUTCDate() + 1); while (!isWorking(coming));
    return [coming, OPEN[0][0]];
  };
  when("[data-open]", (service) => {
    if (isWorking(today) && OPEN.some(([start, end]) => start <= minute && minute < end)) {
      say(service, service.dataset.open);
      return;
    }
    const [coming, start] = next();
    coming.setUTCMinutes(start);
    const moment = new Intl.DateTimeFormat(language, {
      timeZone: "UTC", weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", hourCycle: "h23",
    }).format(coming);
    say(service, service.dataset.closed.replace("{when}", moment));
  });

  // How old the cut is; on the panel, each project's.
  const tellAge = (element, since, now, tongue) => {
    const days = Math.round((now - new Date(since)) / 86400000);
    if (days >= 0) say(element, ` · ${new Intl.RelativeTimeFormat(tongue, { numeric: "auto" }).format(-days, "day")}`);
  };
  let cut;
  when("[data-cut]", (time) => { cut = time.dateTime.slice(0, 10); });
  when("[data-age]", (age) => tellAge(age, cut, today, language));
  when("[data-made] + span", (age) => {
    const now = new Date();
    const day = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    tellAge(age, age.previousElementSibling.dateTime.slice(0, 10), day, age.closest("[lang]").lang);
  });
  when("[data-old]", (notice) => {
    if (!cut) return;
    let working = 0;
    for (const day = new Date(cut); day < today && working < 11; day.setUTCDate(day.getUTCDate() + 1)) working += isWorking(day);
    if (working > 10) say(notice, notice.dataset.old);
  });

  // What changed since the cut that this browser showed last; where it may not remember, the changes since the last cut stay.
  let seen;
  when("[data-age]", () => {
    const key = `avance:${root.dataset.sealed ?? project.project}`;
    seen = remembered(key) || {};
    if (seen.cut !== cut) seen = { cut, before: seen.cut };
    remember(key, seen);
  });
  when("[data-since]", (section) => {
    if (section.dataset.since === seen.before) section.hidden = !section.hidden;
  });

  when("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // A calendar program opens webcal: and follows it; the page cannot know its own address before it is served.
  when("[data-subscribe]", (link) => {
    if (!location.protocol.startsWith("http")) return;
    link.href = link.href.replace(/^https?:/, "webcal:");
    link.hidden = false;
  });

  // A wide screen has the dates drawn: their list waits folded.
  when(".line-list", (dates) => {
    if (matchMedia("(min-width: 1000px)").matches) dates.open = false;
  });
  when(".filters", (bar) => { bar.hidden = false; });

  // A ticket's number is a link to it: a tap copies the address, to be sent.
  document.addEventListener("click", async ({ target }) => {
    const link = navigator.clipboard && target.closest("[data-copy]");
    if (!link) return;
    const told = document.querySelector("[data-told]");
    const { href, textContent } = link;
    try {
      await navigator.clipboard.writeText(href.replace(/#k1[^/]*/, "#")); // Nobody's key is sent with it.
      say(told, told.dataset.told.replace("{number}", textContent));
      setTimeout(() => { told.hidden = true; }, 4000);
    } catch {
      // Not allowed to copy: the link still leads to the ticket.
    }
  });

  // A link to a ticket that is folded away opens its fold. In a private portal the anchor follows the view: `#/tablero/t-12`.
  const unfold = () => {
    const [id] = location.hash.match(/[^#/]*$/);
    for (const former of document.querySelectorAll(".target")) former.classList.remove("target");
    const target = document.getElementById(decodeURIComponent(id));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (root.dataset.sealed) target.classList.add("target");
    target.scrollIntoView();
  };
  addEventListener("hashchange", () => {
    if (!root.dataset.sealed) unfold();
  });

  // The board: filters kept in the address, of a private portal only until it is left; on a wide screen every column is open.
  const asked = new URLSearchParams();
  const watchBoard = (board) => {
    const bar = document.querySelector(".filters");
    const status = bar.querySelector("[role=status]");
    const fields = [...bar.querySelectorAll("select, input")];
    const columns = [...board.querySelectorAll(".board-column")].map((fold) => [fold, fold.open]);
    const wide = matchMedia("(min-width: 760px)");
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const counted = (place, shown, all) => place.dataset.text.replace("{shown}", shown).replace("{all}", all);
    const passes = (card, { name, value }) =>
      name === "texto"
        ? plain(value).split(/\s+/).every((word) => plain(card.querySelector("a").textContent).includes(word))
        : (card.dataset[name] ?? "").split(" ").includes(value);
    const narrow = () => {
      const asked = fields.filter((field) => field.value.trim());
      const some = asked.length > 0;
      for (const card of board.querySelectorAll(".board-card")) card.hidden = !asked.every((field) => passes(card, field));
      const count = (place) => ["li:not([hidden])", "li"].map((one) => place.querySelectorAll(one).length);
      for (const [fold, open] of columns) {
        const number = fold.querySelector(".count");
        const found = count(fold);
        number.textContent = some ? counted(board, ...found) : number.dataset.all;
        fold.open = wide.matches || (some ? found[0] > 0 : open);
        for (const rest of fold.querySelectorAll(".rest")) rest.open = some;
      }
      board.classList.toggle("filtered", some);
      status.textContent = some ? counted(status, ...count(board)) : "";
    };
    const query = root.dataset.sealed ? asked : new URLSearchParams(location.search);
    const address = () => {
      for (const { name, value } of fields) value.trim() ? query.set(name, value) : query.delete(name);
      if (!root.dataset.sealed) history.replaceState(null, "", `${location.pathname}${`?${query}`.replace(/\?$/, "")}${location.hash}`);
      narrow();
    };
    for (const field of fields) {
      field.value = query.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = "";
    }
    bar.addEventListener("input", address);
    bar.querySelector("button").addEventListener("click", () => {
      for (const field of fields) field.value = "";
      address();
    });
    wide.addEventListener("change", narrow);
    board.classList.add("ready");
    narrow();
  };

  const reading = new MutationObserver(read);
  reading.observe(root, { childList: true, subtree: true });
  const boards = new WeakSet();
  const mount = () => {
    read();
    document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    unfold();
    const board = document.querySelector(".board");
    if (!board || boards.has(board)) return;
    boards.add(board);
    watchBoard(board);
  };
  document.addEventListener("avance:view", mount); // A private portal shows another of its pages.
  document.addEventListener("DOMContentLoaded", () => {
    reading.disconnect();
    mount();
  });
})();
