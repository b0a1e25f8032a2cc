// Keeps the page for a reload without a network. It answers only with what it
// keeps; a new version waits until the page says that it may take over.
// Another page may live in another folder of this origin: its caches, and what
// is asked for in its name, are left alone.

const VERSION = "95b275f870bfed90";
const HOME = new URL("./", self.location.href).href;
const OURS = `hikyaku-page:${encodeURIComponent(HOME)}:`;
const CACHE = OURS + VERSION;
const PAGE = new URL("./index.html", HOME).href;
const FILES = [PAGE, ...["./manifest.webmanifest", "./icon.svg"].map((file) => new URL(file, HOME).href)];

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const [address] = request.url.split(/[?#]/);
  const file = address === HOME ? PAGE : address;
  if (request.method !== "GET" || !FILES.includes(file)) return;
  event.respondWith(
    caches
      .open(CACHE)
      .then((cache) => cache.match(file))
      .then((kept) => kept ?? fetch(request)),
  );
});
