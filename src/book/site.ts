/** A book as a static site: a page a chapter, a page a part, and the list of links that lead nowhere. */

import { escapeHtml } from "../report/escape-html.ts";
import { type Book, type Chapter, type Part, text } from "./document.ts";
import { SITE_STYLE } from "./site-style.ts";
import { writeHtml } from "./write-html.ts";

export interface Page {
  /** With slashes, from the site's root: `designs/movies.html`. */
  readonly path: string;
  readonly html: string;
}

export interface SiteOptions {
  /** The name of a picture's file in the site's `pictures` folder. */
  picture(path: string): string;
  readonly hasSearch: boolean;
}

/** Every page; addresses are relative, so that the site works from any folder and from a disk. */
export function writeSite(book: Book, options: SiteOptions): Page[] {
  const paths = pathsOf(book);
  const chapters = book.parts.flatMap((part) => part.chapters.map((chapter) => ({ part, chapter })));
  return [
    { path: "site.css", html: SITE_STYLE },
    { path: "index.html", html: indexPage(book, paths, options) },
    ...(options.hasSearch
      ? [
          { path: "search.html", html: searchPage(book) },
          { path: "search.js", html: SEARCH_SCRIPT },
        ]
      : []),
    ...book.parts.map((part) => ({ path: `${part.id}/index.html`, html: partPage(book, part, paths, options) })),
    ...chapters.map(({ part, chapter }) => ({
      path: paths.get(chapter.id) ?? "",
      html: chapterPage(book, part, chapter, paths, options),
    })),
    ...book.sheets.map((sheet) => ({
      path: paths.get(sheet.id) ?? "",
      html: chapterPage(book, undefined, sheet, paths, options),
    })),
  ];
}

/** Where each chapter and heading of the book stands. */
function pathsOf({ parts, sheets }: Book): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const add = (chapter: Chapter, path: string): void => {
    paths.set(chapter.id, path);
    for (const block of chapter.blocks)
      if (block.kind === "heading" && block.id !== undefined) paths.set(block.id, `${path}#${block.id}`);
  };
  for (const part of parts) {
    paths.set(part.id, `${part.id}/index.html`);
    for (const chapter of part.chapters)
      add(chapter, `${part.id}/${chapter.id.replace(/^(?:rule|pattern|question)-/u, "")}.html`);
  }
  for (const sheet of sheets) add(sheet, `sheets/${sheet.id.replace(/^sheet-/u, "")}.html`);
  return paths;
}

function addressFrom(path: string, paths: ReadonlyMap<string, string>): (to: string) => string | undefined {
  const up = "../".repeat(path.split("/").length - 1);
  return (to) => {
    if (to.startsWith("#")) {
      const target = paths.get(to.slice(1));
      // A site holds all that a chapter may speak of: what is not there stays a link, so that it is found to be broken.
      return target === undefined ? to : `${up}${target}`;
    }
    return /^(?:https?:|mailto:)/iu.test(to) ? to : undefined;
  };
}

