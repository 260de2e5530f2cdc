import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";

const ROOT = join(import.meta.dirname, "..");
const PROGRAM = join(ROOT, "bin", "heptad.js");
const HANDBOOK = join(ROOT, "..", "shared", "data", "fraud-handbook");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heptad-fraud-"));
  copyFileSync(join(import.meta.dirname, "fixtures", "small-fraud.md"), join(folder, "small.md"));
  copyFileSync(join(ROOT, "designs", "card-fraud.md"), join(folder, "card-fraud.md"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(note: string, ...args: string[]): RunRecord {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [PROGRAM, "run", join(folder, note), "--threads", "2", "--json", ...args],
    { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return runRecordSchema.parse(JSON.parse(stdout));
}

function figureOf({ figures }: RunRecord, subject: string, name: string): number {
  return (
    figures.find((one) => one.subject === subject && one.name === name && one.slice === "all")?.value ?? Number.NaN
  );
}

describe("a fraud design", () => {
  it("runs on the simulated world and gives the same figures again", () => {
    const first = run("small.md");
    expect(figureOf(first, "scoring", "average precision")).toBeGreaterThan(0.1);
    expect(first.data.simulated).toBe(true);
    expect(figureOf(first, "features", "rows with skew")).toBe(0);
    const again = run("small.md");
    expect(again.figures).toEqual(first.figures);
    expect(again.steps.every(({ cached }) => cached)).toBe(true);
  });

  it.skipIf(!existsSync(HANDBOOK))("reproduces the handbook's week, and beats its table", { timeout: 240_000 }, () => {
    const record = run("card-fraud.md", "--data", HANDBOOK);
    expect(figureOf(record, "logistic", "auc roc")).toBeCloseTo(0.871, 3);
    expect(figureOf(record, "logistic", "average precision")).toBeCloseTo(0.606, 3);
    expect(figureOf(record, "logistic", "card precision@100")).toBeCloseTo(0.291, 3);
    expect(figureOf(record, "scoring", "average precision")).toBeGreaterThanOrEqual(0.66);
    expect(figureOf(record, "scoring", "card precision@100")).toBeGreaterThanOrEqual(0.29);
    expect(figureOf(record, "features", "rows with skew")).toBe(0);
  });
});
