import { expect, it } from "vitest";
import { type Block, heading, paragraph, tableOf, text } from "./document.ts";
import { A4, DENSITIES, type PageFormat, POCKET } from "./typst-style.ts";
import { writeTypst } from "./write-typst.ts";

function sourceOf(...blocks: readonly Block[]): string {
  return sourceOn(A4, blocks);
}

function sourceOn(format: PageFormat, blocks: readonly Block[]): string {
  const chapter = { id: "c", title: "Position bias", blocks };
  const book = { title: "T", subtitle: "S", parts: [{ id: "p", title: "Patterns", chapters: [chapter] }], sheets: [] };
  const { pieces } = writeTypst(book, { format, terms: [], picture: (path) => path });
  return pieces.map((piece) => piece.source(0)).join("\n");
}

const STAYS = "#block(sticky: true)[";
const stays = (source: string, words: string): boolean =>
  source.split("\n").some((line) => line.includes(STAYS) && line.includes(words));

it("keeps a line about a heading with what comes next, be it another heading: it stood alone at the foot of a page", () => {
  const source = sourceOf(
    paragraph("Steps 2, 4"),
    heading(1, "Problem"),
    paragraph("Lists are clicked from above."),
    paragraph("So are ours."),
  );
  expect(stays(source, "Steps 2, 4")).toBe(true);
  expect(stays(source, "Lists are clicked")).toBe(true);
  expect(stays(source, "So are ours")).toBe(false);
});

it("lets a line between headings of one height be the last of a page: else a page of such lines would hang together", () => {
  const source = sourceOf(
    heading(1, "When"),
    paragraph("Tables of counts."),
    heading(1, "How"),
    paragraph("By trees."),
  );
  expect(source).not.toContain(STAYS);
  expect(stays(sourceOf(heading(1, "Deploy"), paragraph("How is it served?"), heading(2, "Health")), "How is it")).toBe(
    true,
  );
});

it("keeps a bold line, or one that ends with a colon, with what it announces", () => {
  const bold = (words: string): Block => ({ kind: "paragraph", of: [{ kind: "strong", of: [text(words)] }] });
  const source = sourceOf(
    paragraph("word ".repeat(60)),
    bold("How it is trained"),
    paragraph("By pairs."),
    paragraph("It takes three things:"),
    { kind: "list", start: null, items: [[bold("In the list"), paragraph("below it")]] },
    bold("Over another"),
    bold("Under it"),
    paragraph("The end."),
    bold("Nothing follows"),
  );
  for (const words of ["How it is trained", "It takes three", "Under it"])
    expect(stays(source, words), words).toBe(true);
  expect(source).toContain(`${STAYS}#par[#strong[#"In the list";];]]`);
  for (const words of ["By pairs", "Over another", "Nothing follows"]) expect(stays(source, words), words).toBe(false);
});

it("lets a long paragraph, and a last one, break as any other", () => {
  const source = sourceOf(paragraph("word ".repeat(60)), heading(1, "Problem"), paragraph("The end."));
  expect(source).not.toContain(STAYS);
});

it("runs a paragraph as its first letter does: a full stop in Hebrew stood at its beginning", () => {
  expect(sourceOf(paragraph("1. שלום abc."))).toContain("#set text(dir: rtl)");
  expect(sourceOf(paragraph("مرحبا"))).toContain("#set text(dir: rtl)");
  expect(sourceOf(paragraph("In Hebrew: שלום."))).not.toContain("dir: rtl");
  expect(sourceOf({ kind: "list", start: null, items: [[paragraph("שלום")]] })).toContain("#set text(dir: rtl)");
});

it("begins a footnote of one paragraph beside its number", () => {
  const note = (...of: readonly Block[]): Block => ({ kind: "paragraph", of: [{ kind: "note", name: "n", of }] });
  expect(sourceOf(note(paragraph("Foot.")))).toContain('#footnote[#"Foot.";]');
  expect(sourceOf(note(paragraph("Foot."), paragraph("More.")))).not.toContain('#footnote[#"Foot.";]');
});

it("names every cell of a row that is set as a record, the first one too", () => {
  const words = Array.from({ length: 13 }, (_, i) => `Longword${i}`);
  const cell = (word: string) => [{ kind: "text", text: word } as const];
  const table = (header: readonly string[]): Block => ({
    kind: "table",
    header: header.map(cell),
    rows: [words.map((_, i) => cell(`value${i}`))],
    right: [],
    isNamed: false,
  });
  const source = sourceOn(POCKET, [table(words)]);
  for (const [i, word] of words.entries()) {
    expect(source).toContain(word);
    expect(source.indexOf(word)).toBeLessThan(source.indexOf(`value${i}`));
  }
  expect(sourceOn(POCKET, [table(["", ...words.slice(1)])]).split("#strong[")[0]).not.toContain(":]");
});

