/** The studio as files that need no server: designs, their newest reports and the library, for a pull request or any static host. */

import { cpSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { FailureError } from "../../core/outcome.ts";
import { writeMadeFolder } from "../../node/made-folder.ts";
import { makeFolder } from "../../node/make-folder.ts";
import { escapeHtml } from "../../report/escape-html.ts";
import { CONSEQUENCES } from "../../review/consequence.ts";
import { assetsFolder } from "./assets.ts";
import { openLibraryDesk } from "./library-desk.ts";
import { openDesignList } from "./list-designs.ts";
import { readNote } from "./note-store.ts";
import { reviewSettings } from "./review-settings.ts";
import { openRunDesk } from "./run-desk.ts";
import type { StudioProject } from "./studio-project.ts";

export interface Exported {
  readonly designs: number;
  readonly reports: number;
  /** Pages of the library. */
  readonly entries: number;
}

const MARK = {
  name: "heptad-export.txt",
  text: "Made by heptad studio --export. This folder is replaced as a whole when it is made again.\n",
};
/** What the pages load, and the licences of what it holds of others; the build wrote them. */
const PARTS = ["heptad.js", "heptad.css", "third-party-licences.txt"];

/** Throws a `FailureError` where the folder is somebody else's or the pages are not built. */
export async function exportStudio(project: StudioProject, out: string): Promise<Exported> {
  const { root } = project;
  const built = join(assetsFolder(), "export");
  const list = openDesignList(root);
  const runs = openRunDesk(project, () => undefined);
  const library = openLibraryDesk();
  while (list.list().pending > 0) await wait(5);
  // A file that is no text has no page that a row could lead to.
  const designs = list.list().designs.filter(({ path }) => isText(project, path));
  const order = { out, mark: MARK, maker: "heptad studio --export", where: "--export" };
  return writeMadeFolder(order, async (folder) => {
    const put = (path: string, text: string): void => {
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), text);
    };
    for (const part of PARTS) cpSync(join(built, part), join(folder, "assets", part));
    put("data/designs.js", call("/api/designs", {}, { designs, pending: 0, consequences: CONSEQUENCES }));
    put("index.html", page("Designs", "/", []));
    let reports = 0;
    for (const { path, title } of designs) {
      const name = path.replace(/\.md$/u, "");
      const [newest] = runs.list(path);
      const figures = newest && runs.figures(path, newest.id);
      const report = newest && runs.report(path, newest.id, `${encodeURIComponent(basename(name))}.run.json`);
      if (report !== undefined) {
        put(`notes/${name}.report.html`, report);
        if (figures !== undefined) put(`notes/${name}.run.json`, figures);
        reports++;
      }
      put(
        `notes/${name}.js`,
        [
          call("/api/note", { path }, readNote(project, path)),
          call("/api/settings", { path }, reviewSettings(root, path)),
          call("/api/runs", { path }, { runs: report === undefined ? [] : [newest] }),
        ].join(""),
      );
      const place = `/design?${new URLSearchParams({ path })}`;
      put(
        `notes/${name}.html`,
        page(title, place, [`notes/${name}.js`], report === undefined ? "" : `notes/${name}.report.html`),
      );
    }
    const entries = await library.entries();
    put("data/library.js", call("/api/library", {}, entries));
    for (const kind of new Set(entries.map((one) => one.kind))) {
      const pages = entries
        .filter((one) => one.kind === kind)
        .map(async ({ name }) => [name, await library.page(kind, name)]);
      put(`data/library-${kind}.js`, call("/api/library/page", { kind }, Object.fromEntries(await Promise.all(pages))));
    }
    put("library.html", page("Library", "/library", []));
    return { designs: designs.length, reports, entries: entries.length };
  });
}

function isText(project: StudioProject, path: string): boolean {
  try {
    readNote(project, path);
    return true;
  } catch (error) {
    if (error instanceof FailureError) return false;
    throw error;
  }
}

/** Data come as scripts: pages of the `file:` scheme may load those, and may not fetch. */
function call(path: string, query: Readonly<Record<string, string>>, answer: unknown): string {
  return `heptadExport(${JSON.stringify(keyOf(path, query))}, ${JSON.stringify(answer)});\n`;
}

function keyOf(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}

/** A page by the place that it shows; its root is told by how deep its file lies. */
function page(title: string, place: string, data: readonly string[], report = ""): string {
  const depth = place.startsWith("/design") ? data[0].split("/").length - 1 : 0;
  const up = "../".repeat(depth);
  const href = (path: string): string => escapeHtml(up + path.split("/").map(encodeURIComponent).join("/"));
  const without =
    report === ""
      ? "This page needs a script: its data lie beside it."
      : `This page needs a script. <a href="${href(report)}">The report</a> needs none.`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="heptad-place" content="${escapeHtml(place)}" />
    <meta name="heptad-root" content="${up}" />
    <title>${escapeHtml(title)} · Heptad</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${up}assets/heptad.css" />
  </head>
  <body>
    <div id="root"></div>
    <noscript>${without}</noscript>
    <script src="${up}assets/heptad.js"></script>
    <script src="${up}data/designs.js"></script>
${data.map((path) => `    <script src="${href(path)}"></script>\n`).join("")}  </body>
</html>
`;
}
