import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { readTable } from "../src/node/reproduce/read-tables.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, "heptad.yaml"), "");
  mkdirSync(join(folder, "data", "sequences"), { recursive: true });
  mkdirSync(join(folder, "data", "lambdarank"));
  // Thirty people walk around a ring of twenty items.
  const lines = Array.from({ length: 30 }, (_, person) => {
    const items = Array.from({ length: 6 }, (_, step) => ((person * 7 + step * 3) % 20) + 1);
    return `${person + 1} ${items.join(" ")}`;
  });
  writeFileSync(join(folder, "data", "sequences", "LastFM.txt"), `${lines.join("\n")}\n`);
  // As many queries and documents as the published files have, of two features each.
  for (const [part, queries, documents] of [
    ["train", 201, 3005],
    ["test", 50, 768],
  ] as const) {
    const sizes = Array.from(
      { length: queries },
      (_, at) => Math.floor(documents / queries) + Number(at < documents % queries),
    );
    const rows = Array.from({ length: documents }, (_, at) => `${at % 3} 1:${(at % 3) + (at % 5)} 2:${at % 7}`);
    writeFileSync(join(folder, "data", "lambdarank", `rank.${part}`), rows.join("\n"));
    writeFileSync(join(folder, "data", "lambdarank", `rank.${part}.query`), sizes.join("\n"));
  }
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

it("refuses data that are not the published ones, prints no figure and trains nothing", async () => {
  const cut = await heptad("sequences-lastfm", "--data", "data", "--write");
  expect(cut.status).toBe(2);
  expect(cut.stdout).toBe("");
  expect(cut.stderr).toContain(
    "people: 30, published 1,090; items: 20, published 3,646; events: 180, published 52,551",
  );
  expect(cut.stderr).toContain("take every file whole");
  expect(cut.stderr).not.toContain("most-popular");
  expect(existsSync(join(folder, "docs"))).toBe(false);
});

it("refuses data of which every row was changed, though there are as many, prints no figure and trains nothing", async () => {
  const changed = await heptad("lambdarank", "--data", "data", "--write");
  expect(changed.status).toBe(2);
  expect(changed.stdout).toBe("");
  expect(changed.stderr).toContain("though it has as many rows (train: SHA-256 of its rows ");
  expect(changed.stderr).toContain(`published ${readTable("lambdarank").checksums.test}`);
  expect(changed.stderr).toContain("change none of its rows");
  expect(changed.stderr).not.toContain("in-order");
  expect(existsSync(join(folder, "docs"))).toBe(false);
});

const DATA = resolve("..", "shared", "data");

it.skipIf(!existsSync(join(DATA, "lambdarank")))(
  "runs a table, keeps its parts for the next time, and writes the page where asked",
  async () => {
    const run = ["lambdarank", "--data", DATA, "--threads", "1", "--json"];
    const first = await heptad(...run);
    expect(first.status).toBe(0);
    expect(first.stderr).toContain("lambdarank: in-order");
    const again = await heptad(...run, "--write");
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).not.toContain("lambdarank: in-order");
    const result = JSON.parse(first.stdout);
    expect(result.data).toEqual({ "training queries": 201, "test queries": 50, documents: 3773 });
    expect(JSON.parse(readFileSync(join(folder, "docs", "reproduced", "lambdarank.json"), "utf8"))).toEqual(result);
    const page = readFileSync(join(folder, "docs", "reproduced.md"), "utf8");
    expect(page).toContain("ours: in-order");
    expect(page).toContain("chosen at the edge of what was tried: ");
    expect(existsSync(join(folder, ".heptad", "cache"))).toBe(true);
    const shown = await heptad("lambdarank", "--data", DATA, "--threads", "1");
    expect(shown.stdout).toContain("chosen at the edge of what was tried: ");
  },
  120_000,
);
