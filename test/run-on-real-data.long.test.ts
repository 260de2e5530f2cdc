import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { figureOf, ROOT, runNote } from "./run-note.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const DATA = join(ROOT, "..", "shared", "data");
const [MOVIELENS, HANDBOOK] = [join(DATA, "ml-100k"), join(DATA, "fraud-handbook")];
const FASHION = join(DATA, "fashion-mnist");

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

/** The first of an IDX file's entries, unpacked; the count in the header is theirs. */
function cutIdx(name: string, count: number, folder: string): void {
  const bytes = gunzipSync(readFileSync(join(FASHION, `${name}.gz`)));
  const [header, each] = name.includes("idx3") ? [16, 28 * 28] : [8, 1];
  bytes.writeUInt32BE(count, 4);
  writeFileSync(join(folder, name), bytes.subarray(0, header + count * each));
}

describe.skipIf(!existsSync(FASHION))("a run on Fashion-MNIST (skipped where ../shared/data is absent)", () => {
  it("divides its IDX files as they are named, and names classes far better than the most frequent one would", async () => {
    const folder = temporaryFolder();
    for (const [part, count] of [
      ["train", 3000],
      ["t10k", 600],
    ] as const)
      for (const what of ["images-idx3-ubyte", "labels-idx1-ubyte"]) cutIdx(`${part}-${what}`, count, folder);
    const note = readFileSync(join(import.meta.dirname, "fixtures", "fashion-mnist.md"), "utf8");
    writeFileSync(join(folder, "note.md"), note.replace("epochs: 6", "epochs: 2"));
    const record = await runNote("note.md", folder, "--data", folder);
    expect(["train", "validation", "test"].map((part) => figureOf(record, "split", `${part} photos`))).toEqual([
      2700, 300, 600,
    ]);
    expect(figureOf(record, "network", "parameters")).toBe(81_368);
    expect(figureOf(record, "most frequent class", "accuracy")).toBeCloseTo(0.1, 3);
    expect(figureOf(record, "network", "accuracy")).toBeGreaterThan(0.6);
  });
});

/** Drafts a note from the data, and runs it as it stands. */
async function runDraft(data: string) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.yaml"), "");
  const { status, stderr } = await heptadHere(folder, ["new", "drafted", "--data", data]);
  expect([status, stderr.includes("failed")]).toEqual([0, false]);
  return runNote(join("designs", "drafted.md"), folder);
}

const BANDIT = join(DATA, "open-bandit", "bts-men.csv");
describe.skipIf(!existsSync(BANDIT))("a public log of clicks (skipped where ../shared/data is absent)", () => {
  it("is drafted, and runs as it stands", async () => {
    const record = await runDraft(BANDIT);
    expect(figureOf(record, "data", "cases")).toBe(10_000);
    expect(figureOf(record, "data", "positives")).toBe(69);
  });
});

const GRADED = join(DATA, "lambdarank");
describe.skipIf(!existsSync(GRADED))(
  "a public set of graded documents (skipped where ../shared/data is absent)",
  () => {
    it("is drafted, read and run as it stands", async () => {
      const record = await runDraft(GRADED);
      expect(["queries", "documents", "features"].map((name) => figureOf(record, "data", name))).toEqual([
        251, 3773, 218,
      ]);
      expect(figureOf(record, "ranker", "ndcg@10")).toBeGreaterThan(0.72);
    });
  },
);
