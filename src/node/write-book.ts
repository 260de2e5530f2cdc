/** Makes a book of notes on disk: one PDF, one Markdown file, or a folder with a site. What was there before stays until the new one is whole. */

import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative, resolve } from "node:path";
import type { Book } from "../book/document.ts";
import { type MadeBook, makeBook } from "../book/make-book.ts";
import type { Problem } from "../book/read-markdown.ts";
import type { ReadNote } from "../book/read-note.ts";
import { setBook } from "../book/set-book.ts";
import { brokenLinks, writeSite } from "../book/site.ts";
import { A4, POCKET } from "../book/typst-style.ts";
import { writeMarkdown } from "../book/write-markdown.ts";
import { writeTypst } from "../book/write-typst.ts";
import { FailureError } from "../core/outcome.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { openBookCompiler } from "./book-compiler.ts";
import { bookFonts, coverageOf } from "./book-fonts.ts";
import { readBookNotes, surroundingsOf } from "./book-notes.ts";
import { readLibrary } from "./library-files.ts";
import { refuseForeignFolder, writeMadeFolder } from "./made-folder.ts";
import { makeFolder } from "./make-folder.ts";
import { commitOf } from "./note-commit.ts";
import { readBank } from "./question-files.ts";
import { addSearch } from "./site-search.ts";

export const BOOK_FORMS = ["pdf", "site", "md"] as const;
export type BookForm = (typeof BOOK_FORMS)[number];

export interface BookOrder {
  readonly paths: readonly string[];
  readonly to: BookForm;
  readonly out: string;
  readonly title: string;
  readonly isPocket: boolean;
  /** All rules and patterns, and not only those that the designs meet. A site has them always. */
  readonly isWhole: boolean;
  /** In place of a book: what is made of one note. */
  readonly document?: (note: ReadNote) => Book;
}

export interface WrittenBook {
  readonly designs: number;
  /** Of a PDF or a site. */
  readonly pages: number | undefined;
  readonly problems: readonly Problem[];
}

/** Throws a `FailureError` where nothing could be written; what was only left out is in `problems`. */
export async function writeBook(order: BookOrder): Promise<WrittenBook> {
  const compiler = order.to === "pdf" ? await openBookCompiler() : undefined;
  const { notes, problems: unread } = readBookNotes(order.paths);
  const names = new Map<string, string>();
  const isPicture = (path: string): boolean => {
    const content = readFileSync(path);
    const name = pictureName(path, content);
    const isGood =
      compiler === undefined ? isKnownForm(content) : compiler.addPicture(`/book-pictures/${name}`, content);
    if (isGood) names.set(path, name);
    return isGood;
  };
  const problems: Problem[] = [...unread];
  const {
    book,
    terms,
    problems: found,
  } = await madeOf(
    order,
    notes,
    surroundingsOf(notes, isPicture, (one) => problems.push(one)),
  );
  problems.push(...found);
  const nameOf = (path: string): string => names.get(path) ?? "";
  if (compiler !== undefined) {
    problems.push(...missingShapes(notes));
    const format = order.isPocket ? POCKET : A4;
    const { bytes, pages } = setBook(
      writeTypst(book, { format, terms, picture: (path) => `/book-pictures/${nameOf(path)}` }),
      (source) => compiler.set(source),
    );
    writeFileAtomically(order.out, bytes);
    return { designs: notes.length, pages, problems };
  }
  if (order.to === "md") {
    const folder = dirname(resolve(order.out));
    writeFileAtomically(
      order.out,
      writeMarkdown(book, { picture: (path) => relative(folder, path).split("\\").join("/") }),
    );
    return { designs: notes.length, pages: undefined, problems };
  }
  const { pages, problem } = await writeSiteFolder(book, order.out, names);
  return { designs: notes.length, pages, problems: problem === undefined ? problems : [...problems, problem] };
}

