import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { readTransactions, transactionSourceOf } from "../src/kinds/fraud-detection/transaction-source.ts";
import { interactionSourceOf, readInteractions } from "../src/kinds/recommendation/interaction-source.ts";
import { type Duckdb, openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { judgeEvents, preferencesOf } from "../src/steps/3-data/preferences.ts";
import { draftNote } from "../src/steps/3-data/profile/draft-note.ts";
import { profileFiles } from "../src/steps/3-data/profile/files-profile.ts";
import { openQuestions } from "../src/steps/3-data/profile/open-questions.ts";
import type { FilesProfile } from "../src/steps/3-data/profile/profiled-files.ts";
import { parseDesign } from "../src/steps/design.ts";
import { BEHAVIOUR } from "./data-layouts/behaviour.ts";
import { CASES } from "./data-layouts/cases.ts";
import type { DataLayout } from "./data-layouts/layout.ts";
import { RATINGS } from "./data-layouts/ratings.ts";
import { REFUSED } from "./data-layouts/refused.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const DATA_LAYOUTS = [...RATINGS, ...BEHAVIOUR, ...CASES, ...REFUSED];

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

function write({ files, given }: DataLayout): readonly string[] {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return (given ?? Object.keys(files)).map((name) => join(folder, name));
}

/** The note that is drafted, read as a run would read it. */
async function readDraft(profile: FilesProfile) {
  const note = draftNote(profile, { title: "Drafted", date: "2026-01-31", relative: (path) => path });
  const { design, findings } = parseDesign(note, "note.md");
  expect(findings.map(({ message }) => message)).toEqual([]);
  if (design === undefined) throw new Error("the draft is no design");
  const environment = { sql, files: createInputFiles() };
  if (profile.system === "fraud-detection") {
    const source = transactionSourceOf(design.data, (path) => path);
    const { count, time, repairs } = await readTransactions(environment, source, createRandom(1));
    expect(repairs.map(({ kind }) => kind).filter((kind) => kind !== "unsorted-time")).toEqual([]);
    return { events: count, first: time[0], kinds: [] as string[], timeless: undefined };
  }
  const mapped = interactionSourceOf(design.data, (path) => path);
  const { events, source, repairs } = await readInteractions(environment, mapped, createRandom(1));
  // Days are coarse: the same member and title on one day is one event, and counted.
  const twice = repairs.find(({ kind }) => kind === "duplicate-events")?.count ?? 0;
  const usual = ["duplicate-events", "unsorted-time", "unknown-titles"];
  expect(repairs.map(({ kind }) => kind).filter((kind) => !usual.includes(kind))).toEqual([]);
  const names = events.kinds ?? [];
  const { positive } = judgeEvents(events, names, preferencesOf(design.frame));
  expect(positive).toBeGreaterThan(0);
  const kinds = [...new Set(Array.from(events.kind, (code) => names[code]))].sort();
  return { events: events.count + twice, first: events.time[0], kinds, timeless: source.timeless };
}

describe("thirty layouts of public data", () => {
  it("are thirty or more", () => expect(DATA_LAYOUTS.length).toBeGreaterThanOrEqual(30));

  it.each(DATA_LAYOUTS)(
    "$name: read without a hand-written mapping, or the one question that is missing",
    async (layout) => {
      const { expects } = layout;
      const options = { title: "Drafted", date: "2026-01-31", relative: (path: string) => path };
      const look = profileFiles({ sql, files: createInputFiles() }, write(layout));
      if ("refused" in expects) {
        await expect(look.then((found) => draftNote(found, options))).rejects.toThrow(expects.refused);
        return;
      }
      const profile = await look;
      if ("question" in expects) {
        expect(openQuestions(profile).join("\n")).toMatch(expects.question);
        return;
      }
      expect(profile.system).toBe(expects.system);
      const main = profile.files[profile.main].profile;
      if (expects.system === "binary-classification" || expects.system === "unknown") {
        expect(main.rows).toBe(expects.events);
        if (expects.first !== undefined)
          expect(new Date((main.time?.first ?? 0) * 1000).toISOString().slice(0, 10)).toBe(expects.first);
        if (expects.asks !== undefined) expect(() => draftNote(profile, options)).toThrow(expects.asks);
        if (expects.label === undefined) return;
        expect(main.columns.find(({ role }) => role === "label")?.name).toBe(expects.label);
        expect((main.positives ?? 0) * main.rows).toBeCloseTo(expects.positives ?? 0, 9);
        return;
      }
      if (expects.item !== undefined) expect(main.columns.find(({ role }) => role === "item")?.name).toBe(expects.item);
      if (expects.sides !== undefined) expect(profile.joins.map(({ to }) => to)).toEqual(expects.sides);
      const read = await readDraft(profile);
      expect(read.events).toBe(expects.events);
      expect(read.timeless).toBe(expects.timeless);
      if (expects.first !== undefined)
        expect(new Date(read.first * 1000).toISOString().slice(0, 10)).toBe(expects.first);
      if (expects.kinds !== undefined) expect(read.kinds).toEqual(expects.kinds);
    },
  );
});
