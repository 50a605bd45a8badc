// A private portal: the key in the link opens the sealed container beside this page; its pages become views (`#/tablero/`).
// `unseal` (the format) comes before it in the same file; portal.js runs on each view as on an open page.
(() => {
  "use strict";

  const shell = document.querySelector("[data-sealed]");
  if (!shell) return;
  const part = (name) => document.querySelector(`[data-${name}]`);
  const parts = Object.fromEntries(
    ["opened", "view", "owner", "toast", "device", "remember", "forget", "share", "webview"].map((name) => [name, part(name)]),
  );

  const here = new URL(".", location.href);
  const pid = here.pathname.split("/").slice(-2)[0];
  const siteName = document.querySelector(".site-name span").textContent;
  const { userAgent } = navigator;
  // Its "open in the browser" takes the address along: there the key stays in it.
  const isWebView = /; wv\)/.test(userAgent) || (/iPhone|iPad|iPod/.test(userAgent) && !/Safari\//.test(userAgent));

  let key; // { raw, source }: see unseal.js
  let portal; // what it opened: see prepared
  let prefix = "#"; // of the links to views: with the key where the address must keep it
  let shown; // the page that is on the screen

  // Not needed by any page of ours, and what could lead out of this one.
  const STRIPPED = "script,style,link,meta,base,iframe,frame,object,embed,form,template,noscript";
  const SAFE = /^(https?|mailto|tel|webcal|whatsapp):$/;

  // States: one at a time, and with none of them anything of the project on the page.
  const show = (state) => {
    portal = shown = null;
    parts.view.textContent = "";
    for (const section of shell.querySelectorAll("[data-state]")) section.hidden = section.dataset.state !== state;
    shell.hidden = false;
    parts.opened.hidden = true;
    document.title = siteName;
  };
  const tell = (name, file = "", act, label = "open") => {
    const { toast } = parts;
    const button = toast.querySelector("button");
    toast.querySelector("p").textContent = toast.dataset[name].replace("{file}", file);
    button.hidden = !act;
    button.textContent = toast.dataset[`label${label}`];
    button.onclick = act ?? null;
    toast.hidden = false;
    clearTimeout(tell.timer);
    if (name !== "preparing") tell.timer = setTimeout(hush, act ? 30000 : 10000);
  };
  const hush = () => { parts.toast.hidden = true; };

  // Keys: in the link, in this tab, or remembered by this device as one that no script can read.
  const session = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // Refused: the key stays in the address instead.
    }
  };
  const vault = (mode, act) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("avance", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("keys", mode);
      const request = act(transaction.objectStore("keys"));
      transaction.oncomplete = () => { opening.result.close(); resolve(request.result); };
      transaction.onabort = () => reject(transaction.error);
    };
  });
  const remembered = async () => {
    try {
      for (const place of [pid, "panel"]) {
        const source = await vault("readonly", (keys) => keys.get(place));
        if (source) return { raw: null, source, place };
      }
    } catch {
      // Refused, as in some private windows: nothing is remembered.
    }
    return null;
  };
  const kept = async () => {
    const text = session((storage) => storage.getItem(`avance:${pid}`));
    return /^([0-9a-f]{32}){1,2}$/.test(text) ? unseal.keyOf(unseal.ofHex(text)) : remembered();
  };

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // A lone percent sign.
    }
  };

  // The fragment: a key, a view, or both. Messengers and mail programs change links: what follows the key is not trusted.
  const fragment = () => {
    const text = decoded(location.hash.slice(1));
    const [, start, token = "", rest] = text.match(/^(k[1il]|k$)?([0-9a-z]*)(.*)$/is);
    const [, route = null] = (start ? rest : text).match(/^(\/[\p{L}\p{N}/._-]*)/u) ?? [];
    return { token: start ? token : null, route: route && route.replace(/\.+$/, "") };
  };

  const load = async (name, cache) => {
    let answer;
    try {
      answer = await fetch(new URL(name, here), { cache, credentials: "same-origin" });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    } catch {
      throw new unseal.Closed("net");
    }
    throw new unseal.Closed(answer.status === 404 || answer.status === 410 ? "gone" : "net");
  };

  // A stale copy, or half of one, is asked for once more.
  const unlock = async (loading, again = true) => {
    try {
      return await openWith(unseal.read(await loading));
    } catch (error) {
      if (error.state !== "damaged" || !again) throw error;
      return unlock(load("d.bin", "reload"), false);
    }
  };

  const openWith = async (container) => {
    try {
      if (key) return await unseal.open(container, pid, key);
    } catch (error) {
      if (error.state !== "revoked" || (container.mode === "link" && key.place !== "panel")) throw error;
    }
    if (portal) throw new unseal.Closed("revoked"); // It was open: nobody is asked in the middle of reading.
    if (container.mode === "link") throw new unseal.Closed("nokey");
    return ask(container);
  };
  const ask = (container) => new Promise((resolve, reject) => {
    const input = part("passphrase");
    const [bad, working, go, see] = ["bad", "working", "go", "see"].map(part);
    const attempt = async () => {
      if (go.disabled || !input.value.trim()) return;
      bad.hidden = true;
      working.hidden = false;
      go.disabled = true;
      try {
        key = await unseal.stretch(input.value, container);
        const opened = await unseal.open(container, pid, key);
        input.value = "";
        resolve(opened);
      } catch (error) {
        if (error.state !== "revoked") reject(error);
        bad.hidden = false;
        input.focus();
      }
      working.hidden = true;
      go.disabled = false;
    };
    go.onclick = attempt;
    input.onkeydown = ({ key: pressed }) => { if (pressed === "Enter") attempt(); };
    see.onclick = () => {
      const isHidden = input.type === "password";
      input.type = isHidden ? "text" : "password";
      see.setAttribute("aria-pressed", isHidden);
    };
    show("passphrase");
    input.focus();
  });

  // Links: every page was written to stand in its own folder; here they are views of one address.
  const addressOf = (name, id) => `${prefix}/${name}${id}`;
  const under = (folder, url) => (url.href.startsWith(folder) ? decoded(url.pathname.slice(new URL(folder).pathname.length)) : null);
  const relink = (link, base) => {
    let url;
    try {
      url = new URL(link.getAttribute("href"), base);
    } catch {
      // Not an address.
    }
    if (!url || !SAFE.test(url.protocol)) {
      link.removeAttribute("href");
      return;
    }
    const { home, files, pages, projects } = portal;
    const id = decoded(url.hash.slice(1));
    const path = under(home, url)?.replace(/(^|\/)index\.html$/, "$1");
    const project = projects.find(({ folder }) => url.href.startsWith(folder));
    if (files.has(path)) {
      link.href = addressOf(path, "");
      link.dataset.file = path;
    } else if (pages.has(path)) {
      link.href = addressOf(path, id);
    } else if (project) {
      link.href = `${project.folder}#${project.token}/${under(project.folder, url)}${id}`;
    } else {
      link.href = url.href;
      if (url.origin !== location.origin) link.rel = "noopener noreferrer";
    }
  };

  const render = (page) => {
    const template = document.createElement("template");
    template.innerHTML = page.html;
    for (const element of template.content.querySelectorAll(`${STRIPPED},[data-subscribe],[data-public]`)) element.remove();
    const base = new URL(page.name, portal.home);
    for (const link of template.content.querySelectorAll("a[href], area[href]")) relink(link, base);
    parts.view.replaceChildren(template.content);
    shown = page;
    document.title = `${page.title} · ${siteName}`;
  };

  // A route is a page's folder and an anchor on it: `/tablero/t-12`; the longest folder that fits is the page's.
  const pageOf = (route) => {
    const path = (route ?? "/").slice(1);
    let folder = path.slice(0, path.lastIndexOf("/") + 1);
    while (folder && !portal.pages.has(folder)) folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
    return portal.pages.get(folder) ?? portal.payload.pages[0];
  };
  const focusOn = (element) => {
    element?.setAttribute("tabindex", "-1");
    element?.focus({ preventScroll: true });
  };
  const visit = (isFirst = false) => {
    const route = fragment().route ?? "/";
    const page = pageOf(route);
    if (page !== shown) render(page);
    document.dispatchEvent(new Event("avance:view"));
    const target = document.getElementById(route.slice(1 + page.name.length));
    if (!isFirst) focusOn(target ?? parts.view.querySelector("h1"));
    if (history.state?.y !== undefined) scrollTo(0, history.state.y);
    else if (!target && !isFirst) scrollTo(0, 0);
  };
  // Where the reader was on each view, for the way back; the browser restores it before the view is there.
  const keepPlace = () => { if (portal) history.replaceState({ y: Math.round(scrollY) }, ""); };
  let scrolling;
  addEventListener("scroll", () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(keepPlace, 250);
  });
  addEventListener("hashchange", () => {
    const { token, route } = fragment();
    if (token !== null && prefix !== `#k1${token}`) location.reload(); // Another link was put into the bar.
    else if (portal && route) visit();
  });

  // What was opened, with what its links need: the addresses of its home and, on the panel, of each project with its key.
  const prepared = async (opened) => {
    const { payload } = opened;
    const site = new URL("../".repeat(payload.home.split("/").length - 1), here);
    const isLink = key.raw?.length === 16;
    const projects = (payload.portals ?? []).map(async (one) => ({
      folder: new URL(`p/${one}/`, site).href,
      token: isLink ? `k1${await unseal.token(one, key.raw)}` : "",
    }));
    return {
      ...opened,
      home: new URL(payload.home, site).href,
      pages: new Map(payload.pages.map((page) => [page.name, page])),
      files: new Map(Object.entries(payload.files)),
      projects: await Promise.all(projects),
      token: isLink ? `k1${await unseal.token(pid, key.raw)}` : "",
    };
  };
  const enter = () => {
    const { label, payload, token } = portal;
    const isKept = !key.raw || session((storage) => { storage.setItem(`avance:${pid}`, unseal.hex(key.raw)); return true; });
    prefix = `#${isWebView || !isKept ? token : ""}`;
    history.replaceState(history.state, "", `${here.pathname}${prefix}${fragment().route ?? "/"}`);
    history.scrollRestoration = "manual";
    document.documentElement.dataset.sealed = pid;
    parts.owner.querySelector("bdi").textContent = label;
    parts.owner.hidden = !label;
    parts.view.lang = payload.lang;
    parts.share.hidden = parts.webview.hidden = !(isWebView && token);
    shell.hidden = true;
    parts.opened.hidden = false;
    visit(true);
    remembered().then((own) => { parts.remember.hidden = own?.place === pid; });
  };

  const start = async () => {
    if (!isSecureContext || !/^https?:$/.test(location.protocol) || self.origin === "null") {
      const secure = part("https");
      secure.hidden = location.protocol !== "http:";
      secure.href = location.href.replace(/^http:/, "https:");
      show("insecure");
      return;
    }
    if (!crypto.subtle || !parts.view.replaceChildren) {
      show("old");
      return;
    }
    show("opening");
    try {
      const loading = load("d.bin", "no-cache");
      loading.catch(() => {}); // It is told below, once.
      const { token } = fragment();
      key = token === null ? await kept() : await unseal.keyOfToken(pid, token);
      portal = await prepared(await unlock(loading));
      enter();
      await refresh(await loading);
    } catch (error) {
      if (!error.state) console.warn(error);
      show(error.state ?? "damaged");
    }
  };
  // The shell asks for the container before this script is here, and may be given what the browser kept: is it still so?
  const refresh = async (former) => {
    const [request] = performance.getEntriesByName(new URL("d.bin", here).href).slice(-1);
    if (request?.transferSize !== 0) return;
    try {
      const container = await load("d.bin", "no-cache");
      if (container.length === former.length && container.every((byte, at) => byte === former[at])) return;
      portal = await prepared(await unlock(container));
      shown = null;
      visit(true);
    } catch (error) {
      if (error.state !== "net") throw error; // Without a line, what was kept is good enough.
    }
  };

  // Downloads: a sealed file of its own each. After a new deploy the old one is gone: the container says the new one's name.
  const bytesOf = async (path, again = true) => {
    try {
      const sealed = await load(portal.files.get(path).name, again ? "default" : "reload");
      return await unseal.openFile(sealed, pid, path, portal.content);
    } catch (error) {
      if (error.state === "net" || !again) throw error;
      portal = await prepared(await unlock(load("d.bin", "reload"), false));
      if (!portal.files.has(path)) throw new unseal.Closed("gone");
      return bytesOf(path, false);
    }
  };
  const deliver = async (path) => {
    const name = path.split("/").pop();
    tell("preparing", name);
    try {
      const file = new File([await bytesOf(path)], name, { type: portal.files.get(path).type });
      await hand(file);
    } catch (error) {
      const said = `file${error.state}`;
      tell(said in parts.toast.dataset ? said : "filenet", name);
    }
  };
  const hand = async (file, again = true) => {
    const files = [file];
    if (!matchMedia("(pointer: coarse)").matches || !navigator.canShare?.({ files })) {
      save(file);
      return;
    }
    try {
      await navigator.share({ files });
      hush();
    } catch ({ name }) {
      if (name === "AbortError") hush();
      else if (name === "NotAllowedError" && again) tell("ready", file.name, () => hand(file, false)); // The tap was too long ago.
      else save(file);
    }
  };
  const save = (file) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    if (isWebView && portal.token) tell("elsewhere", file.name, share, "link");
    else tell("saved", file.name);
  };
  const share = async () => {
    const text = `${here.href}#${portal.token}`;
    try {
      await navigator.clipboard.writeText(text);
      tell("copied");
    } catch {
      const field = parts.device.querySelector("input");
      field.value = text;
      field.hidden = false;
      field.scrollIntoView({ block: "center" });
      field.select();
      tell("uncopied");
    }
  };

  parts.share.onclick = share;

  document.addEventListener("click", (event) => {
    keepPlace();
    const link = event.target.closest("a");
    if (link?.matches(".skip")) {
      event.preventDefault(); // Its anchor would take the place of the key or of the view.
      focusOn([...document.querySelectorAll(".portal h1")].find((heading) => heading.offsetParent));
    } else if (link?.dataset.file) {
      event.preventDefault();
      deliver(link.dataset.file);
    } else if (portal && link?.href === location.href) {
      event.preventDefault(); // No change of address: the browser would do nothing.
      history.replaceState(null, "");
      visit();
    }
  });

  // The search box asks what there is to find here; what it gets leads to views.
  const documents = async (path) => {
    const found = JSON.parse(new TextDecoder().decode(await bytesOf(path)));
    return found.map((one) => {
      const [name, id = ""] = one.address.split("#");
      return { ...one, address: new URL(addressOf(name, id), location).href };
    });
  };
  document.addEventListener("avance:documents", ({ detail }) => { if (portal) detail.documents = documents("buscar.json"); });

  parts.remember.addEventListener("click", async () => {
    try {
      await vault("readwrite", (keys) => keys.put(key.source, pid));
      key.place = pid;
      parts.remember.hidden = true;
      tell("remembered");
    } catch {
      tell("unremembered");
    }
  });
  parts.forget.addEventListener("click", async () => {
    const places = [pid, key.place ?? pid];
    try {
      await vault("readwrite", (keys) => places.map((place) => keys.delete(place))[0]);
    } catch {
      // Where it cannot be kept there is nothing to forget.
    }
    session((storage) => storage.removeItem(`avance:${pid}`));
    try {
      localStorage.removeItem(`avance:${pid}`);
    } catch {
      // The same.
    }
    key = null;
    history.replaceState(null, "", here.pathname);
    hush();
    show("nokey");
  });
  for (const button of document.querySelectorAll("[data-retry]")) button.addEventListener("click", start);

  start();
})();
