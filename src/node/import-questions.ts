/** Reads cards from an Anki deck or a table into draft questions of one's own, one YAML file each. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { FailureError, unwrap } from "../core/outcome.ts";
import { readCsv } from "../practice/csv.ts";
import { type DeckNote, readDeck } from "./anki-deck.ts";
import { writeFileAtomically } from "./atomic-write.ts";

/** Writes `folder/3-data/questions/NAME.yaml` for each card and returns the paths. A file that exists is never replaced. */
export async function importQuestions(file: string, folder: string): Promise<readonly string[]> {
  const notes = await readNotes(file);
  const written: string[] = [];
  for (const note of notes) {
    if (note.front === "" || note.back === "") continue;
    const path = freePath(join(folder, "3-data", "questions"), slug(note.front));
    writeFileAtomically(path, stringify(draft(note), { lineWidth: 118 }));
    written.push(path);
  }
  if (written.length > 0) return written;
  throw new FailureError({
    code: "nothing-to-import",
    message: "there is no card with a front and a back",
    where: file,
    fix: "a table needs the columns front and back",
  });
}

async function readNotes(file: string): Promise<readonly DeckNote[]> {
  if (!existsSync(file))
    throw new FailureError({ code: "no-file", message: "the file does not exist", where: file, fix: "check the path" });
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
  return rows.map((row) => ({ front: row[front] ?? "", back: row[back] ?? "" }));
}

/** A card says nothing about its rubric or slips: what is made up here is marked, and the check will ask for the rest. */
function draft({ front, back }: DeckNote) {
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
    sources: ["imported card"],
  };
}

function slug(text: string): string {
  const words = text
    .toLowerCase()
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
