/** Folders of notes whose files name their steps, or do not, in any form of title. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importFiles } from "../src/node/import-notes.ts";
import { stepsOfTitle } from "../src/note/import/note-source.ts";
import { checkFolders } from "./import-fuzz.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

it("imports any set of small random notes in a folder without a failure, leaves their sources, and is the same twice", () =>
  checkFolders(60, folder));

describe("the title of a file in a folder", () => {
  it("is read in every form, and names no step where its words do not", async () => {
    const written = [
      "**Fraud**",
      "FRAUD SCORES",
      "Fraud\n=====",
      "<h2>Fraud</h2>",
      "**Fraud**: a text",
      "Q: What is fraud?",
    ];
    for (const text of [
      ...written,
      "- Fraud",
      "| Fraud | x |\n|---|---|\n| y | z |",
      "<details><summary>Fraud</summary>\nx\n</details>",
    ])
      expect(stepsOfTitle({ file: "a.md", text: `${text}\n\nhi\n` }), text).toEqual([]);
    for (const text of ["**Part 2: data**", "# Part 2: data", "Part 2: data\n------"])
      expect(stepsOfTitle({ file: "a.md", text: `${text}\n\nhi\n` }), text).toEqual([3]);
    mkdirSync(join(folder, "bold"));
    writeFileSync(join(folder, "bold/a.md"), "**Fraud**\n\nhi\n");
    writeFileSync(join(folder, "bold/b.md"), "# b\n\nhi\n");
    const { left } = await importFiles({ paths: [join(folder, "bold")], map: new Map(), force: false, dryRun: true });
    expect(left).toHaveLength(2);
  });
});
