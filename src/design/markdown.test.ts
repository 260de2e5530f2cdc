import fc from "fast-check";
import type { Code, Heading, RootContent } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../../test/property-runs.ts";
import { readOutline } from "./markdown.ts";

const cut = (text: string, { start, end }: { start: number; end: number }): string => text.slice(start, end);

describe("the outline", () => {
  it("finds headings with their level and words", () => {
    const { headings } = readOutline("# One #\n\n##Two\n### Three ##a ##  \n    # code\n#\n");
    expect(headings.map(({ depth, text }) => [depth, text])).toEqual([
      [1, "One"],
      [3, "Three ##a"],
      [1, ""],
    ]);
  });

  it("gives the body of a fenced block to the character", () => {
    const text = "a\r\n```YAML x\r\nb: 1\r\n```\r\nc";
    const { blocks } = readOutline(text);
    expect(blocks).toHaveLength(1);
    expect(cut(text, blocks[0].body)).toBe("b: 1\r\n");
    expect(cut(text, blocks[0])).toBe("```YAML x\r\nb: 1\r\n```");
    expect(blocks[0]).toMatchObject({ language: "yaml", closed: true, nested: false });
  });

  it("sees no heading in code, comments or HTML", () => {
    const text =
      "```\n# a\n```\n<!--\n# b\n-->\n~~~~\n~~~\n# c\n~~~~\n<details>\n# d\n\n# seen\n<pre>\n\n# e\n</pre>\n";
    expect(readOutline(text).headings.map((heading) => heading.text)).toEqual(["seen"]);
  });

  it("marks what stands in a list item, and knows where the list ends", () => {
    const text = "- a\n  ```yaml\n  x: 1\n  ```\n\n  # in\n\n```yaml\ny: 1\n```\n1. ```yaml\n   z: 1\n# out\n";
    const { blocks, headings } = readOutline(text);
    expect(blocks.map(({ nested, closed }) => [nested, closed])).toEqual([
      [true, true],
      [false, true],
      [true, false],
    ]);
    expect(headings.map((heading) => heading.text)).toEqual(["out"]);
  });

  it("reads front matter behind a byte-order mark", () => {
    const text = "\uFEFF---\ntitle: x\n---\n# a";
    const { front, headings } = readOutline(text);
    expect(front && cut(text, front.body)).toBe("title: x\n");
    expect(headings).toEqual([{ start: 18, end: 21, depth: 1, text: "a" }]);
    expect(readOutline("---\ntitle: x\n# a").front?.closed).toBe(false);
  });

  it("agrees with remark on documents made of ordinary blocks", () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), (blocks, newline) => {
        const text = blocks.join("\n").replaceAll("\n", newline);
        const { headings, blocks: fenced } = readOutline(text);
        const tree = unified().use(remarkParse).use(remarkFrontmatter, ["yaml"]).parse(text);
        const isAt = (node: RootContent): [number, number] => [
          node.position?.start.offset ?? -1,
          node.position?.end.offset ?? -1,
        ];
        const expected = tree.children.filter((node): node is Heading => node.type === "heading");
        expect(headings.map(({ start, depth }) => [start, depth])).toEqual(
          expected.map((node) => [isAt(node)[0], node.depth]),
        );
        const code = tree.children.filter(
          (node): node is Code => node.type === "code" && /^ {0,3}[`~]{3}/u.test(lineOf(text, isAt(node)[0])),
        );
        expect(fenced.filter((one) => !one.nested).map(({ start, end, language }) => [start, end, language])).toEqual(
          code.map((node) => [...isAt(node), node.lang ?? ""]),
        );
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it("reads hostile texts of a megabyte in linear time", () => {
    for (const pattern of [
      ">",
      "[",
      "*",
      "- ",
      "1. ",
      "> a\nb\n",
      "- a\n",
      "a\n---\n",
      "```\n",
      "<!--\n",
      "<div>\n",
      "# \n",
      "\t",
      "\r",
      " - ```\n",
    ]) {
      const text = pattern.repeat(1_000_000 / pattern.length);
      expect(readOutline(text).headings.length).toBeLessThanOrEqual(text.length);
    }
  });
});

function lineOf(text: string, at: number): string {
  return text.slice(Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1, at + 3);
}

const words = fc.constantFrom("text", "a *b* [c](d)", "2 ways", "key: value", "| a | b |", "`code`", "a # b", "");
const block = fc
  .oneof(
    words,
    fc.tuple(fc.constantFrom("#", "##", "###", " ##", "####### "), words).map(([signs, text]) => `${signs} ${text}`),
    fc
      .tuple(
        fc.constantFrom("```", "~~~", "````", "  ```"),
        fc.constantFrom("yaml", "", "text x"),
        fc.array(words, { maxLength: 3 }),
      )
      .map(([fence, info, body]) => [`${fence}${info}`, ...body, fence].join("\n")),
    fc
      .array(words, { minLength: 1, maxLength: 3 })
      .map((items) => items.map((item) => `- ${item === "" ? "x" : item}`).join("\n")),
    fc.constantFrom(
      "- a\n\n  ```yaml\n  b: 1\n  ```",
      "1. a\n   - b\n\n     ```yaml\n     c\n     ```",
      "> quote\n> ## no\n> ```yaml\n> x\n> ```",
    ),
    fc.constantFrom(
      "<!-- note -->",
      "<!--\n# no\n\n-->",
      "<details>\n<summary>s</summary>\n\n</details>",
      "<div>\n# no",
      "    # code",
      "\n---\n",
      "***",
      "\ttab",
    ),
  )
  .map((text) => `${text}\n`);
