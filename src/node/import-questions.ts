/** Reads cards from an Anki deck or a table into draft questions of one's own, one YAML file each. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { FailureError, unwrap } from "../core/outcome.ts";
import { plainLetters } from "../core/plain-letters.ts";
import { readCsv, unguardFormula } from "../practice/csv.ts";
import { type DeckNote, readDeck } from "./anki-deck.ts";
import { writeFileAtomically } from "./atomic-write.ts";

export interface Imported {
  readonly written: readonly string[];
  /** Cards that an earlier import had brought, or that stand twice in this file. */
  readonly known: number;
  /** Cards without a front or a back. */
  readonly empty: number;
}

/**
 * Writes `folder/3-data/questions/NAME.yaml` for each card that is not there yet. A file that exists is never replaced, and a
 * draft remembers its card, so that importing again doubles nothing, edited or not.
 */
export async function importQuestions(file: string, folder: string): Promise<Imported> {
  const notes = await readNotes(file);
  const home = join(folder, "3-data", "questions");
  const there = cardsIn(home);
  const written: string[] = [];
  let [known, empty] = [0, 0];
  for (const note of notes) {
    const mark = markOf(note);
    if (note.front === "" || note.back === "") empty++;
    else if (there.has(mark)) known++;
    else {
      const path = freePath(home, slug(note.front));
      writeFileAtomically(path, stringify(draft(note, mark), { lineWidth: 118 }));
      there.add(mark);
      written.push(path);
    }
  }
  if (written.length + known > 0) return { written, known, empty };
  throw new FailureError({
    code: "nothing-to-import",
    message: "there is no card with a front and a back",
    where: file,
    fix: "a table needs the columns front and back",
  });
}

/** By its front: whoever mends the back of a card has the same card. */
function markOf({ front }: DeckNote): string {
  return `imported card ${createHash("sha256").update(front).digest("hex").slice(0, 12)}`;
}

function cardsIn(home: string): Set<string> {
  if (!existsSync(home)) return new Set();
  const files = readdirSync(home).filter((name) => name.endsWith(".yaml"));
  return new Set(
    files.flatMap((name) => readFileSync(join(home, name), "utf8").match(/imported card [0-9a-f]{12}/gu) ?? []),
  );
}

/** No deck or table of questions is larger. */
const MOST_BYTES = 64 * 2 ** 20;

async function readNotes(file: string): Promise<readonly DeckNote[]> {
  if (!existsSync(file))
    throw new FailureError({ code: "no-file", message: "the file does not exist", where: file, fix: "check the path" });
  const { size } = statSync(file);
  if (!statSync(file).isFile() || size > MOST_BYTES)
    throw new FailureError({
      code: "not-a-file",
      message: statSync(file).isFile()
        ? `the file has ${Math.round(size / 2 ** 20)} MB, and ${MOST_BYTES / 2 ** 20} are read at most`
        : "this is no file",
      where: file,
      fix: "name a .csv or .apkg file; export fewer cards at once, without media",
    });
  if (file.endsWith(".apkg")) return unwrap(await readDeck(readFileSync(file)));
  const [head = [], ...rows] = readCsv(readFileSync(file, "utf8"));
  const columns = head.map((name) => name.trim().toLowerCase());
  const [front, back] = [columns.indexOf("front"), columns.indexOf("back")];
  if (front < 0 || back < 0) {
    throw new FailureError({
      code: "missing-column",
      message: "the table has no columns front and back",
      where: file,
      fix: "name them in its first row",
    });
  }
  return rows.map((row) => ({ front: unguardFormula(row[front] ?? ""), back: unguardFormula(row[back] ?? "") }));
}

/** A card says nothing about its rubric or slips: what is made up here is marked, and the check will ask for the rest. */
function draft({ front, back }: DeckNote, mark: string) {
  return {
    kind: "explain",
    title: front.split("\n")[0].slice(0, 80),
    area: "systems",
    level: 1,
    seniority: "mid",
    minutes: 3,
    ask: front,
    model: back,
    rubric: [
      { point: "write what a good answer says", cues: ["edit"] },
      { point: "and a second point", cues: ["edit"] },
    ],
    mistakes: [
      { cues: ["edit"], why: "write a usual slip" },
      { cues: ["edit"], why: "and another" },
    ],
    sources: [mark],
  };
}

function slug(text: string): string {
  const words = plainLetters(text)
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "");
  return words.slice(0, 50) || "card";
}

function freePath(folder: string, name: string): string {
  for (let i = 1; ; i++) {
    const path = join(folder, `${name}${i === 1 ? "" : `-${i}`}.yaml`);
    if (!existsSync(path)) return path;
  }
}
