import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { importNotes } from "../../note/import/import-note.ts";
import { newNote } from "./start-note.ts";

const project = { root: temporaryFolder(), now: () => new Date("2026-05-04T10:00:00Z") };

function written(title: string, text: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  newNote(project, { title, problem: "", text }, (path, whole) => {
    files.set(path, whole);
    return "version";
  });
  return files;
}

test("a note that is imported becomes the design that the command makes of it, by the name that was typed", () => {
  const text =
    "# Old thoughts\n\n## Scope\n\n2 million daily active users, p99 latency under 100 ms.\n\n## Model\n\nTrees.\n";
  const files = written("Feed of 2026", text);
  const [made] = importNotes([{ file: "feed-of-2026.md", text }], { title: "Feed of 2026" });
  expect(made.facts.length).toBeGreaterThan(0);
  expect([...files]).toEqual([["designs/feed-of-2026.md", made.text]]);
  expect(made.text).toMatch(/^---\nheptad: 1\ntitle: Feed of 2026\n/u);
});

test("a design that is imported stays to the letter", () => {
  const text = "---\nheptad: 1\ntitle: Cards\nsystem: fraud-detection\n---\n\n# Cards\n\nWords.\n";
  expect([...written("Cards", text)]).toEqual([["designs/cards.md", text]]);
});

test("a note of several designs becomes all of them, of one title too, or none where one of their files is there", () => {
  const steps = "\n## Requirements\n\nA\n\n## Data\n\nB\n\n## Model\n\nC\n\n## Serving\n\nD\n\n";
  const text = `# Feed\n${steps}# Ads\n${steps}# Ads\n${steps}`;
  const files = written("Several", text);
  const names = ["designs/several.md", "designs/several-ads.md", "designs/several-ads-2.md"];
  expect([...files.keys()]).toEqual(names);
  mkdirSync(join(project.root, "designs"), { recursive: true });
  writeFileSync(join(project.root, names[2]), "mine");
  expect(() => written("Several", text)).toThrow(
    /holds 3 designs, and designs\/several-ads-2\.md would be written over/u,
  );
  rmSync(join(project.root, names[2]));
});
