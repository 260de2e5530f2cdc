import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { isNoteOf, notesWhereNoneNamed, placeForNote } from "./notebook-notes.ts";

const root = temporaryFolder();
mkdirSync(join(root, "notes [old]"), { recursive: true });
mkdirSync(join(root, "docs/ads"), { recursive: true });
writeFileSync(join(root, "docs/one.md"), "");
const settings = (...notes: string[]) => ({ root, notes, ignore: ["**/draft/**"] });

describe("the notes of a notebook", () => {
  it("are those of its settings from every folder of it, and designs where they say nothing", () => {
    expect(notesWhereNoneNamed(settings("docs", "**/*.design.md"), root)).toEqual(["docs", "**/*.design.md"]);
    expect(notesWhereNoneNamed(settings("docs"), join(root, "docs/ads"))).toEqual(["../../docs"]);
    expect(notesWhereNoneNamed(settings(), root)).toEqual(["*.md"]);
    mkdirSync(join(root, "designs"));
    expect(notesWhereNoneNamed(settings(), root)).toEqual(["designs"]);
  });

  it("are those beside designs too, where they say of themselves that they are designs and nobody ignores them", () => {
    const note = "---\nheptad: 1\ntitle: Cards\nsystem: fraud-detection\n---\n";
    for (const [name, text] of [
      ["cards [1].md", note],
      ["README.md", "# About\n\n## Data\n"],
      ["old.md", note],
      ["cards.txt", note],
    ])
      writeFileSync(join(root, name), text);
    writeFileSync(join(root, "picture.md"), Uint8Array.of(0xff, 0xd8));
    expect(notesWhereNoneNamed({ root, notes: [], ignore: ["old.md"] }, root)).toEqual(["designs", "cards [1].md"]);
  });

  it.each([
    [["docs"], "docs/a/b.md", true],
    [["docs"], "docs/a/b.txt", false],
    [["docs"], "docs2/a.md", false],
    [["docs/one.md"], "docs/one.md", true],
    [["docs/one.md"], "docs/two.md", false],
    [["notes [old]"], "notes [old]/a.md", true],
    [["docs/**/*.design.md"], "docs/x/a.design.md", true],
    [["docs/**/*.design.md"], "docs/x/a.md", false],
    [["docs"], "docs/draft/a.md", false],
    [["."], "node_modules/a/README.md", false],
    [["."], "a.md", true],
    [[], "designs/a.md", true],
    [[], "notes/a.design.md", true],
    [[], "notes/a.md", false],
  ] as const)("%j hold %s: %s", (notes, path, is) => {
    expect(isNoteOf(settings(...notes))(path)).toBe(is);
  });

  it("give a new note a place where it is one of them", () => {
    expect(placeForNote(settings(), "feed", root)).toBe("designs/feed.md");
    expect(placeForNote(settings("docs"), "feed", root)).toBe("docs/feed.md");
    expect(placeForNote(settings("docs"), "feed", join(root, "docs/ads"))).toBe("../feed.md");
    expect(placeForNote(settings("docs/**/*.design.md"), "feed", root)).toBe("docs/feed.design.md");
    expect(placeForNote(settings("*.md"), "feed", root)).toBe("feed.md");
    expect(placeForNote(settings("docs/*/design.md"), "feed", root)).toBe("docs/feed/design.md");
    expect(placeForNote(settings("docs/one.md"), "feed", root)).toBe("designs/feed.md");
  });
});
