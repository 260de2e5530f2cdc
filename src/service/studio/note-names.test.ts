/** Names of notes: what the list shows can be opened, whatever it is called. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { markdownBelow } from "./markdown-below.ts";
import { createNote, readNote, saveNote } from "./note-store.ts";
import { mayBeNote, notePath } from "./studio-project.ts";

const PART = fc
  .array(fc.constantFrom(..."#%?&+=;:*\"<>|\\' .aé推\u{1f600}", "con", "%2F", "runs", "Runs", "node_modules"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((signs) => signs.join(""));

describe.skipIf(process.platform === "win32")("where names may hold nearly every sign (skipped on Windows)", () => {
  test("every note that is listed is opened under its name and saved there, and what cannot be opened is not listed", () => {
    fc.assert(
      fc.property(fc.array(PART, { minLength: 1, maxLength: 3 }), (parts) => {
        const project = { root: temporaryFolder(), now: () => new Date() };
        const path = `${parts.join("/")}.md`;
        try {
          mkdirSync(dirname(join(project.root, path)), { recursive: true });
          writeFileSync(join(project.root, path), "# Written\n");
        } catch {
          // A name of dots alone is a folder that is there already.
          return;
        }
        const listed = markdownBelow(project.root);
        if (!listed.includes(path)) return;
        const { text, version } = readNote(project, path);
        expect(text).toBe("# Written\n");
        expect(saveNote(project, path, "# Again\n", version).saved).toBe(true);
        expect(readNote(project, path).text).toBe("# Again\n");
      }),
      { numRuns: 200 },
    );
  });

  test.each(["a#b", "100%", "who?", "two words", "a:b", "star*", 'quote"q', "back\\slash", "müde", "推荐", "con"])(
    "a note called %s is listed and opened",
    (name) => {
      const project = { root: temporaryFolder(), now: () => new Date() };
      mkdirSync(join(project.root, "designs"));
      writeFileSync(join(project.root, "designs", `${name}.md`), "# A note\n");
      expect(markdownBelow(project.root)).toEqual([`designs/${name}.md`]);
      expect(readNote(project, `designs/${name}.md`).text).toBe("# A note\n");
    },
  );

  test.each(["who?.md", "con.md", "a:b.md", "back\\slash.md"])(
    "%s is not made: another system would read it otherwise",
    (path) => {
      const project = { root: temporaryFolder(), now: () => new Date() };
      expect(() => createNote(project, path, "")).toThrow("no path of a note");
      expect(() => saveNote(project, path, "", "")).toThrow("no path of a note");
    },
  );

  test("a folder that is called as one of ours is neither listed nor opened, however it is written", () => {
    const root = temporaryFolder();
    for (const folder of ["runs", "Runs", "Node_Modules"]) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, "a.md"), "# A\n");
      expect(() => notePath(root, `${folder}/a.md`)).toThrow("no path of a note");
    }
    expect(markdownBelow(root)).toEqual([]);
  });
});

test("on Windows a name that means something else is no note, whether or not a file would be found under it", () => {
  for (const path of [
    "designs/con.md",
    "designs/NUL.md",
    "designs\\a.md",
    "C:\\a.md",
    "a:b.md",
    "who?.md",
    "a .md/b.md",
  ])
    expect(mayBeNote(path, "win32")).toBe(path === "a .md/b.md");
  expect(mayBeNote("designs/100%#.md", "win32")).toBe(true);
});
