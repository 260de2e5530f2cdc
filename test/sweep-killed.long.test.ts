import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { SWEPT, type SweptVariant, sweptProject } from "./swept-project.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");

let folder = "";
let note = "";
beforeAll(() => {
  ({ folder, note } = sweptProject());
});

const heptad = (...args: string[]) => heptadHere(folder, args);

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
