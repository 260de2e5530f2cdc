import { expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { plainNoteFailure } from "./plain-note.ts";

const failureOf = (text: string) =>
  plainNoteFailure({ text, file: "my note.md" }, parseDesign(text, "my note.md").design)?.message;

it("is a text whose front matter and YAML are another tool's: none of its keys is an error", () => {
  const text = "---\ntitle: Feed\ntags: [ml]\n---\n# Feed\n\n## Data\n\n```yaml\nusers: 5\nfoo: bar\n```\n";
  expect(failureOf(text)).toBe("my note.md holds no facts of a design: it is a plain note");
  expect(plainNoteFailure({ text, file: "my note.md" }, undefined)?.fix).toBe(
    "heptad import 'my note.md' makes a design note of it",
  );
});

it("is drafted into a design where it is a file of rows, which no import reads", () => {
  const rows = "user,item\n1,2\n";
  expect(plainNoteFailure({ text: rows, file: "data/tickets.csv.gz" }, undefined)).toMatchObject({
    message: "data/tickets.csv.gz is a file of data, not a note",
    fix: "a note is drafted from it: heptad new NAME --data data/tickets.csv.gz",
  });
  expect(plainNoteFailure({ text: rows, file: "notes/csv.md" }, undefined)?.fix).toContain(
    "heptad import notes/csv.md",
  );
});

it("is no text that says it is a design, however broken, and none that lacks its front matter only", () => {
  expect(failureOf("---\nheptad: [\n---\n")).toBeUndefined();
  expect(failureOf("---\nsystem: feed\n---\n")).toBeUndefined();
  expect(
    failureOf("# Feed\n\n## 1. Clarify requirements and goals\n\n```yaml\nrequests: { average: 5/s, peak: 3x }\n```\n"),
  ).toBeUndefined();
});
