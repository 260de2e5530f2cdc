import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findStaleResults } from "./stale-results.ts";

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

// Keys that a stage once read beside its plan; `npm run test:long` changes a sample of all keys of the reference notes, or every one.
describe("a run over old results", () => {
  it("is the run from nothing when a recommender's note has changed", async () => {
    const note = fixture("small-recommendation.md").replace("members: 250, items: 120", "members: 50, items: 40");
    const culprits = ["4 stages 1 name", "4 stages 1 keep", "4 stages 2 diversity", "4 stages 2 keep"];
    const { changed, stale } = await findStaleResults(note, (key) => culprits.includes(key));
    expect(stale).toEqual([]);
    expect(changed.size).toBe(culprits.length);
    expect(changed.get("4 stages 2 diversity")).toEqual(expect.arrayContaining(["re-ranking", "serving"]));
    expect(changed.get("4 stages 2 diversity")).not.toContain("train-als");
    expect(changed.get("4 stages 1 name")).toEqual(expect.arrayContaining(["compression", "serving"]));
    expect(changed.get("4 stages 1 name")).not.toContain("ranking");
  });

  it("is the run from nothing when a fraud note has changed", async () => {
    const culprits = ["2 threshold capacity", "4 stages 2 name", "7 drift 0 alert"];
    const { changed, stale } = await findStaleResults(
      fixture("small-fraud.md").replace("customers: 300, terminals: 400", "customers: 150, terminals: 200"),
      (key) => culprits.includes(key),
    );
    expect(stale).toEqual([]);
    expect(changed.size).toBe(culprits.length);
    expect(changed.get("2 threshold capacity")).toEqual(expect.arrayContaining(["evaluation", "served-state"]));
    expect(changed.get("2 threshold capacity")).not.toContain("train-scoring");
  });
});
