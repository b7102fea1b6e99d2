// Keeps the page itself on the device, so that it opens without a network; what was said is never kept here.
const KEPT = "page-{{version}}";
const SHELL = "/";
const PATIENCE = 5000; // on a very slow network the kept page opens first
const wait = (time) => new Promise((done) => setTimeout(done, time));

self.addEventListener("install", (event) => {
  const filled = caches.open(KEPT).then((kept) => kept.addAll([SHELL, ...{{assets}}]));
  event.waitUntil(filled.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(old);
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  else if (request.mode === "navigate" && ["/", "/vao"].includes(pathname)) event.respondWith(page(request));
});

async function page(request) {
  const fresh = fetch(request).then(remembered);
  const kept = await caches.match(SHELL);
  if (!kept) return fresh;
  fresh.catch(() => {}); // the kept page may have been given by then
  return Promise.race([fresh, wait(PATIENCE).then(() => kept)]).catch(() => kept);
}

// The page in the language it is spoken in now; one of another version has other scripts, and comes with its own worker.
async function remembered(answer) {
  const copy = answer.clone();
  if (answer.ok && (await answer.clone().text()).includes("/static/{{version}}/")) await (await caches.open(KEPT)).put(SHELL, copy);
  return answer;
}
