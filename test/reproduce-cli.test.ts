import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.yaml"), "");
  mkdirSync(join(folder, "data", "sequences"), { recursive: true });
  // Thirty people walk around a ring of twenty items.
  const lines = Array.from({ length: 30 }, (_, person) => {
    const items = Array.from({ length: 6 }, (_, step) => ((person * 7 + step * 3) % 20) + 1);
    return `${person + 1} ${items.join(" ")}`;
  });
  writeFileSync(join(folder, "data", "sequences", "LastFM.txt"), `${lines.join("\n")}\n`);
});

const heptad = (...args: string[]) => heptadHere(folder, ["reproduce", ...args]);

it("lists the tables, one a line, with the files that each reads", async () => {
  const { stdout, status } = await heptad("--list");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^sequences-lastfm +LastFM, .*\(sequences\/LastFM\.txt\)$/mu);
});

it("says what is missing: the table, its data, its file", async () => {
  expect((await heptad()).stderr).toContain("which table?");
  expect((await heptad("sequences-lastfn")).stderr).toContain("did you mean `sequences-lastfm`?");
  expect((await heptad("sequences-lastfm")).stderr).toContain("--data");
  const missing = await heptad("sequences-beauty", "--data", "data");
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain("there is no sequences/Beauty.txt in data");
});

it("runs a table, keeps its parts for the next time, and writes the page where asked", async () => {
  const first = await heptad("sequences-lastfm", "--data", "data", "--threads", "1", "--json");
  expect(first.status).toBe(0);
  expect(first.stderr).toContain("sequences-lastfm: most-popular");
  const again = await heptad("sequences-lastfm", "--data", "data", "--threads", "1", "--json", "--write");
  expect(again.stdout).toBe(first.stdout);
  expect(again.stderr).not.toContain("sequences-lastfm: most-popular");
  const result = JSON.parse(first.stdout);
  expect(result.data).toEqual({ people: 30, items: 20, events: 180 });
  expect(JSON.parse(readFileSync(join(folder, "docs", "reproduced", "sequences-lastfm.json"), "utf8"))).toEqual(result);
  expect(readFileSync(join(folder, "docs", "reproduced.md"), "utf8")).toContain("ours: most-popular");
  expect(existsSync(join(folder, ".heptad", "cache"))).toBe(true);
}, 120_000);
