import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Block, heading, paragraph, tableOf, text } from "../src/book/document.ts";
import { A4, type PageFormat, POCKET } from "../src/book/typst-style.ts";
import { writeTypst } from "../src/book/write-typst.ts";
import { hasBookCompiler, openBookCompiler } from "../src/node/book-compiler.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const canSet = (await hasBookCompiler()) && spawnSync("pdftotext", ["-v"]).status === 0;
const cells = (...words: readonly string[]) => words.map((word) => [text(word)]);
const rows = (count: number, ...words: readonly string[]) =>
  Array.from({ length: count }, (_, i) => cells(`row-${i}`, ...words));

/** The pages as lines, without heads and numbers, of blocks that begin behind so many lines. */
async function pagesBehind(counts: readonly number[], format: PageFormat, ...blocks: readonly Block[]) {
  return (await read("-layout", counts, format, blocks)).map((stdout) =>
    stdout
      .replaceAll("\u200B", "")
      .split("\f")
      .map((page) => page.split("\n").map((line) => line.trim()))
      .map((lines) => lines.filter((line) => line !== "" && line !== "One" && !/^\d+$/u.test(line))),
  );
}

/** The words that reach into the lower margin, of blocks that begin behind so many lines; the numbers of pages belong there. */
async function wordsInFoot(counts: readonly number[], format: PageFormat, ...blocks: readonly Block[]) {
  const foot = (format.top + format.room.height + 1) * (72 / 25.4);
  return (await read("-bbox", counts, format, blocks)).map((stdout) =>
    [...stdout.matchAll(/yMax="([\d.]+)">([^<]*)</gu)].flatMap(([, low, word]) =>
      Number(low) > foot && !/^\d+$/u.test(word) ? [word] : [],
    ),
  );
}

async function read(as: string, counts: readonly number[], format: PageFormat, blocks: readonly Block[]) {
  const compiler = await openBookCompiler();
  const folder = temporaryFolder();
  return counts.map((count) => {
    const before = Array.from({ length: count }, (_, i) => paragraph(`Line ${i}.`));
    const chapters = [{ id: "c", title: "One", blocks: [...before, ...blocks] }];
    const book = { title: "T", subtitle: "S", parts: [{ id: "p", title: "P", chapters }], sheets: [] };
    const made = writeTypst(book, { format, terms: [], picture: String });
    writeFileSync(join(folder, "a.pdf"), compiler.set(made.pieces[0].source(0)).bytes);
    return spawnSync("pdftotext", [as, "a.pdf", "-"], { cwd: folder, encoding: "utf8" }).stdout;
  });
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

describe.skipIf(!canSet)("the foot of a page", () => {
  const formula = (...lines: readonly string[]): Block => ({ kind: "formula", lines });
  const short = formula("\\text{raw} = \\frac{a}{b} \\times c", "= \\frac{\\text{12}}{\\text{3}}", "= \\text{4 TB}");
  const sum = range(0, 12).map((i) => `\\text{amount ${i}} \\times \\text{price ${i}}`);
  const headings = [heading(2, "What follows"), heading(3, "The store: 4 TB")];

  it("never holds a heading without a line of the derivation below it, and parts no short derivation", async () => {
    for (const format of [POCKET, A4]) {
      for (const [name, derivation] of Object.entries({ short, long: formula(`\\text{all} = ${sum.join(" + ")}`) })) {
        const counts = format === POCKET ? range(8, 24) : range(26, 44);
        let moved = 0;
        for (const pages of await pagesBehind(counts, format, ...headings, derivation, paragraph("Assumed."))) {
          const page = pages.find((lines) => lines.includes("The store: 4 TB")) ?? [];
          expect(page.at(-1), `${name} on ${format.width}`).not.toBe("The store: 4 TB");
          expect(page).toContain("What follows");
          if (name === "short")
            expect((page.at(-1)?.startsWith("Assumed") ?? false) ? page.at(-2) : page.at(-1)).toBe("= 4 TB");
          if (!page.includes("Line 0.")) moved++;
        }
        expect(moved, name).toBeGreaterThan(0);
      }
    }
  });

  it("never leaves the last row of a table alone overleaf, while two rows fit on a page", async () => {
    const words = "many short words of a row ".repeat(3);
    const tables = {
      columns: [A4, range(20, 40), tableOf(cells("a", "b"), rows(9, words.repeat(3)))],
      narrow: [POCKET, range(2, 20), tableOf(cells("a", "b"), rows(9, words))],
      records: [
        POCKET,
        range(2, 20),
        tableOf(cells("", "b", "c", "d", "e"), rows(6, "one word more", "two", "three", words)),
      ],
    } as const;
    for (const [name, [format, counts, table]] of Object.entries(tables)) {
      let parted = 0;
      for (const pages of await pagesBehind(counts, format, table)) {
        const seen = pages.map((lines) => lines.filter((line) => line.startsWith("row-")).length).filter((n) => n > 0);
        expect(seen.at(-1), name).toBeGreaterThan(1);
        expect(seen.reduce((all, n) => all + n)).toBe(table.rows.length);
        if (seen.length > 1) parted++;
      }
      expect(parted, name).toBeGreaterThan(0);
    }
  });

  it("holds no heading above two records that go overleaf together", async () => {
    const record = ["two words and more", "three words and some more", "four words and some more", "the end"];
    const two = tableOf(cells("", "b", "c", "d", "e"), rows(2, ...record));
    for (const pages of await pagesBehind(range(2, 20), POCKET, heading(2, "quality"), two)) {
      const page = pages.find((lines) => lines.includes("quality")) ?? [];
      expect(page.filter((line) => line.startsWith("row-"))).toHaveLength(2);
    }
  });

  it("is kept free by records and tables that go overleaf behind a drawing, which leaves that page less than a record takes", async () => {
    const figure: Block = {
      kind: "figure",
      svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 540"></svg>',
      caption: "Drift",
      says: "Drift",
    };
    const words = "many short words of a row ".repeat(3);
    const records = tableOf(cells("", "b", "c", "d", "e"), rows(6, "one word more", "two", "three", words));
    for (const table of [records, tableOf(cells("a", "b"), rows(9, words))]) {
      const inFoot = await wordsInFoot(range(2, 24), POCKET, figure, paragraph("Behind it."), table);
      expect(inFoot.flat()).toEqual([]);
    }
  });

  it("parts two last rows that a page has no room for", async () => {
    const tall = tableOf(cells("a", "b"), rows(3, "many short words of a row ".repeat(40)));
    const [pages] = await pagesBehind([4], POCKET, tall);
    expect(pages.flat().filter((line) => line.startsWith("row-"))).toHaveLength(3);
    expect(pages.filter((lines) => lines.length > 0).length).toBeGreaterThan(2);
  });
});
