// The service worker: keeps what the shell is made of and the home page as it was seen last, and shows that page when
// there is no network. No other page of anybody's is kept. WAYMARK comes before this file; pages/install.rs writes it.
"use strict";
const SHELL = "shell-" + WAYMARK.version;
const HOME = "home";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([...WAYMARK.shell, WAYMARK.offline])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("shell-") && name !== SHELL);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (WAYMARK.doors.some((door) => pathname === door || pathname.startsWith(door + "/"))) {
    // Whoever comes or goes leaves no page behind.
    if (request.method !== "GET" || request.mode === "navigate") event.waitUntil(caches.delete(HOME));
    return;
  }
  if (request.method !== "GET") return;
  if (WAYMARK.shell.includes(pathname)) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept || fetch(request)));
  } else if (request.mode === "navigate") {
    event.respondWith(pathname === WAYMARK.home ? home(request) : fetch(request).catch(offline));
  }
});

async function home(request) {
  try {
    const answer = await fetch(request);
    const cache = await caches.open(HOME);
    // A redirect leads to the door: the session is over.
    if (answer.ok && !answer.redirected && answer.type === "basic") await cache.put(WAYMARK.home, answer.clone());
    else if (answer.type === "opaqueredirect" || answer.status < 500) await caches.delete(HOME);
    return answer;
  } catch {
    const kept = await caches.match(WAYMARK.home, { cacheName: HOME, ignoreVary: true });
    if (!kept) return offline();
    const text = await kept.text();
    // The server may have made the page earlier than it was seen.
    const [, lang] = text.match(/<html lang="([^"]+)"/) || [];
    const seen = new Date(kept.headers.get("date")).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
    const page = text.replace('id="offline" hidden', 'id="offline"').replace(/<time id="seen">[^<]*/, () => '<time id="seen">' + seen);
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": WAYMARK.csp } });
  }
}

async function offline() {
  return (await caches.match(WAYMARK.offline, { ignoreVary: true })) || Response.error();
}
