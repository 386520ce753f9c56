// Registers the service worker, and forgets the home page of whoever was here when nobody is signed in. Everything works
// without it.
"use strict";
{
  const { worker, scope, who } = document.currentScript.dataset;
  if (!who && "caches" in window) caches.delete("home");
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope }).catch(() => {});
}