it("runs short values of a record on in a line, and begins a line for a long one", () => {
  const named = (i: number): string => `Longword${i}`;
  const values = [
    ["thing"],
    ["events"],
    ["time"],
    ["word ".repeat(20)],
    ["yes"],
    ...Array.from({ length: 8 }, () => ["no"]),
  ];
  const source = sourceOn(POCKET, [
    tableOf(
      values.map((_, i) => [text(named(i))]),
      [values.map(([value]) => [text(value)])],
    ),
  ]);
  const lines = source.split("\n").map((line) => line.match(/Longword\d+/gu) ?? []);
  expect(lines.filter((line) => line.length > 0)).toEqual([
    [named(0)],
    [named(1), named(2)],
    [named(3)],
    Array.from({ length: 9 }, (_, i) => named(i + 4)),
  ]);
});

it("lets what follows a tall drawing go before it, and leaves a flat one where it stands", () => {
  const drawn = (height: number): string =>
    sourceOf({ kind: "figure", svg: `<svg viewBox="0 0 340 ${height}"></svg>`, caption: "C", says: "S" });
  expect(drawn(400)).toContain("#place(auto, float: true, clearance: 1em, align(left, drawing(");
  expect(drawn(100)).toContain("#drawing(");
  expect(drawn(100)).not.toContain("float: true");
});

it("says where a piece ends, and is set closer or looser where it is asked to be", () => {
  const { pieces, leastEnd } = writeTypst(
    { title: "T", subtitle: "S", parts: [{ id: "p", title: "P", chapters: [] }], sheets: [] },
    { format: A4, terms: [], picture: (path) => path },
  );
  const [piece] = pieces;
  expect(piece.source(0)).toContain('"!end", here().page()');
  expect(new Set(DENSITIES.map((density) => piece.source(0, density))).size).toBe(DENSITIES.length);
  expect(piece.source(0)).toBe(piece.source(0, "usual"));
  // A third of 247 mm below a margin of 26 mm.
  expect(leastEnd).toBeCloseTo(307.1, 1);
});

it("keeps what a derivation rests on with its result, and how a drawing is read in the drawing", () => {
  const small = (words: string): Block => ({ kind: "paragraph", of: [{ kind: "small", of: [text(words)] }] });
  const source = sourceOf(
    { kind: "formula", lines: ["a"] },
    { kind: "formula", lines: ["b"] },
    small("Assumed."),
    small("Estimated."),
    { kind: "figure", svg: '<svg viewBox="0 0 340 400"></svg>', caption: "C", says: "S" },
    small("Each round trains."),
    small("Alone."),
  );
  expect(source.match(/#block\(sticky: true, above: 0\.5em/gu)).toHaveLength(2);
  expect(source).toMatch(/sticky: true, above: 0\.5em, below: 0\.5em\)\[#derivation\([^\n]*"b"/u);
  expect(source).toMatch(/#place\([^\n]*, note: \[[^\n]*Each round trains/u);
  expect(source.match(/Each round trains/gu)).toHaveLength(1);
  expect(source).not.toMatch(/note: [^\n]*Alone/u);
});

it("never parts a short list or a few lines of code, and lets long ones run over pages", () => {
  const list = (items: number): Block => ({
    kind: "list",
    start: null,
    items: Array.from({ length: items }, (_, i) => [paragraph(`item ${i}`)]),
  });
  expect(sourceOf(list(8))).toContain("#block(breakable: false)[#list(");
  expect(sourceOf(list(9))).not.toContain("#block(breakable: false)[#list(");
  const code = (lines: number): Block => ({ kind: "code", language: "yaml", text: "a: 1\n".repeat(lines) });
  expect(sourceOf(code(8))).toContain("#block(breakable: false, raw(");
  expect(sourceOf(code(9))).not.toContain("#block(breakable: false, raw(");
});

it("parts the rows of a table only where they are long", () => {
  const table = (words: string): Block =>
    tableOf(
      [[text("rule")], [text("why")]],
      Array.from({ length: 9 }, () => [[text("one")], [text(words)]]),
    );
  expect(sourceOf(table("short"))).toMatch(/#rows-table\(\(/u);
  expect(sourceOf(table("long ".repeat(200)))).toContain("#rows-table(parted: true, ");
});

it("keeps a derivation whole on a phone unless it is longer than its page", () => {
  const lines = (count: number): string =>
    sourceOn(POCKET, [
      { kind: "formula", lines: Array.from({ length: count }, () => "\\text{peak} = \\text{average}") },
    ]);
  expect(lines(3)).not.toContain("parts: true, formula");
  expect(lines(12)).toContain("derivation(parts: true");
});
