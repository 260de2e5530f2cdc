import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { setFact } from "../src/note/set-fact.ts";
import { changedNotes } from "./changed-notes.ts";
import { findStaleResults } from "./stale-results.ts";

/** How many keys of each note are tried: HEPTAD_KEYS=all takes every one, in about an hour; HEPTAD_SEED draws others. */
const KEYS = process.env.HEPTAD_KEYS ?? "20";
const SEED = Number(process.env.HEPTAD_SEED ?? "1");

async function expectNoneStale(note: string): Promise<void> {
  const names = changedNotes(note).map(({ key }) => key);
  const count = KEYS === "all" ? names.length : Number(KEYS);
  expect(count).toBeGreaterThan(0);
  const drawn = new Set(
    createRandom(SEED, "keys")
      .shuffle([...names.keys()])
      .slice(0, count),
  );
  const { changed, fixed, stale } = await findStaleResults(note, (_, at) => drawn.has(at));
  expect(stale).toEqual([]);
  expect(changed.size + fixed.length).toBe(Math.min(count, names.length));
  if (KEYS === "all") expect(fixed.length).toBeLessThan(changed.size / 10);
  else expect(changed.size).toBeGreaterThan(count / 2);
}

/** A reference note on a world, and with models, that are done in a second. */
function smaller(name: string, facts: readonly (readonly [string, string | number | boolean])[]): string {
  const text = readFileSync(join(import.meta.dirname, "..", "designs", name), "utf8");
  return facts.reduce((note, [key, value]) => unwrap(setFact(note, key, value)), text);
}

describe("a run over old results is the run from nothing, whichever key of a sample has changed", () => {
  it("of the recommender's note", { timeout: 7_200_000 }, async () => {
    const note = smaller("movie-recommendations.md", [
      ["3.source.members", 50],
      ["3.source.items", 40],
      ["3.source.days", 45],
      ["4.stages.candidates.factors", 4],
      ["4.stages.candidates.iterations", 2],
      ["4.stages.ranking.trees", 6],
      ["4.stages.ranking.leaves", 4],
    ]);
    await expectNoneStale(note);
  });

  it("of the fraud note", { timeout: 7_200_000 }, async () => {
    const note = smaller("card-fraud.md", [
      ["3.source.customers", 120],
      ["3.source.terminals", 150],
      ["3.source.days", 90],
      ["3.source.adaptive", false],
      ["3.split.test-start", "2018-06-10"],
      ["4.stages.scoring.trees", 5],
      ["4.stages.scoring.leaves", 4],
      ["4.stages.scoring.learning-rate", 0.1],
      ["4.stages.novelty.trees", 5],
    ]);
    await expectNoneStale(note);
  });
});
