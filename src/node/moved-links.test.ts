import { expect, it } from "vitest";
import { movedLinks } from "./moved-links.ts";

const moved = (text: string, back = "../notes") => movedLinks(text, back);

it.each([
  ["![a](img/a.png)", "![a](../notes/img/a.png)"],
  ['[b](./other.md#x "T (1)")', '[b](../notes/other.md#x "T (1)")'],
  ["[up](../up.md?q=1)", "[up](../up.md?q=1)"],
  ["[c](<a b.md>)", "[c](<../notes/a b.md>)"],
  ["[d](a_(1).md)", "[d](../notes/a_(1).md)"],
  ["[![in](i.png)](o.md)", "[![in](../notes/i.png)](../notes/o.md)"],
  ["[r][x]\n\n[x]: r.md 'T'", "[r][x]\n\n[x]: ../notes/r.md 'T'"],
  ['<img alt="q" src="i.png">', '<img alt="q" src="../notes/i.png">'],
  ["<a href='o.md'>o</a>", "<a href='../notes/o.md'>o</a>"],
  ["| a |\n|---|\n| ![t](t.png) |", "| a |\n|---|\n| ![t](../notes/t.png) |"],
])("leads %j to the same file", (text, wanted) => {
  expect(moved(text).text).toBe(wanted);
  expect(moved(text).moved).toBe(wanted.split("../notes").length - 1 + (text.startsWith("[up]") ? 1 : 0));
});

it("leaves the web, roots, places of the note, code and front matter as they are", () => {
  const text =
    "---\ntitle: '[t](t.md)'\n---\n[w](https://x.y/z) [m](mailto:a@b) [r](/root) [p](//x/y) [f](#data) ![d](data:image/png;base64,AA) `[c](c.md)` [^1] [C:](C:\\x)\n\n```md\n[c](c.md)\n```\n\n[^1]: words\n\n[z]()\n";
  expect(moved(text)).toEqual({ text, moved: 0 });
});

it("writes the way to a folder with spaces and brackets as an address", () => {
  expect(moved("[a](b.md)", "../my (old) notes").text).toBe("[a](../my%20%28old%29%20notes/b.md)");
});

it("bears quotes nested without end", () => {
  const text = `${"> ".repeat(20_000)}[a](b.md)`;
  expect(moved(text)).toEqual({ text, moved: 0 });
});