function chapterPage(
  book: Book,
  part: Part | undefined,
  chapter: Chapter,
  paths: ReadonlyMap<string, string>,
  options: SiteOptions,
): string {
  const path = paths.get(chapter.id) ?? "";
  const address = addressFrom(path, paths);
  const up = "../".repeat(path.split("/").length - 1);
  const body = writeHtml(chapter.blocks, { address, picture: (one) => `${up}pictures/${options.picture(one)}` });
  const at = part === undefined ? -1 : part.chapters.indexOf(chapter);
  const beside =
    part === undefined ? [] : [["Before", part.chapters[at - 1]] as const, ["Next", part.chapters[at + 1]] as const];
  const sheet = paths.has(`sheet-${chapter.id}`)
    ? `<p class="sheet"><a href="${address(`#sheet-${chapter.id}`) ?? ""}">On one page</a></p>`
    : "";
  const turning = beside.flatMap(([word, one]) =>
    one === undefined
      ? []
      : [`<a href="${escapeHtml(address(`#${one.id}`) ?? "")}">${word}: ${escapeHtml(one.title)}</a>`],
  );
  const main = `<article data-pagefind-body><h1>${escapeHtml(chapter.title)}</h1>\n${sheet}${body}</article>${turning.length === 0 ? "" : `<nav class="turn" aria-label="Beside">${turning.join(" ")}</nav>`}`;
  return page(book, chapter.title, path, main, options, part?.id);
}

function partPage(book: Book, part: Part, paths: ReadonlyMap<string, string>, options: SiteOptions): string {
  const path = `${part.id}/index.html`;
  const address = addressFrom(path, paths);
  const items = part.chapters.map(
    ({ id, title }) => `<li><a href="${escapeHtml(address(`#${id}`) ?? "")}">${escapeHtml(title)}</a></li>`,
  );
  return page(
    book,
    part.title,
    path,
    `<h1>${escapeHtml(part.title)}</h1>\n<ul class="contents">${items.join("\n")}</ul>`,
    options,
    part.id,
  );
}

function indexPage(book: Book, paths: ReadonlyMap<string, string>, options: SiteOptions): string {
  const address = addressFrom("index.html", paths);
  const parts = book.parts.map(({ id, title, chapters }) => {
    const shown = id === "designs" ? chapters : [];
    const items = shown.map((one) => {
      const lead = one.blocks.find((block) => block.kind === "lead");
      const says =
        lead === undefined
          ? ""
          : writeHtml([{ kind: "paragraph", of: lead.kind === "lead" ? lead.of : [text("")] }], {
              address,
              picture: (name) => name,
            });
      return `<li><a href="${escapeHtml(address(`#${one.id}`) ?? "")}">${escapeHtml(one.title)}</a>${says}</li>`;
    });
    const count = `${chapters.length} ${chapters.length === 1 ? title.toLowerCase().replace(/s$/u, "") : title.toLowerCase()}`;
    return `<section><h2><a href="${id}/index.html">${escapeHtml(title)}</a></h2>${items.length > 0 ? `<ul class="contents">${items.join("\n")}</ul>` : `<p>${count}</p>`}</section>`;
  });
  return page(
    book,
    book.title,
    "index.html",
    `<h1>${escapeHtml(book.title)}</h1><p class="lead">${escapeHtml(book.subtitle)}</p>${parts.join("\n")}`,
    options,
  );
}

function searchPage(book: Book): string {
  const main = `<h1>Search</h1><form role="search" id="form"><label for="words">Words</label> <input id="words" type="search" autocomplete="off"></form><p id="said" role="status">Search needs the site to be served, such as by <code>npx serve</code>; from a disk a browser forbids it.</p><ol id="found" class="contents"></ol><script type="module" src="search.js"></script>`;
  return page(book, "Search", "search.html", main, { picture: (name) => name, hasSearch: true });
}

/** The one script of the site: the index is read from the site itself, and what is found is set as text, never as markup. */
const SEARCH_SCRIPT = `const words = document.getElementById("words");
const found = document.getElementById("found");
const said = document.getElementById("said");
const pagefind = await import("./pagefind/pagefind.js");
await pagefind.init();
said.textContent = "";
const show = async () => {
  const asked = words.value.trim();
  const { results } = asked === "" ? { results: [] } : await pagefind.search(asked);
  const pages = await Promise.all(results.slice(0, 20).map((one) => one.data()));
  if (asked !== words.value.trim()) return;
  found.replaceChildren(...pages.map(({ url, meta, excerpt }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = meta.title;
    const text = document.createElement("p");
    text.textContent = new DOMParser().parseFromString(excerpt, "text/html").body.textContent;
    item.append(link, text);
    return item;
  }));
  said.textContent = asked === "" ? "" : results.length === 0 ? "Nothing holds these words." : results.length + (results.length === 1 ? " page" : " pages");
};
words.addEventListener("input", show);
document.getElementById("form").addEventListener("submit", (event) => { event.preventDefault(); show(); });
words.value = new URLSearchParams(location.search).get("q") ?? "";
words.focus();
await show();
`;

function page(
  { title: whole, parts }: Book,
  title: string,
  path: string,
  main: string,
  { hasSearch }: SiteOptions,
  current?: string,
): string {
  const up = "../".repeat(path.split("/").length - 1);
  const links = parts.map(
    (part) =>
      `<a href="${up}${part.id}/index.html"${part.id === current ? ' aria-current="true"' : ""}>${escapeHtml(part.title)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'">
<title>${escapeHtml(title)}${title === whole ? "" : ` · ${escapeHtml(whole)}`}</title>
<link rel="stylesheet" href="${up}site.css">
</head>
<body>
<header><a class="home" href="${up}index.html">${escapeHtml(whole)}</a><nav aria-label="Parts">${links.join(" ")}${hasSearch ? ` <a href="${up}search.html">Search</a>` : ""}</nav></header>
<main>${main}</main>
</body>
</html>
`;
}

export interface BrokenLink {
  readonly page: string;
  readonly to: string;
}

/** Links and pictures of the pages that name no page, place or file of the site. */
export function brokenLinks(pages: readonly Page[], files: ReadonlySet<string>): BrokenLink[] {
  const ids = new Map(
    pages.map(({ path, html }) => [path, new Set([...html.matchAll(/\sid="([^"]*)"/gu)].map(([, id]) => id))]),
  );
  return pages
    .filter(({ path }) => path.endsWith(".html"))
    .flatMap(({ path, html }) =>
      [...html.matchAll(/\s(?:href|src)="([^"]*)"/gu)]
        .map(([, to]) => to.replaceAll("&amp;", "&"))
        .filter((to) => !/^(?:https?:|mailto:|data:)/iu.test(to))
        .filter((to) => {
          const [file, fragment] = to.split("#");
          const target = file === "" ? path : joined(path, file);
          const known = ids.get(target);
          if (known === undefined) return !files.has(target);
          return fragment !== undefined && !known.has(fragment);
        })
        .map((to) => ({ page: path, to })),
    );
}

function joined(from: string, to: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of decodeURI(to).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
