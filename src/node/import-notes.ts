/** Imports notes on disk: finds the designs that files and folders hold, and writes each beside its source; sources are never touched. */

import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import type { StepNumber } from "../core/figure.ts";
import { isJson } from "../core/is-json.ts";
import { FailureError } from "../core/outcome.ts";
import { type EarlierOptions, earlierOptions } from "../note/import/earlier-options.ts";
import { type ImportedNote, importNotes } from "../note/import/import-note.ts";
import { type ForeignNote, stepsOfFile, stepsOfTitle } from "../note/import/note-source.ts";
import { isMeantAsDesign } from "../note/meant-as-design.ts";
import type { HeadingMap } from "../review/prose-placement.ts";
import { createFileBesideOthers, writeFileAtomically } from "./atomic-write.ts";
import type { MovedLinks } from "./moved-links.ts";
import { findNotes } from "./note-files.ts";
import { readTextFile } from "./read-text-file.ts";

export interface ImportRequest {
  readonly paths: readonly string[];
  readonly map: HeadingMap;
  readonly title?: string;
  /** In place of the folders of the sources. */
  readonly out?: string;
  /** Writes over an earlier import that was changed since. */
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface FileImport {
  readonly sources: readonly string[];
  readonly path: string;
  readonly imported: ImportedNote;
  readonly outcome: "written" | "unchanged" | "would be written" | "differs";
  /** Of one that differs: the options by which it was made, where nobody changed it and only they are others. */
  readonly earlier?: EarlierOptions;
  /** Relative links and pictures that were written anew, as the design stands in another folder than its sources. */
  readonly moved: number;
}

export interface ImportReport {
  readonly imports: readonly FileImport[];
  /** Files left out, each with the reason. */
  readonly left: readonly { readonly file: string; readonly why: string }[];
  /** Files of folders that cannot be read, each with the reason and what to do. */
  readonly unreadable: readonly { readonly file: string; readonly why: string }[];
}

/** Fewer steps than this in a file of a folder, and it is no design by itself. */
const FEWEST_STEPS = 3;
const SUFFIX = ".design.md";
/** So many files wait for the disk together. */
const AT_ONCE = 64;

/** Throws a `FailureError` for a path that is not there, a map that meets no heading, and a note that cannot be read. */
export async function importFiles(request: ImportRequest): Promise<ImportReport> {
  const { files, named: asked, missing } = findNotes(request.paths, []);
  if (missing.length > 0) throw missing[0];
  const left: { file: string; why: string }[] = [];
  const unreadable: { file: string; why: string }[] = [];
  const notes: ForeignNote[] = [];
  for (const file of files) {
    const text = readOne(file, asked.has(file), unreadable);
    if (asked.has(file)) refuseNoNote(file, text ?? "");
    if (text === undefined) continue;
    if (isMeantAsDesign(text)) left.push({ file, why: "it is a design already" });
    else notes.push({ file, text });
  }
  const planned: Planned[] = [];
  const { title } = request;
  for (const inside of byFolder(notes)) {
    if (isOneDesign(inside, asked, request.map)) {
      const by = (options: EarlierOptions) => importNotes(inside, { ...options, titleNamesStep: true })[0];
      planned.push({ sources: inside, imported: by({ map: request.map, title }), by });
      continue;
    }
    for (const note of inside) {
      const designs = withLastKept((options) => importNotes([note], options));
      const made = designs({ map: request.map, title });
      const isKept = asked.has(note.file) || made.some((one) => stepsIn(one) >= FEWEST_STEPS);
      const kept = isKept ? made : [];
      if (kept.length === 0)
        left.push({
          file: note.file,
          why: "fewer than three steps are known in it; name it to import it all the same",
        });
      for (const [i, imported] of kept.entries())
        planned.push({ sources: [note], imported, by: (options) => designs(options).at(i) });
    }
  }
  checkMap(
    request.map,
    planned.map(({ imported }) => imported),
  );
  const taken = new Set<string>();
  const designs = new Map<ForeignNote, number>();
  for (const { sources } of planned) designs.set(sources[0], (designs.get(sources[0]) ?? 0) + 1);
  const named = planned.map(({ sources, imported, by }) => {
    const isSeveral = (designs.get(sources[0]) ?? 0) > 1;
    return { sources, imported, by, path: pathOf(sources, imported, { isSeveral, out: request.out, taken }) };
  });
  const imports: FileImport[] = [];
  for (let from = 0; from < named.length; from += AT_ONCE) {
    const written = named
      .slice(from, from + AT_ONCE)
      .map(async ({ sources, imported, by, path }): Promise<FileImport> => {
        const place = await placeFor(path, sources[0].file);
        const { text, moved } = place(imported.text);
        const written = await write(path, text, { by, textOf: (made) => place(made.text).text }, request);
        return { sources: sources.map(({ file }) => file), path, imported, ...written, moved };
      });
    imports.push(...(await Promise.all(written)));
  }
  if (imports.length === 0 && left.length + unreadable.length === 0) {
    throw new FailureError({
      code: "no-notes",
      message: `no notes were found in ${request.paths.join(", ")}`,
      fix: "name Markdown files or folders of them",
    });
  }
  return { imports, left, unreadable };
}

interface Planned {
  readonly sources: readonly ForeignNote[];
  readonly imported: ImportedNote;
  /** The same design by other options. */
  readonly by: (options: EarlierOptions) => ImportedNote | undefined;
}

/** The designs of one note are made anew one after the other, by the same options: what was made last is kept. */
function withLastKept(
  make: (options: EarlierOptions) => readonly ImportedNote[],
): (options: EarlierOptions) => readonly ImportedNote[] {
  let last: { readonly key: string; readonly made: readonly ImportedNote[] } | undefined;
  return (options) => {
    const key = JSON.stringify([...options.map, options.title ?? null]);
    if (last?.key !== key) last = { key, made: make(options) };
    return last.made;
  };
}

/** One of a folder's files that cannot be read keeps no other from being imported; one that was named does, as nothing else was asked for. */
function readOne(file: string, isNamed: boolean, unreadable: { file: string; why: string }[]): string | undefined {
  try {
    return readTextFile(file);
  } catch (error) {
    if (isNamed || !(error instanceof FailureError)) throw error;
    const { message, fix } = error.failure;
    unreadable.push({ file, why: `${message}; ${fix}` });
    return undefined;
  }
}

/** Markdown, its kin, and plain text; a file without an ending may be either. */
const NOTE_ENDS = new Set(["", ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".qmd", ".rmd", ".txt", ".text"]);

/** Data and programs hold no design to be taken apart, and other markups would be cut at the wrong places. */
function refuseNoNote(file: string, text: string): void {
  const end = extname(file).toLowerCase();
  const isData = /^\ufeff?\s*[{[]/u.test(text) && isJson(text.replace(/^\ufeff/u, ""));
  if (NOTE_ENDS.has(end) && !isData) return;
  throw new FailureError({
    code: "not-a-note",
    message: isData
      ? `${file} is no note: it holds JSON`
      : `${file} is no note: an import reads Markdown and plain text`,
    where: file,
    fix: "name the notes or their folder; of another markup make Markdown first",
  });
}

function byFolder(notes: readonly ForeignNote[]): Iterable<readonly ForeignNote[]> {
  const folders = new Map<string, ForeignNote[]>();
  for (const note of notes) {
    const folder = dirname(note.file);
    const inside = folders.get(folder);
    if (inside === undefined) folders.set(folder, [note]);
    else inside.push(note);
  }
  return folders.values();
}

function stepsIn({ headings }: ImportedNote): number {
  return new Set(headings.flatMap(({ steps }) => steps)).size;
}

/** A folder of one file a step: found as a folder, no file a design by itself, and the files name several steps by their titles and names. */
function isOneDesign(notes: readonly ForeignNote[], named: ReadonlySet<string>, map: HeadingMap): boolean {
  if (notes.length < 2 || notes.some(({ file }) => named.has(file))) return false;
  const least = Math.max(FEWEST_STEPS, notes.length / 2);
  const known: StepNumber[][] = [];
  for (const [i, note] of notes.entries()) {
    // A folder of designs is none: it is known long before its last file is taken apart.
    if (known.length + notes.length - i < least) return false;
    const byName = stepsOfFile(note.file, map);
    const steps = byName.length > 0 ? byName : stepsOfTitle(note, map);
    if (steps.length > 0) known.push(steps);
  }
  return known.length >= least && new Set(known.flat()).size >= FEWEST_STEPS;
}

function pathOf(
  sources: readonly ForeignNote[],
  { title }: ImportedNote,
  {
    isSeveral,
    out,
    taken,
  }: { readonly isSeveral: boolean; readonly out: string | undefined; readonly taken: Set<string> },
): string {
  const [{ file }] = sources;
  const folder = out ?? dirname(file);
  const base = sources.length > 1 ? slug(title) : basename(file).replace(/\.(?:md|markdown)$/iu, "");
  const name = isSeveral && sources.length === 1 ? `${base}.${slug(title)}` : base;
  for (let i = 1; ; i++) {
    const path = join(folder, `${name}${i === 1 ? "" : `-${i}`}${SUFFIX}`);
    if (taken.has(path)) continue;
    taken.add(path);
    return path;
  }
}

/** What makes the text of a design that of its folder: its links lead where those of its source led. */
async function placeFor(path: string, source: string): Promise<(text: string) => MovedLinks> {
  const back = relative(resolve(dirname(path)), resolve(dirname(source)))
    .split(sep)
    .join("/");
  if (back === "") return (text) => ({ text, moved: 0 });
  const { movedLinks } = await import("./moved-links.ts");
  return (text) => movedLinks(text, back);
}

function slug(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  return words.slice(0, 60) || "design";
}

async function write(
  path: string,
  text: string,
  { by, textOf }: Pick<Planned, "by"> & { readonly textOf: (made: ImportedNote) => string },
  { map, title, force, dryRun }: ImportRequest,
): Promise<Pick<FileImport, "outcome" | "earlier">> {
  const textBy = (other: HeadingMap): string | undefined => {
    const made = by({ map: other, title });
    return made === undefined ? undefined : textOf(made);
  };
  if (existsSync(path)) {
    const there = statSync(path).isFile() ? readTextFile(path) : undefined;
    if (there === text) return { outcome: "unchanged" };
    if (!force && !earlierMaps(map).some((earlier) => textBy(earlier) === there)) {
      const earlier = there === undefined ? undefined : earlierOptions(there, by, textOf);
      return { outcome: "differs", ...(earlier === undefined ? {} : { earlier }) };
    }
    if (dryRun) return { outcome: "would be written" };
    writeFileAtomically(path, text);
    return { outcome: "written" };
  }
  if (dryRun) return { outcome: "would be written" };
  await createFileBesideOthers(path, text);
  return { outcome: "written" };
}

/** What may have been said of the headings before this was: a correction is added to what was shown, or one of it is written anew. */
function earlierMaps(map: HeadingMap): readonly HeadingMap[] {
  const entries = [...map];
  return [
    ...entries.map((_, count) => new Map(entries.slice(0, count))),
    ...entries.map((_, left) => new Map(entries.filter((_one, at) => at !== left))),
    ...entries.flatMap(([words]) => STEPS_OF_MAP.map((step) => new Map(entries).set(words, step))),
  ];
}

const STEPS_OF_MAP = [0, 1, 2, 3, 4, 5, 6, 7] as const;

function checkMap(map: HeadingMap, imported: readonly ImportedNote[]): void {
  const used = new Set(
    imported.flatMap(({ headings }) =>
      headings.filter(({ how }) => how === "mapped" || how === "beside").map(({ text }) => plain(text)),
    ),
  );
  for (const words of map.keys()) {
    if (used.has(plain(words))) continue;
    throw new FailureError({
      code: "no-such-heading",
      message: `no heading reads \`${words.slice(0, 60)}\``,
      where: "--map",
      fix: 'write the words of a heading as heptad import shows them, such as --map "Scope=1"',
    });
  }
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
