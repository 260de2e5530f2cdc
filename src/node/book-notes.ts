/** Reads the notes of a book with their newest runs, and what their texts refer to: other notes, pictures, files. */

import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, relative, resolve } from "node:path";
import type { NoteAnchors } from "../book/note-anchors.ts";
import type { Problem } from "../book/read-markdown.ts";
import { type BookNote, type ReadNote, readNote, type Surroundings } from "../book/read-note.ts";
import { type WikiTarget, wikiTarget, writtenAddress } from "../book/wiki-marks.ts";
import { FailureError } from "../core/outcome.ts";
import { plainLetters } from "../core/plain-letters.ts";
import { shellWord } from "../core/shell-word.ts";
import { holdsRun } from "../kinds/registry.ts";
import { RULES } from "../note/rules.gen.ts";
import { newestRun, unreadRun } from "./newest-run.ts";
import { findNotes } from "./note-files.ts";
import { notesWhereNoneNamed } from "./notebook-notes.ts";
import { projectRoot } from "./project-folder.ts";
import { pathFromHere } from "./project-path.ts";
import { readTextFile } from "./read-text-file.ts";
import { readReviewConfiguration, reviewOptionsFor } from "./review-configuration.ts";
import { VaultFiles } from "./vault-files.ts";

export interface BookNotes {
  readonly notes: readonly ReadNote[];
  /** What was left out, and why. */
  readonly problems: readonly Problem[];
}

/** The designs of the project where `paths` is empty. Throws a `FailureError` for paths that are not there, and where no path holds a design. */
export function readBookNotes(paths: readonly string[]): BookNotes {
  const configuration = readReviewConfiguration(process.cwd(), RULES);
  const asked = paths.length > 0 ? paths : configuration.notes.length > 0 ? notesWhereNoneNamed(configuration) : ["."];
  const { files, named, missing } = findNotes(asked, configuration.ignore, process.cwd(), configuration.root);
  if (missing.length > 0) throw missing[0];
  const problems: Problem[] = [];
  const taken = new Set<string>(["designs", "patterns", "rules", "questions"]);
  const notes = files.flatMap((file) => {
    const id = freeId(file, taken);
    const found = newestRun(projectRoot(file), file);
    const isUnread = found === "older" || found === "altered";
    if (isUnread)
      problems.push({
        where: file,
        message: `its run is not read: it ${unreadRun(found)}`,
        fix: `heptad run ${shellWord(file)}`,
      });
    // `latest` leads to the run's own folder, whose name is what other commands take.
    const run =
      found === undefined || isUnread
        ? undefined
        : { record: found.record, id: basename(dirname(realpathSync(found.path))) };
    const note = readNote({ file, text: readTextFile(file), id, run }, reviewOptionsFor(configuration, file), holdsRun);
    if (note !== undefined) {
      taken.add(id);
      return [note];
    }
    if (named.has(file))
      problems.push({
        where: `${file}:1:1`,
        message: "this is no design note: it has no front matter with `heptad: 1`",
        fix: "heptad import makes one of it",
      });
    return [];
  });
  if (notes.length === 0) {
    throw new FailureError({
      code: "no-designs",
      message: `there is no design note in ${asked.join(", ")}`,
      where: asked[0],
      fix: "give notes that begin with `heptad: 1`, or make one with heptad new",
    });
  }
  return { notes, problems };
}

function freeId(file: string, taken: ReadonlySet<string>): string {
  const plain = plainLetters(basename(file, extname(file)))
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  const base = `design-${plain === "" ? "note" : plain}`;
  for (let i = 1; ; i++) {
    const id = i === 1 ? base : `${base}-${i}`;
    if (!taken.has(id)) return id;
  }
}

