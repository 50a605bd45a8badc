// Beside the site (a service worker): keeps the search, and what was read of the documentation, for when there is no line. Where
// there is one, nothing comes from here. Projects are left alone, and questions are no part of a kept address.
// website/offline.py puts KEPT (the files that are fetched at once) and EDITION (which changes with them) before this.

const home = new URL("./", self.location).href;
const OURS = `avance ${home} `; // other sites, and previews of this one, may have the same origin
const NAME = OURS + EDITION;
const PRIVATE = /^(p|panel|preview)\//;
const placeOf = (url) => url.split(/[?#]/)[0];

const isKept = ({ method, url, destination }) =>
  method === "GET" && url.startsWith(home) && !PRIVATE.test(url.slice(home.length)) && destination !== "video";

async function install() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.map((path) => home + path));
  await self.skipWaiting();
}

async function activate() {
  const former = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NAME);
  await Promise.all(former.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  try {
    const found = await fetch(request);
    if (found.status === 200) keep(request, found.clone());
    return found;
  } catch (error) {
    const kept = await caches.match(placeOf(request.url), { cacheName: NAME });
    if (kept) return kept;
    throw error;
  }
}

const keep = async (request, found) => {
  try {
    await (await caches.open(NAME)).put(placeOf(request.url), found);
  } catch {
    // No room for it.
  }
};

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => { if (isKept(event.request)) event.respondWith(answer(event.request)); });