async function madeOf(
  order: BookOrder,
  notes: readonly ReadNote[],
  around: ReturnType<typeof surroundingsOf>,
): Promise<MadeBook> {
  if (order.document !== undefined) {
    if (notes.length !== 1) {
      throw new FailureError({
        code: "one-note",
        message: `a document is made of one note, and there are ${notes.length}`,
        where: "--document",
        fix: "name the note",
      });
    }
    const [read] = notes;
    const commit = commitOf(read.note.file);
    return { book: order.document({ ...read, note: { ...read.note, commit } }), terms: [], problems: [] };
  }
  const isSite = order.to === "site";
  const questions = isSite ? (await readBank()).questions.map((question) => ({ question, step: question.step })) : [];
  return makeBook({
    title: order.title,
    notes,
    library: readLibrary(),
    questions,
    isWhole: order.isWhole || isSite,
    isPocket: order.isPocket,
    around: (note) => ({
      ...around(note),
      draws: (language) => order.to === "md" && DRAWN_FROM_MARKDOWN.has(language),
    }),
  });
}

/** By the forges and wikis that a Markdown file is put on. */
const DRAWN_FROM_MARKDOWN: ReadonlySet<string> = new Set(["Mermaid"]);

function pictureName(path: string, content: Buffer): string {
  return `${createHash("sha256").update(content).digest("hex").slice(0, 16)}${extname(path).toLowerCase()}`;
}

/** By the first bytes: a name says nothing. An SVG is shown by an `img`, which runs no script of it. */
function isKnownForm(content: Buffer): boolean {
  const head = content.subarray(0, 12);
  const hex = head.toString("hex");
  if (hex.startsWith("89504e47") || hex.startsWith("ffd8ff") || hex.startsWith("47494638")) return true;
  if (hex.startsWith("52494646") && head.toString("latin1", 8, 12) === "WEBP") return true;
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/u.test(
    content.toString("utf8", 0, 4000),
  );
}

/** Characters that no font of the package has, said once each with their first place. */
function missingShapes(notes: readonly ReadNote[]): Problem[] {
  const isCovered = coverageOf(bookFonts());
  return notes.flatMap(({ note }) => {
    const seen = new Map<string, number>();
    let line = 1;
    for (const letter of note.text) {
      if (letter === "\n") line++;
      const point = letter.codePointAt(0) ?? 0;
      if (point > 0x7f && !seen.has(letter) && !isCovered(point) && !/\p{C}|\p{Zs}|\p{Mn}|\uFE0F/u.test(letter))
        seen.set(letter, line);
    }
    const [first] = seen;
    if (first === undefined) return [];
    const shown = [...seen.keys()].slice(0, 12).join(" ");
    return [
      {
        where: `${note.file}:${first[1]}:1`,
        message: `the fonts that come with Heptad lack ${seen.size === 1 ? "one character" : `${seen.size} characters`} of this note: ${shown}`,
        fix: "a font of this machine is taken where one has them; look at the pages, or take --to site",
      },
    ];
  });
}

/** The site is made beside its place and then moved there: an interrupted run leaves the old one. */
async function writeSiteFolder(
  book: Book,
  out: string,
  pictures: ReadonlyMap<string, string>,
): Promise<{ pages: number; problem: Problem | undefined }> {
  const order = { out, mark: MARK, maker: "heptad book", where: "--out" };
  refuseForeignFolder(order);
  const pages = writeSite(book, { picture: (path) => pictures.get(path) ?? "", hasSearch: true });
  const files = new Set([
    MARK.name,
    "search.js",
    "site.css",
    ...[...pictures.values()].map((name) => `pictures/${name}`),
  ]);
  const broken = brokenLinks(pages, files);
  if (broken.length > 0) {
    const [{ page, to }] = broken;
    throw new FailureError({
      code: "broken-link",
      message: `${broken.length} links of the site lead nowhere, the first on ${page}: ${to.slice(0, 200)}`,
      where: page,
      fix: "this is a fault of Heptad; nothing was written",
    });
  }
  return writeMadeFolder(order, async (folder) => {
    for (const { path, html } of pages) {
      makeFolder(dirname(join(folder, path)));
      writeFileSync(join(folder, path), html);
    }
    for (const [path, name] of pictures) {
      makeFolder(join(folder, "pictures"));
      cpSync(path, join(folder, "pictures", name));
    }
    const problem = await addSearch(folder);
    return { pages: pages.filter(({ path }) => path.endsWith(".html")).length, problem };
  });
}

/** Names a folder as ours to replace. */
const MARK = {
  name: "heptad-book.txt",
  text: "Made by heptad book. This folder is replaced as a whole when the site is made again.\n",
};
