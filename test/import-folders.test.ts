/** Folders of notes whose files name their steps, or do not, in any form of title. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

describe("an import that differs", () => {
  const path = join(folder, "feed.md");
  const made = join(folder, "feed.design.md");
  const text = "# Feed\n\n## Goals\n\nClicks.\n\n## Daten\n\n### Quellen\n\nLogs.\n\n## Betrieb\n\nHourly.\n";
  const imported = async (map: readonly (readonly [string, 0 | 3 | 6 | 7])[], title?: string, force = false) => {
    writeFileSync(path, text);
    const report = await importFiles({ paths: [path], map: new Map(map), title, force, dryRun: false });
    return report.imports[0];
  };

  it("is said to be written with other options where nobody changed it, and these are named", async () => {
    await imported(
      [
        ["Daten", 3],
        ["Betrieb", 6],
      ],
      undefined,
      true,
    );
    const before = readFileSync(made, "utf8");
    const again = await imported([]);
    expect([again.outcome, again.earlier]).toEqual([
      "differs",
      {
        map: new Map([
          ["Daten", 3],
          ["Betrieb", 6],
        ]),
      },
    ]);
    expect(readFileSync(made, "utf8")).toBe(before);
    expect(
      (await imported([...(again.earlier?.map ?? [])].map(([words, step]) => [words, step === 3 ? 3 : 6]))).outcome,
    ).toBe("unchanged");
    await imported([["Goals", 0]], "Mine", true);
    expect((await imported([["Daten", 7]])).earlier).toEqual({ map: new Map([["Goals", 0]]), title: "Mine" });
  });

  it("is not, where a line was written into it or moved", async () => {
    await imported([["Daten", 3]], undefined, true);
    const before = readFileSync(made, "utf8");
    for (const changed of [
      `${before}mine\n`,
      before.replace("Logs.", "Rows."),
      before.replace("### Quellen", "### Daten"),
    ]) {
      writeFileSync(made, changed);
      const again = await imported([]);
      expect([again.outcome, again.earlier]).toEqual(["differs", undefined]);
      expect(readFileSync(made, "utf8")).toBe(changed);
    }
  });
});
