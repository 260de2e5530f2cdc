import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");
const SWEPT = [
  "--set",
  "4.stages.candidates.factors=4,8",
  "--set",
  "4.stages.ranking.trees=5,10",
  "--jobs",
  "2",
  "--json",
];

let folder = "";
let note = "";
beforeAll(() => {
  folder = temporaryFolder();
  note = join(folder, "small.md");
  const fixture = readFileSync(join(import.meta.dirname, "fixtures", "small-recommendation.md"), "utf8");
  writeFileSync(note, fixture.replace("members: 250, items: 120", "members: 80, items: 60"));
  writeFileSync(join(folder, "heptad.yaml"), "");
});

const heptad = (...args: string[]) => heptadHere(folder, args);

interface SweptVariant {
  readonly name: string;
  readonly metric: string;
  readonly quality: number;
  readonly onFront: boolean;
  readonly folder: string;
}

describe("a sweep", () => {
  it("that is killed goes on where it stopped, and gives every variant a report and the front at least one", async () => {
    const child = spawn(process.execPath, [PROGRAM, "sweep", note, ...SWEPT], {
      cwd: folder,
      stdio: "ignore",
      detached: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    // The whole group, as closing a terminal does.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    const { stdout, status } = await heptad("sweep", note, ...SWEPT);
    expect(status).toBe(0);
    const { variants }: { variants: SweptVariant[] } = JSON.parse(stdout);
    expect(variants.map(({ name }) => name)).toEqual([
      "factors=4, trees=5",
      "factors=4, trees=10",
      "factors=8, trees=5",
      "factors=8, trees=10",
    ]);
    expect(variants.some(({ onFront }) => onFront)).toBe(true);
    for (const variant of variants)
      expect(JSON.parse(readFileSync(join(folder, variant.folder, "run.json"), "utf8")).kind).toBe("recommendation");
    const again: { variants: SweptVariant[] } = JSON.parse((await heptad("sweep", note, ...SWEPT)).stdout);
    expect(again.variants.map(({ quality }) => quality)).toEqual(variants.map(({ quality }) => quality));
    expect(readdirSync(join(folder, "runs", "small")).some((name) => /^sweep-.*\.html$/u.test(name))).toBe(true);
  }, 120_000);
});
