import { describe, expect, it } from "vitest";
import { designChapter } from "./design-chapter.ts";
import { allBlocks } from "./document.ts";
import { readAnchors } from "./note-anchors.ts";
import { readNote } from "./read-note.ts";
import { writeHtml } from "./write-html.ts";
import { writeMarkdown } from "./write-markdown.ts";

const NOTE = `---
heptad: 1
title: Foot
system: foot
---
# Foot

See [data](#3-data), [sub](#sub-heading), [second](#twice-1), [mark](#my-id), [Ü](#%C3%BCber-uns) and [nowhere](#not-there).

## 1. Clarify

A fact[^a], again[^a], other[^b], across[^z]. [Text][site].

### Sub heading

<a id="my-id"></a> words

### Twice

### Twice

### Über uns

[^a]: The note a.
[^b]: The note b.

## 3. Data

Words[^z].

[^z]: From the next section.
[site]: https://example.org
`;
const SECTIONS = [
  { line: 10, id: "step-1-of-foot" },
  { line: 27, id: "step-3-of-foot" },
];

describe("links of a note to its own places", () => {
  const { find, idAt } = readAnchors(NOTE, "foot", SECTIONS);

  it.each([
    ["#3-data", "step-3-of-foot"],
    ["#sub-heading", "foot-line-14"],
    ["#twice", "step-1-of-foot"],
    ["#twice-1", "foot-line-20"],
    ["#my-id", "step-1-of-foot"],
    ["#%C3%BCber-uns", "foot-line-22"],
    ["#foot", "foot"],
    ["#not-there", undefined],
    ["#status-draft", undefined],
  ])("%s leads to %s", (fragment, id) => {
    expect(find(fragment)).toBe(id);
  });

  it("give an id to the headings that they lead to, and to no other", () => {
    expect(idAt(14)).toBe("foot-line-14");
    expect(idAt(18)).toBeUndefined();
    expect(idAt(10)).toBeUndefined();
  });
});

describe("footnotes of a note", () => {
  const note = readNote({ file: "foot.md", text: NOTE, id: "foot", run: undefined });
  if (note === undefined) throw new Error("no note");
  const { chapter } = designChapter(note, { link: (address) => address }, false);

  it("are one where they are cited twice, and are found where they stand in another section", () => {
    const html = writeHtml(chapter.blocks, { address: () => undefined, picture: () => "" });
    expect(html.match(/<li id="note-/gu)).toHaveLength(3);
    expect(html).toContain('A fact<sup><a href="#note-1">1</a></sup>, again<sup><a href="#note-1">1</a></sup>');
    expect(html).toContain('Words<sup><a href="#note-3">3</a></sup>');
    expect(html).not.toContain("[^z]");
    expect(html).not.toContain("[z]");
    const markdown = writeMarkdown(
      { title: "t", subtitle: "", parts: [{ id: "p", title: "p", chapters: [chapter] }], sheets: [] },
      { picture: () => "" },
    );
    expect(markdown.match(/^\[\^\d\]: /gmu)).toHaveLength(3);
    expect(markdown).toContain("A fact[^1], again[^1], other[^2], across[^3].");
  });

  it("bring no block into a section that does not cite them", () => {
    const words = [...allBlocks(chapter.blocks)].map((block) => JSON.stringify(block)).join("");
    expect(words.match(/The note b/gu)?.length).toBeGreaterThan(0);
    expect(words).not.toContain("[b]");
  });
});
