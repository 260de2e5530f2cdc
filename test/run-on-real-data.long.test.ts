import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { figureOf, ROOT, runNote } from "./run-note.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const DATA = join(ROOT, "..", "shared", "data");
const [MOVIELENS, HANDBOOK] = [join(DATA, "ml-100k"), join(DATA, "fraud-handbook")];

describe.skipIf(!existsSync(MOVIELENS))("a run on MovieLens 100k (skipped where ../shared/data is absent)", () => {
  it("counts the members that the published split has", async () => {
    const folder = temporaryFolder();
    copyFileSync(join(import.meta.dirname, "fixtures", "small-recommendation.md"), join(folder, "small.md"));
    const record = await runNote("small.md", folder, "--data", MOVIELENS);
    const value = (name: string): number | undefined => record.figures.find((figure) => figure.name === name)?.value;
    expect(value("events")).toBe(100_000);
    expect(value("members active in test")).toBe(301);
    expect(value("of them seen before")).toBe(109);
    expect(record.data.simulated).toBe(false);
  });
});

describe.skipIf(!existsSync(HANDBOOK))(
  "a run on the handbook's payments (skipped where ../shared/data is absent)",
  () => {
    it("reproduces the handbook's week, and beats its table", async () => {
      const folder = temporaryFolder();
      copyFileSync(join(ROOT, "designs", "card-fraud.md"), join(folder, "card-fraud.md"));
      const record = await runNote("card-fraud.md", folder, "--data", HANDBOOK);
      expect(figureOf(record, "logistic", "auc roc")).toBeCloseTo(0.871, 3);
      expect(figureOf(record, "logistic", "average precision")).toBeCloseTo(0.606, 3);
      expect(figureOf(record, "logistic", "card precision@100")).toBeCloseTo(0.291, 3);
      expect(figureOf(record, "scoring", "average precision")).toBeGreaterThanOrEqual(0.66);
      expect(figureOf(record, "scoring", "card precision@100")).toBeGreaterThanOrEqual(0.29);
      expect(figureOf(record, "features", "rows with skew")).toBe(0);
    });
  },
);
