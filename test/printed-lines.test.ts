/** A window's worth: what commands print of the notes that there are, at a window of 80 and of 100 columns, and through a pipe. */

import { cpSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
cpSync("designs", join(folder, "designs"), { recursive: true });
cpSync("test/notes/movies.md", join(folder, "first.md"));
const notes = [
  ...readdirSync("designs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `designs/${name}`),
  ...readdirSync("designs/bad").map((name) => `designs/bad/${name}`),
  "first.md",
];
const WINDOWS = [80, 100, undefined];

/** What is printed, at each window, with what is too much of it: more lines, or a line that is wider. */
async function tooMuch(words: readonly string[], most: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const columns of WINDOWS) {
    const { stdout, stderr } = await heptadHere(folder, words, { columns });
    if (stdout === "") found.push(stderr);
    const lines = stdout.trimEnd().split("\n");
    if (lines.length > most) found.push(`${lines.length} lines at ${columns}`);
    found.push(...lines.filter((line) => line.length > (columns ?? 100)));
  }
  return found;
}

describe("a window's worth", () => {
  it.each(notes)("is what heptad check says of %s", async (note) => {
    expect(await tooMuch(["check", note], 30)).toEqual([]);
  });

  it.each(["bad/card-fraud", "bad/movie-recommendations", "bad/visual-duplicates"])(
    "is what heptad estimate says of %s",
    async (name) => {
      expect(await tooMuch(["estimate", `designs/${name}.md`], 40)).toEqual([]);
    },
  );

  it("is what heptad check says of all of them together", async () => {
    expect(await tooMuch(["check"], 40)).toEqual([]);
  });

  it.each(["movie-recommendations", "card-fraud", "visual-search"])(
    "is the plan of an experiment of %s",
    async (name) => {
      expect(await tooMuch(["experiment", "plan", `designs/${name}.md`], 40)).toEqual([]);
    },
  );

  it("is the analysis of an experiment of many arms and guardrails, what is harmed before what is protected", async () => {
    const random = createRandom(3);
    const arms = ["control", "a", "b", "c", "d", "e", "f", "g", "h"];
    const rows = Array.from({ length: 4500 }, (_, i) => {
      const arm = arms[i % arms.length];
      const value = 10 + random.normal() + (arm === "a" ? 0.5 : 0);
      return `u${i},${arm},${value},${100 + random.normal()},${50 + random.normal() + (arm === "h" ? 5 : 0)}`;
    });
    writeFileSync(join(folder, "arms.csv"), `unit,arm,value,latency,load\n${rows.join("\n")}\n`);
    const guards = ["--guardrail", "latency=+2", "--guardrail", "load=+2", "--control", "control"];
    const words = ["experiment", "analyze", "arms.csv", ...guards];
    expect(await tooMuch(words, 40)).toEqual([]);
    const { stdout, status } = await heptadHere(folder, words, { columns: 100 });
    expect(status).toBe(1);
    expect(stdout).toContain("load is harmed by h: it is worse by");
    expect(stdout).toMatch(/^and \d+ more; --verbose has all of them$/mu);
    expect(stdout).toMatch(/^ {2}a: effect \+0\.\d+, 95% interval .*, corrected p /mu);
    // Beside a p that counts the arms stood an interval that does not.
    expect(stdout).toContain("each interval is of its arm alone; p is corrected for several arms");
    expect(stdout).toContain("  and 2 more arms");
    const whole = (await heptadHere(folder, [...words, "--verbose"], { columns: 100 })).stdout;
    expect(whole.match(/is protected under/gu)).toHaveLength(15);
    expect(whole).toContain("h against control");
    expect(whole).toMatch(/^ {2}effect .* interval .*, of this arm alone$/mu);
    expect(whole).toMatch(/units in several arms: no unit saw/u);
  });
});
