/**
 * Shows the pages where the server is gone: a page that is loaded anew then says so, with what was typed, in place of the browser's own error.
 * Only the program is kept here, no note and no answer. Whatever the server can answer, it answers.
 */

import { isPage, SHELL } from "./shell.ts";

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** What it needs of its own world, which is not a page's. */
declare const self: {
  readonly location: Location;
  addEventListener(name: "install" | "activate", hear: (event: Waiting) => void): void;
  addEventListener(name: "fetch", hear: (event: Asked) => void): void;
};

/** Written by the build: a name of this build's own, and what it holds. */
declare const BUILD: string;
declare const ASSETS: readonly string[];

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || request.method !== "GET") return;
  // Behind the address stands the token: a page is kept under one name, and no request is.
  if (request.mode === "navigate" && isPage(url.pathname)) event.respondWith(fetch(request).catch(shell));
  else if (ASSETS.includes(url.pathname)) event.respondWith(kept(url.pathname, request));
});

async function keepAll(): Promise<void> {
  const cache = await caches.open(BUILD);
  await cache.addAll([SHELL, ...ASSETS]);
}

async function dropOthers(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name !== BUILD);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function shell(): Promise<Response> {
  return (await caches.match(SHELL)) ?? Response.error();
}

/** Names hold a hash of the content: what was kept once is as good as what the server has. */
async function kept(path: string, request: Request): Promise<Response> {
  return (await caches.match(path)) ?? fetch(request);
}
