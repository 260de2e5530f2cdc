/** Random Markdown, right and wrong, and what must hold of every import of it. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { importFiles } from "../src/node/import-notes.ts";
import { importNotes } from "../src/note/import/import-note.ts";
import { wordsIn } from "../src/note/import/note-pieces.ts";
import { parseDesign } from "../src/steps/design.ts";

const title = fc.constantFrom(
  "Data",
  "Model",
  "Problem Formulation",
  "Monitoring",
  "3. Options",
  "Odd one",
  "数据",
  "Metrics",
  "Serving & A/B tests",
  "1. Requirements",
  "# odd",
  "`x` **y**",
);
const words = fc.constantFrom(
  "10M DAU",
  "p99 latency is 100 ms",
  "what scale?",
  "we choose XGBoost",
  "5% → 50% → 100%",
  "a | b",
  "<b>x</b>",
  "[^1]: note",
  "$$x^2$$",
  "![p](p.png)",
  "10^9 * 256 * 2 ~ 500 GB",
  "---",
  "===",
  "``",
  "~~~",
  "```",
  "```yaml",
  "````",
  "<!--",
  "-->",
  "<details>",
  "<details><summary>Data</summary>",
  "<summary>Serving</summary>",
  "Q: What data do we have?",
  "Q2. How do you monitor it? By hand.",
  "| Model | trees |",
  "| 2 | Requirements | few |",
  "|---|---|",
  "+++",
  "</details>",
  "<pre>",
  "</pre>",
  "key: value",
  "tags: [a]",
  "\u2028",
  "\\",
  "&amp;",
  "TODO",
  "🎯 go",
  "heptad: 1",
  "MRR, nDCG@10",
);
const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom("# ", "## ", "### ", "###### ", "**", "- ", "1. ", "* **", "  - ", "\t- ", "> ", "<h2>"),
        title,
      )
      .map(([sign, text]) => `${sign}${text}${sign === "<h2>" ? "</h2>" : sign.includes("**") ? "**" : ""}`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom("", "", "- ", "  ", "    ", "> ", "1) "), words)
      .map(([sign, text]) => `${sign}${text}`),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 30, unit: "grapheme" }) },
  { weight: 2, arbitrary: fc.constant("") },
);
const markdown = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\n", "\r\n"), fc.boolean())
  .map(([lines, ending, front]) => `${front ? `---${ending}tags: [x]${ending}---${ending}` : ""}${lines.join(ending)}`);

const fileName = fc.constantFrom(
  "README.md",
  "1.md",
  "02-data_collection.md",
  "model.md",
  "serving.md",
  "a.md",
  "数据.md",
  "-.md",
);
/** Notes of which most begin with a line that may be their title, and small enough that a folder may be one design. */
const folder = fc.uniqueArray(
  fc.tuple(fileName, fc.constantFrom("", "**", "# ", "<details>", "Q: "), title, markdown),
  {
    selector: ([file]) => file,
    minLength: 2,
    maxLength: 5,
  },
);

/** A folder of any notes is imported or left out file by file: never a failure, and no source is touched. */
export async function checkFolders(runs: number, at: string): Promise<void> {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(folder, async (notes) => {
      const inside = join(at, `folder-${count++}`);
      mkdirSync(inside);
      const texts = notes.map(([file, sign, of, rest]) => {
        const text = sign === "" ? rest : `${sign}${of}${sign === "**" ? "**" : ""}\n\nhi\n\n${rest}`;
        writeFileSync(join(inside, file), text);
        return { file: resolve(inside, file), text };
      });
      const request = { paths: [inside], map: new Map(), force: false, dryRun: false };
      const { imports, left, unreadable } = await importFiles(request);
      const said = new Set([
        ...imports.flatMap(({ sources }) => sources.map((file) => resolve(file))),
        ...[...left, ...unreadable].map(({ file }) => resolve(file)),
      ]);
      expect(said).toEqual(new Set(texts.map(({ file }) => file)));
      for (const { file, text } of texts) expect(readFileSync(file, "utf8")).toBe(text);
      const again = await importFiles(request);
      expect(again.imports.map(({ path, outcome }) => [path, outcome])).toEqual(
        imports.map(({ path }) => [path, "unchanged"]),
      );
    }),
    { numRuns: runs, seed: 17 },
  );
}

/** Every word of the notes stands in the designs, which are read without errors and are the same twice. */
export function checkImports(runs: number): void {
  let taken = 0;
  fc.assert(
    fc.property(markdown, (text) => {
      const made = importNotes([{ file: "x.md", text }]);
      const left = new Map<string, number>();
      for (const one of made) {
        expect(parseDesign(one.text, "x.design.md").findings).toEqual([]);
        for (const word of wordsIn(one.text)) left.set(word, (left.get(word) ?? 0) + 1);
        if (!one.whole) taken++;
      }
      for (const word of wordsIn(text)) {
        expect(left.get(word) ?? 0, word).toBeGreaterThan(0);
        left.set(word, (left.get(word) ?? 0) - 1);
      }
      expect(importNotes([{ file: "x.md", text }])).toEqual(made);
    }),
    { numRuns: runs, seed: 17 },
  );
  // A note that stands whole in a fence loses nothing and helps nobody.
  expect(taken).toBeGreaterThan(runs * 0.9);
}
