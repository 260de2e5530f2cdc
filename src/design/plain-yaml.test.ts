import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RULES } from "../note/rules.gen.ts";
import { noteOfExample } from "../review/example.ts";
import { parseDesign } from "../steps/design.ts";
import type { FactNode } from "./fact-tree.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import type { YamlBlock } from "./sections.ts";
import { readFullYaml } from "./yaml-tree.ts";

const span = { file: "a.md", start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
const blockOf = (source: string, offset = 7): YamlBlock => ({ source, offset, span });

/** The plain reader must say what the full one says, or nothing. */
function agree(source: string): "same" | "left to the full reader" {
  const plain = readPlainYaml(source, 7);
  if (plain === undefined) return "left to the full reader";
  const full = readFullYaml(blockOf(source), source);
  expect(full.problems, source).toEqual([]);
  expect(comparable(plain), source).toEqual(full.root === undefined ? undefined : comparable(full.root));
  return "same";
}

function comparable(node: FactNode, isRoot = true): unknown {
  const { start, end, key, flow, scalar, entries, items } = node;
  return {
    // The place of the whole block is never shown, and behind a block collection the full reader counts a comment as its end.
    place: isRoot ? undefined : [start, flow || scalar !== undefined ? end : 0, key.start],
    flow,
    scalar,
    entries: entries === undefined ? undefined : [...entries].map(([name, one]) => [name, comparable(one, false)]),
    items: items?.map((one) => comparable(one, false)),
  };
}

describe("the plain reader", () => {
  it("reads every block of every design and every rule's example as the full reader does", () => {
    const notes = [
      ...["designs", "designs/bad"].flatMap((folder) =>
        readdirSync(folder)
          .filter((file) => file.endsWith(".md"))
          .map((file) => readFileSync(`${folder}/${file}`, "utf8")),
      ),
      ...RULES.flatMap(({ examples }) => [noteOfExample(examples.bad), noteOfExample(examples.good)]),
    ];
    let same = 0;
    let left = 0;
    for (const note of notes) {
      for (const { facts } of parseDesign(note, "a.md").design?.sections ?? []) {
        if (facts === undefined) continue;
        if (agree(facts.source) === "same") same++;
        else left++;
      }
    }
    expect(same).toBeGreaterThan(250);
    expect(left).toBeLessThan(same / 20);
  });

  it.each([
    "a: 1\nb: two words # a comment\n",
    "a: { b: [1, -2.5, x y], c: 'it is', d: \"a: b\" } # c\n",
    "a:\n  b: 1\n  c:\n    - d\n    - { e: f }\nz: ~\n",
    "a:\n- b: 1\n  c: 2\n- b: 3\n",
    "a: { b: 1,\n     c: [x,\n         y] }\n",
    "a: 0.50\nb: 100 ms\nc: $5k/month\nd: 99.9%\ne: 2M/day\nf: -1 h\n",
    "p99.9: 3 s\nclick-through rate: 4%\n",
    "a:\n  { b: 1,\n    c: [2] }\nd: e\n",
    "# first\n\na: 1\n  # deeper\nb: 2\n",
    "a: x:y\nb: http://c.d/e#f\n",
    "a: 2..5\nb: 1.2.3\nc: [0.1..0.5]\n",
    "a: |\n  one\n    two \n\n  # three\nb: 1\n",
    "a: |-\n  one\n\n\nb: 1\n",
    "a: >-\n  one\n  two: 2\n\n\n  - three\n\n# c\nb: 1\n",
    "a: >\n  one\n  two\n",
    "a:\n  - >-\n    one\n    two\n  - b: |\n      x\n    c: 1\n",
  ])("reads %j itself", (source) => {
    expect(agree(source)).toBe("same");
  });

  it.each([
    "a: &x 1\nb: *x\n",
    "a: |\n  text",
    "a: |+\n  text\n",
    "a: |2\n   text\n",
    "a: | # c\n  text\n",
    "a: |\n\n  text\n",
    "a: |\nb: 1\n",
    "a: >\n  one\n    two\n",
    "a: >\n  one \n  two\n",
    "a:\n  b: |\n    text\n   # c\n",
    "a: one\n  two\n",
    "a: b: c\n",
    "a:\nb: 1\n",
    "a: 1\na: 2\n",
    "a: { b: 1 } c\n",
    'a: "b\\n"\n',
    "a: { b: 1,\n c: 2\n}\n",
    "- a\n",
    "a: 1e3\n",
    "a: 1.\n",
    "a: .5\n",
    "a: 0x1f\n",
    "a: [b: c]\n",
    "a: { b }\n",
    "\ta: 1\n",
  ])("leaves %j to the full reader", (source) => {
    expect(agree(source)).toBe("left to the full reader");
  });

  it("reads nearly every question, problem and table as the full reader does", () => {
    const files = ["src/steps", "library"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => `${folder}/${name}`),
    );
    const left = files.filter((name) => agree(readFileSync(name, "utf8")) !== "same");
    expect(files.length).toBeGreaterThan(300);
    expect(left.length, left.join(" ")).toBeLessThan(files.length / 10);
  });

  it("agrees on random texts under the signs of texts", () => {
    const piece = fc.constantFrom("a", "b: 1", "- ", "# ", " ", "  ", "    ", "\n", "\n  ", "\n    ", "\n\n", "\nz: 1");
    const sign = fc.constantFrom("|", ">", "|-", ">-", "| ", ">+");
    fc.assert(
      fc.property(sign, fc.array(piece, { maxLength: 14 }), (how, pieces) => {
        agree(`a: ${how}\n  ${pieces.join("")}\n`);
        agree(`a:\n  - b: ${how}\n      x${pieces.join("")}\n`);
      }),
      { numRuns: 500 },
    );
  });

  it("agrees on random texts made of what YAML is made of", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      "key",
      "1",
      "-2.5",
      "0",
      "007",
      "1e3",
      ": ",
      ":",
      ", ",
      ",",
      "{ ",
      " }",
      "{",
      "}",
      "[",
      "]",
      "- ",
      "-",
      "#",
      " #",
      " ",
      "\n",
      "\n  ",
      "\n    ",
      "\n- ",
      "'",
      '"',
      "~",
      "null",
      "true",
      "%",
      "@",
      "é",
      "*",
      "&x ",
      "!",
      "|",
      ">",
      "?",
      "a: ",
      "b: ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        agree(pieces.join(""));
        agree(`a: ${pieces.join("")}\n`);
        agree(`a: { b: ${pieces.join("")} }\n`);
        agree(`a:\n  - b: ${pieces.join("")}\n`);
      }),
      { numRuns: 4000 },
    );
  });
});
