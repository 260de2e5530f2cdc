/** Has the browser keep the pages for when the server is gone: after the first page is there, so that it does not wait. */

const AFTER_MS = 1500;

export function keepPages(): void {
  if (!("serviceWorker" in navigator)) return;
  setTimeout(() => {
    // Where the browser keeps nothing, all else goes on as before.
    navigator.serviceWorker.register("/offline.js").catch(() => undefined);
  }, AFTER_MS);
}