/** Links to notes of the book become links inside it; pictures become files. Links to files that are not there are reported. */
export function surroundingsOf(
  notes: readonly ReadNote[],
  isPicture: (path: string) => boolean,
  report: (problem: Problem) => void,
): (note: ReadNote) => Surroundings {
  const read = new Map(notes.map((one) => [resolve(one.note.file), one]));
  const placeIn = (
    target: BookNote,
    anchors: NoteAnchors,
    fragment: string,
    from: BookNote,
    address: string,
  ): string | undefined => {
    const id = fragment === "" || fragment === "#" ? target.id : anchors.find(fragment);
    if (id === undefined)
      report({
        where: `${from.file}:${lineOf(from.text, address)}`,
        message: `the link to \`${address.slice(0, 120)}\` leads nowhere: ${target.file === from.file ? "the note" : target.file} has no such heading`,
        fix: "write the heading's words in lower case, with a hyphen for each space",
      });
    return id;
  };
  const vault = new VaultFiles();
  const wikiLink = ({ name, place }: WikiTarget, { note, anchors }: ReadNote, address: string): string | undefined => {
    const path = name === "" ? resolve(note.file) : vault.find(name, note.file);
    // An import stands beside the note that it was made of, and the book holds the import.
    const other =
      read.get(path ?? "") ?? read.get((path ?? "").replace(/\.md$/u, ".design.md")) ?? importOf(name, note);
    const where = `${note.file}:${lineOf(note.text, writtenAddress(address).slice(0, -2))}`;
    const shown = writtenAddress(address).slice(0, 120);
    if (other === undefined) {
      if (path !== undefined) return encodeURI(relative(dirname(resolve(note.file)), path).replaceAll("\\", "/"));
      const message = `the link to \`${shown}\` leads nowhere: there is no such note or file`;
      report({ where, message, fix: "mend the link" });
      return undefined;
    }
    const own = other.note === note ? anchors : other.anchors;
    const id = place === "" ? other.note.id : own.findWords(place);
    if (id === undefined) {
      const message = `the link to \`${shown}\` leads to the whole of ${other.note.file}: it has no such heading or block`;
      report({ where, message, fix: "write the heading's words as they stand there" });
    }
    return `#${id ?? other.note.id}`;
  };
  const importOf = (name: string, { file }: BookNote): ReadNote | undefined => {
    const path = name === "" ? undefined : vault.find(`${name}.design.md`, file);
    return path === undefined ? undefined : read.get(path);
  };
  return (from) => ({
    link(address) {
      const { note, anchors } = from;
      const wiki = wikiTarget(address);
      if (wiki !== undefined) return wikiLink(wiki, from, address);
      if (/^(?:[a-z][\w+.-]*:|\/\/)/iu.test(address)) return address;
      if (address.startsWith("#")) return `#${placeIn(note, anchors, address, note, address) ?? note.id}`;
      const [file, fragment] = address.split("#");
      const path = resolve(dirname(note.file), decoded(file));
      const other = read.get(path);
      if (other !== undefined)
        return `#${fragment === undefined ? other.note.id : (placeIn(other.note, other.anchors, fragment, note, address) ?? other.note.id)}`;
      if (!existsSync(path))
        report({
          where: `${note.file}:${lineOf(note.text, address)}`,
          message: `the link to \`${address.slice(0, 120)}\` leads nowhere: there is no such file`,
          fix: "mend the link",
        });
      return address;
    },
    picture(address) {
      const { note } = from;
      const wiki = wikiTarget(address);
      if (/^(?:https?:)?\/\//iu.test(address))
        return { wrong: "it is on another machine, and a book is made of files alone" };
      if (/^data:/iu.test(address)) return { wrong: "it is written into the note; put it into a file" };
      const found = wiki === undefined ? undefined : vault.find(wiki.name, note.file);
      if (wiki !== undefined && found === undefined)
        return { wrong: `no file below ${pathFromHere(projectRoot(note.file)) || "."} has this name` };
      const path = found ?? resolve(dirname(note.file), decoded(address.split(/[?#]/u)[0]));
      if (!existsSync(path) || !statSync(path).isFile()) return { wrong: `there is no ${pathFromHere(path)}` };
      if (statSync(path).size > MOST_BYTES) return { wrong: "it is larger than 20 MB" };
      return isPicture(path) ? { path } : { wrong: "it is no PNG, JPEG, GIF, WebP or SVG that can be read" };
    },
  });
}

const MOST_BYTES = 20e6;

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

function lineOf(text: string, address: string): number {
  const at = text.indexOf(address);
  return at === -1 ? 1 : text.slice(0, at).split("\n").length;
}
