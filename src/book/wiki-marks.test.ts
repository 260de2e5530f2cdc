import { describe, expect, it } from "vitest";
import { type Block, plainText } from "./document.ts";
import { readAnchors } from "./note-anchors.ts";
import { readMarkdown } from "./read-markdown.ts";
import { wikiTarget } from "./wiki-marks.ts";

const place = {
  ...{ file: "a.md", line: 1, depth: 1 },
  link: (address: string) =>
    wikiTarget(address)?.name === "Nowhere" ? undefined : `#${wikiTarget(address)?.name ?? address}`,
  picture: (address: string) => {
    const name = wikiTarget(address)?.name ?? address;
    return name === "gone.png" ? { wrong: "no file has this name" } : { path: `/there/${name}` };
  },
};

function wordsOf(block: Block): string {
  if (block.kind === "quote") return block.of.map(wordsOf).join(" / ");
  return "of" in block ? plainText(block.of) : block.kind;
}

const read = (source: string) => readMarkdown(source, place);
const words = (source: string): string => read(source).blocks.map(wordsOf).join(" | ");

describe("marks of Obsidian", () => {
  it("links to notes, headings and blocks by their words, and leaves what leads nowhere as words", () => {
    const [block] = read("See [[Plan]], [[Plan#Data|the data]], [[#^own]] and [[Nowhere]].").blocks;
    expect(wordsOf(block)).toBe("See Plan, the data, above and Nowhere.");
    expect(JSON.stringify(block)).toContain('"to":"#Plan"');
    expect(JSON.stringify(block)).not.toContain("Nowhere]");
    expect(words("[[Plan#Data#Logs]]")).toBe("Plan › Data › Logs");
    expect(words("| a |\n|---|\n| x |")).toBe("table");
    expect(JSON.stringify(read("| a |\n|---|\n| [[Plan\\|ours]] |").blocks)).toContain('"to":"#Plan"');
  });

  it("shows embedded pictures, says which are missing, and gives the place of an embedded note", () => {
    const { blocks, problems } = read("![[flow.png|300]]\n\n![[gone.png]]\n\n![[Plan#Data]]\n\n![[Nowhere]]");
    expect(blocks[0]).toEqual({ kind: "picture", path: "/there/flow.png", says: "flow.png" });
    expect(wordsOf(blocks[1])).toBe("Picture left out: gone.png");
    expect(wordsOf(blocks[2])).toBe("Plan › Data");
    expect(problems.map(({ where, message }) => `${where} ${message.split(":")[0]}`)).toEqual([
      "a.md:3:1 the picture `[[gone.png]]` is not printed",
      "a.md:7:1 `![[Nowhere]]` is not printed",
    ]);
  });

  it("names a box by its kind and title", () => {
    expect(words("> [!note] Read first\n> It counts.\n>\n> More.")).toBe("Note: Read first / It counts. / More.");
    expect(words("> [!WARNING]-\n> Folded.")).toBe("Warning / Folded.");
    expect(words("> [!tip] With **weight**")).toBe("Tip: With weight");
    expect(words("> plain")).toBe("plain");
  });

  it("prints no comment and no id of a block, and lights up nothing else", () => {
    expect(words("Seen. %%not seen%% Seen again. ^id-1")).toBe("Seen.  Seen again.");
    expect(words("Before.\n\n%%\nhidden\n\n# Hidden too\n%%\n\nAfter.")).toBe("Before. | After.");
    expect(words("==lit== and a == b, c==d and e==f")).toBe("lit and a == b, c==d and e==f");
  });

  it("leaves what only looks so as it is written", () => {
    for (const same of ["[[1, 2], [3, 4]]", "It grows 5%% and 10%% a day.", "2 ^10", "%% open", "[!note] in no box"])
      expect(words(same)).toBe(same);
    expect(read("`[[a]]`").blocks[0]).toMatchObject({ of: [{ kind: "code", text: "[[a]]" }] });
    expect(read("```\n%%\n[[a]]\n%%\n```").blocks[0]).toMatchObject({ text: "%%\n[[a]]\n%%" });
  });
});

it("finds headings by their words, and blocks by their ids", () => {
  const text = "# A\n\n## 1. One\n\n### What we log\n\nClicks. ^clicks\n\n## 2. Two\n\nSee [[#What we log]].\n";
  const anchors = readAnchors(text, "a", [
    { line: 3, id: "one" },
    { line: 9, id: "two" },
  ]);
  expect(anchors.findWords("What we log")).toBe("a-line-5");
  expect(anchors.findWords("^clicks")).toBe("one");
  expect(anchors.findWords("^none")).toBeUndefined();
  expect(anchors.findWords("Nothing")).toBeUndefined();
});
