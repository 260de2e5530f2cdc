/** Pages of a book as the compiler sets them: full, with rows below their heading, and with whatever text as it was written. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heading, paragraph, tableOf, text } from "../src/book/document.ts";
import { pageCount } from "../src/book/pdf/pdf-part.ts";
import { setBook } from "../src/book/set-book.ts";
import { A4, DENSITIES, POCKET } from "../src/book/typst-style.ts";
import { writeTypst } from "../src/book/write-typst.ts";
import { hasBookCompiler, openBookCompiler } from "../src/node/book-compiler.ts";
import { isLong, propertyRuns } from "./property-runs.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const canCompile = await hasBookCompiler();
const canRead = spawnSync("pdftotext", ["-v"]).status === 0;
/** Of the lengths that a page may be filled to, `npm test` draws one in three. */
const STEP = isLong ? 1 : 3;

describe("the pages of a book", () => {
  it.skipIf(!canCompile)(
    "ends a piece on a nearly empty page only where setting it closer or looser does not mend that",
    async () => {
      const compiler = await openBookCompiler();
      const book = (lines: number) => {
        const blocks = Array.from({ length: lines }, (_, i) => paragraph(`Line ${i} of this chapter.`));
        const parts = [{ id: "p", title: "Patterns", chapters: [{ id: "c", title: "One", blocks }] }];
        return writeTypst(
          { title: "T", subtitle: "S", parts, sheets: [] },
          { format: POCKET, terms: [], picture: String },
        );
      };
      const taken = { usual: 0, close: 0, closest: 0, loose: 0, none: 0 };
      for (let lines = 16; lines < 60; lines += 3) {
        const made = book(lines);
        const ways = DENSITIES.map((density) => {
          const { bytes, places } = compiler.set(made.pieces[0].source(0, density));
          const end = places.find(({ name }) => name === "!end")?.place;
          const pages = pageCount(bytes);
          return { density, pages, isFull: pages === 1 || (end?.below ?? 0) > made.leastEnd };
        });
        const first = ways.find(({ isFull }) => isFull);
        taken[first?.density ?? "none"]++;
        const set = setBook(made, (source) => compiler.set(source)).pages;
        expect(set).toBe(first?.pages ?? Math.min(...ways.map(({ pages }) => pages)));
      }
      expect(taken.usual).toBeGreaterThan(0);
      expect(taken.close + taken.closest).toBeGreaterThan(0);
      expect(taken.loose).toBeGreaterThan(0);
    },
  );

  it.skipIf(!canCompile)(
    "ends the contents on no nearly empty page, and on the same pages with their numbers",
    async () => {
      const compiler = await openBookCompiler();
      let seen = 0;
      for (let count = 50; count < 70; count += 2 * STEP) {
        const chapters = Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: `Chapter ${i}`, blocks: [] }));
        const parts = [{ id: "p", title: "Patterns", chapters }];
        const made = writeTypst(
          { title: "T", subtitle: "S", parts, sheets: [] },
          { format: A4, terms: [], picture: String },
        );
        const fronts: { readonly pages: number; readonly below: number }[] = [];
        setBook(made, (source) => {
          const set = compiler.set(source);
          const end = set.places.find(({ name }) => name === "!end")?.place;
          if (source.includes("[Contents]")) fronts.push({ pages: pageCount(set.bytes), below: end?.below ?? 0 });
          return set;
        });
        const [first, last] = [fronts[0], fronts[fronts.length - 1]];
        if (first.below <= made.leastEnd) seen++;
        expect(last.below, `${count} chapters`).toBeGreaterThan(made.leastEnd);
      }
      expect(seen).toBeGreaterThan(0);
    },
  );

  it.skipIf(!canCompile || !canRead)(
    "keeps three rows of a table, or all of a short one, below its heading",
    async () => {
      const compiler = await openBookCompiler();
      const folder = temporaryFolder();
      const cells = (...words: readonly string[]) => words.map((word) => [text(word)]);
      const long = "many short words of a row in a line ".repeat(8);
      const line = long.slice(0, 106);
      const tables = {
        facts: [
          7,
          tableOf(
            [],
            Array.from({ length: 7 }, (_, i) => cells(`row-${i}.`, long)),
          ),
        ],
        // The last row widens the first column: what fits on a line beside the others takes two beside it.
        widened: [
          6,
          tableOf(
            cells("severity", "finding"),
            Array.from({ length: 6 }, (_, i) => cells(`row-${i}.${i === 5 ? " and all" : ""}`, i === 5 ? long : line)),
          ),
        ],
        short: [
          2,
          tableOf(
            [],
            Array.from({ length: 2 }, (_, i) => cells(`row-${i}.`, long)),
          ),
        ],
        long: [
          4,
          tableOf(
            [],
            Array.from({ length: 4 }, (_, i) => cells(`row-${i}.`, long)),
          ),
        ],
      } as const;
      for (const [name, [rows, table]] of Object.entries(tables)) {
        let moved = 0;
        for (let lines = 24; lines < 44; lines += STEP) {
          const before = Array.from({ length: lines }, (_, i) => paragraph(`Line ${i}.`));
          const after = [heading(1, "Here it begins"), paragraph("What is asked?"), table];
          const chapters = [{ id: "c", title: "One", blocks: [...before, ...after] }];
          const made = writeTypst(
            { title: "T", subtitle: "S", parts: [{ id: "p", title: "P", chapters }], sheets: [] },
            { format: A4, terms: [], picture: String },
          );
          writeFileSync(join(folder, "a.pdf"), compiler.set(made.pieces[0].source(0)).bytes);
          const { stdout } = spawnSync("pdftotext", ["-layout", "a.pdf", "-"], { cwd: folder, encoding: "utf8" });
          const pages = stdout.replaceAll("\u200B", "").split("\f");
          const at = pages.findIndex((page) => /^ *Here it begins$/mu.test(page));
          const seen = pages[at]?.match(/^ *row-\d/gmu)?.length ?? 0;
          expect(seen, `${name} behind ${lines} lines`).toBeGreaterThanOrEqual(rows <= 4 ? rows : 3);
          expect(pages[at]).toContain("What is asked?");
          if (at > 0) moved++;
        }
        expect(moved, name).toBeGreaterThan(0);
        expect(moved, name).toBeLessThan(20);
      }
    },
  );

  it.skipIf(!canCompile || !canRead)("sets whatever text without reading it as a command", async () => {
    const compiler = await openBookCompiler();
    const signs = fc.string({
      unit: fc.constantFrom(..."#$*_`<>@\\\"'/[]{}()=-+~^&%!|:;.,abzÄß019"),
      minLength: 1,
      maxLength: 60,
    });
    const folder = temporaryFolder();
    fc.assert(
      fc.property(signs, (written) => {
        const block = {
          kind: "paragraph",
          of: [
            { kind: "text", text: `begin${written}end` },
            { kind: "code", text: written },
          ],
        } as const;
        const book = {
          title: written,
          subtitle: written,
          parts: [{ id: "p", title: written, chapters: [{ id: "c", title: written, blocks: [block] }] }],
          sheets: [],
        };
        const { bytes } = setBook(writeTypst(book, { format: A4, terms: [], picture: (path) => path }), (source) =>
          compiler.set(source),
        );
        writeFileSync(join(folder, "a.pdf"), bytes);
        const { stdout } = spawnSync("pdftotext", ["-raw", "a.pdf", "-"], { cwd: folder, encoding: "utf8" });
        const letters = stdout.replaceAll(/[\s\u200B\u00AD]/gu, "");
        expect(letters).toContain(`begin${written}end`.replaceAll(/\s/gu, ""));
      }),
      { numRuns: propertyRuns(20) },
    );
  });
});
