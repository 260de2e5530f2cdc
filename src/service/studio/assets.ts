/** The studio's own files, as the build left them beside the program, and the headers that every answer carries. */

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FailureError } from "../../core/outcome.ts";

export interface Asset {
  readonly type: string;
  readonly body: Buffer | string;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** What no answer goes without. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "SAMEORIGIN",
};

/** Nothing inline, nothing from elsewhere; the editor's own sheet is let in by a number that is used once. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Of a report: it carries its own style and no script, and stands in the studio's frame alone. */
export const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The folder that Vite wrote. Throws a `FailureError` where it was not built. */
export function assetsFolder(): string {
  const up = import.meta.url.endsWith(".ts") ? "../../../dist/studio" : "../../../studio";
  const folder = fileURLToPath(new URL(up, import.meta.url));
  if (existsSync(join(folder, "index.html"))) return folder;
  throw new FailureError({
    code: "not-built",
    message: "the studio's pages are not built",
    where: folder,
    fix: "npm run build",
  });
}

/** A file of the build by the name that the page asks for; undefined for any other. */
export function assetOf(folder: string, name: string): Asset | undefined {
  if (!/^[\w-]+(?:\.[\w-]+)*$/u.test(name)) return undefined;
  const path = join(folder, "assets", name);
  const type = TYPES[extname(name)];
  if (type === undefined || !existsSync(path)) return undefined;
  // Names hold a hash of the content: what was loaded once is good for ever, without a network too.
  return { type, body: readFileSync(path), headers: { "cache-control": "public, max-age=31536000, immutable" } };
}

/** What the browser keeps to show the pages without the server: asked for anew each time, since it names what one build holds. */
export function offlineOf(folder: string): Asset {
  return {
    type: TYPES[".js"],
    body: readFileSync(join(folder, "offline.js")),
    headers: { "content-security-policy": "default-src 'none'; connect-src 'self'", "cache-control": "no-store" },
  };
}

/** The one page; its parts are chosen by its address. */
export function pageOf(folder: string): Asset {
  const nonce = randomBytes(16).toString("base64");
  return {
    type: TYPES[".html"],
    body: readFileSync(join(folder, "index.html"), "utf8").replaceAll("%NONCE%", nonce),
    headers: { "content-security-policy": policy(nonce), "cache-control": "no-store" },
  };
}
