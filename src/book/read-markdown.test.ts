import { describe, expect, it } from "vitest";
import { allBlocks, inlinesOf, plainText } from "./document.ts";
import { readMarkdown } from "./read-markdown.ts";

const PLACE = { file: "note.md", line: 10, depth: 1 };
const words = (source: string) =>
  [...allBlocks(readMarkdown(source, PLACE).blocks)]
    .flatMap((block) => plainText(inlinesOf(block).filter((one) => !("of" in one))))
    .join("\n");

describe("Markdown as blocks of a book", () => {
  it("reads tables, lists, code, quotes, footnotes and mathematics", () => {
    const { blocks, problems } = readMarkdown(
      "# A\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- x\n- [ ] y\n\n> q[^1]\n\n$$x^2$$\n\n```yaml\nk: v\n```\n\n[^1]: foot",
      PLACE,
    );
    expect(problems).toEqual([]);
    expect(blocks.map(({ kind }) => kind)).toEqual(["heading", "table", "list", "quote", "formula", "code"]);
    expect(blocks[1]).toMatchObject({ right: [false, true] });
    expect(words("> q[^1]\n\n[^1]: foot")).toContain("foot");
  });

  it("shows a link by its words, or by its address where it has none", () => {
    const link = (source: string) => [...allBlocks(readMarkdown(source, PLACE).blocks)].flatMap(inlinesOf)[0];
    expect(link("[words](https://a.b)")).toEqual({
      kind: "link",
      to: "https://a.b",
      of: [{ kind: "text", text: "words" }],
    });
    expect(link("[](https://a.b)")).toEqual({
      kind: "link",
      to: "https://a.b",
      of: [{ kind: "text", text: "https://a.b" }],
    });
  });

  it("reports a drawing that is written as text at its place, and says on the page that this is its source", () => {
    const source = "one\n\n  ```Mermaid\n  flowchart LR\n  ```\n\n```python\nx = 1\n```";
    const { blocks, problems } = readMarkdown(source, PLACE);
    expect(blocks.map(({ kind }) => kind)).toEqual(["paragraph", "paragraph", "code", "code"]);
    expect(plainText(inlinesOf(blocks[1]))).toContain("A drawing in Mermaid, printed as its source");
    expect(blocks[2]).toMatchObject({ text: "flowchart LR" });
    expect(problems).toMatchObject([{ where: "note.md:12:3" }]);
    expect(problems[0].message).toContain("the drawing in Mermaid is printed as its source");
    const drawn = readMarkdown(source, { ...PLACE, draws: (language) => language === "Mermaid" });
    expect(drawn.problems).toEqual([]);
    expect(drawn.blocks).toHaveLength(3);
    expect(readMarkdown("```dot\na -> b\n```", { ...PLACE, draws: () => false }).problems).toHaveLength(1);
  });

  it("reports a missing picture at its line and column and says so on the page", () => {
    const { blocks, problems } = readMarkdown("one\n\ntwo ![a chart](gone.png)", {
      ...PLACE,
      picture: () => ({ wrong: "there is no gone.png" }),
    });
    expect(problems).toMatchObject([
      { where: "note.md:12:5", message: "the picture `gone.png` is not printed: there is no gone.png" },
    ]);
    expect(JSON.stringify(blocks)).toContain("Picture left out: a chart");
  });

  it("prints a formula that cannot be set as it stands, and reports it", () => {
    const { blocks, problems } = readMarkdown("$$\n\\frac{\n$$", PLACE);
    expect(blocks).toMatchObject([{ kind: "code", text: "\\frac{" }]);
    expect(problems[0].where).toBe("note.md:10:1");
  });

  it("keeps the words of raw HTML and nothing that would run", () => {
    expect(words('<div onclick="x()">kept <b>words</b><script>alert(1)</script></div>')).toBe("kept words");
  });

  it("stops at depths that no page holds, and says so", () => {
    const { problems } = readMarkdown(`${"> ".repeat(60)}deep`, PLACE);
    expect(problems[0].message).toContain("too deeply");
  });

  it("ends where a footnote cites itself", () => {
    expect(words("a[^1]\n\n[^1]: b[^1]")).toContain("b");
  });

  it.each([
    "We pay $5 and $6 per item. The budget is between $100k and $200k a month",
    "A fraud costs $40 on average; a review costs $2. US$3 and C$4",
    "it is 5$ here and 6$ there",
    "$ x$ and $x $",
    "$5\nto $x",
  ])("keeps the dollars of %j", (source) => {
    expect(words(source)).toBe(source.replace("\n", " "));
  });

  it("keeps the dollars of a cell, and reads what stands between as any other words", () => {
    expect(words("| a |\n|---|\n| $5 to $10 |")).toContain("$5 to $10");
    const { blocks } = readMarkdown("$5 and **$6**", PLACE);
    expect(blocks[0]).toMatchObject({
      of: [
        { kind: "text", text: "$5 and " },
        { kind: "strong", of: [{ kind: "text", text: "$6" }] },
      ],
    });
  });

  it.each([
    ["costs $5, and $x + 1$, not $6", ["x + 1"]],
    ["($a$) $b$-th $$c$$3", ["a", "b", "c"]],
    ["a $x\ny$ b", ["x\ny"]],
  ])("sets the formulas of %j", (source, formulas) => {
    const math = readMarkdown(source, PLACE)
      .blocks.flatMap(inlinesOf)
      .filter((one) => one.kind === "math");
    expect(math.map(({ tex }) => tex)).toEqual(formulas);
  });

  it("prints a footnote that nothing cites where it stands", () => {
    expect(words("a[^1]\n\n[^1]: cited[^3]\n\n[^2]: kept[^2]\n\n[^3]: by a note")).toBe(
      ["a", "cited", "by a note", "[2] kept", "kept"].join("\n"),
    );
  });

  it("keeps words in angle brackets that are no tag of HTML", () => {
    expect(words("x <y> z <b>and</b> <span>w</span>")).toBe("x <y> z and w");
    expect(words("<div>\n<user> and </div>")).toBe("<user> and");
  });

  it("keeps raised and lowered signs: 10<sup>9</sup> is no 109", () => {
    const line = (source: string) => [...allBlocks(readMarkdown(source, PLACE).blocks)].flatMap(inlinesOf);
    const raised = (of: string, kind = "raised") => ({ kind, of: [{ kind: "text", text: of }] });
    const text = (words: string) => ({ kind: "text", text: words });
    expect(line("10<sup>9</sup> and CO<sub>2</sub>!")).toEqual(
      expect.arrayContaining([text("10"), raised("9"), text(" and CO"), raised("2", "lowered"), text("!")]),
    );
    expect(line("<b>x</b><i>y</i>")).toEqual(expect.arrayContaining([raised("x", "strong"), raised("y", "emphasis")]));
    expect(plainText(line("10<sup>9"))).toBe("109");
    const shown = (source: string) =>
      readMarkdown(source, PLACE).blocks.map((block) => (block.kind === "paragraph" ? plainText(block.of) : ""));
    expect(shown("10<sup>9</sup> m")).toEqual(["10^9 m"]);
    expect(shown("<p>10<sup>9</sup> m<sub>1</sub></p>")).toEqual(["10^9 m_1"]);
  });

  it("reports a footnote that is cited and written nowhere, at its place", () => {
    expect(readMarkdown("One[^1] and two[^2].\n\n[^1]: foot", PLACE).problems).toMatchObject([
      { where: expect.stringMatching(/^note\.md:10:/u), message: expect.stringContaining("`2`") },
    ]);
  });
});
