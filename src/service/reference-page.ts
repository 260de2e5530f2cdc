/** A page that lists what the service answers to, with an example of each: nothing of it is fetched from anywhere. */

import { escapeHtml } from "../report/escape-html.ts";
import type { ServedSystem } from "../system/served-system.ts";
import { examplePath, type PlainRoute } from "./openapi.ts";

export function referencePage(
  title: string,
  { endpoints, uploads = [] }: Pick<ServedSystem, "endpoints" | "uploads">,
  routes: readonly PlainRoute[],
): string {
  const calls = endpoints.map(({ path, summary, example }) => {
    const body = JSON.stringify(example);
    const call = `curl -s -X POST "$URL${path}" -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`;
    return `<h2><code>POST ${escapeHtml(path)}</code></h2><p>${escapeHtml(summary)}.</p><pre>${escapeHtml(call)}</pre>`;
  });
  const photos = uploads.map(({ path, summary, limit, example }) => {
    const call = `curl -s "$URL${examplePath(path)}" -o example.jpg\ncurl -s "$URL${path}" -H 'content-type: ${example.type}' --data-binary @example.jpg`;
    return `<h2><code>POST ${escapeHtml(path)}</code></h2><p>${escapeHtml(summary)}; at most ${limit / 1024 / 1024} MiB.</p><pre>${escapeHtml(call)}</pre>`;
  });
  const others = routes.map(
    ({ method, path, summary }) =>
      `<tr><td><code>${method.toUpperCase()} ${escapeHtml(path)}</code></td><td>${escapeHtml(summary)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
pre{overflow:auto;padding:.75rem;border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
td{padding:.2rem 1rem .2rem 0;vertical-align:top}h2{margin-top:2rem;font-size:1.1rem}
</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>What this service answers to. <code>URL</code> is its address; the schemas are in <a href="/openapi.json">openapi.json</a>.</p>
${[...calls, ...photos].join("\n")}
<h2>Beside them</h2><table>${others.join("")}</table>
</body></html>`;
}
