import { describe, expect, it } from "vitest";
import { designChapter } from "./design-chapter.ts";
import { designSheet } from "./design-sheet.ts";
import { DOCUMENTS } from "./documents/documents.ts";
import { readNote } from "./read-note.ts";

const NOTE = `---
heptad: 1
title: Feed
system: feed
---

## 1. Clarify

\`\`\`yaml
requests: { average: 400/s, peak: 3x }   # proposed, line 4: "400 rps"
latency:
  p99: 100 ms
  p50: 20 ms   # proposed, line 5
\`\`\`

## 4. Model

\`\`\`yaml
stages:
  - { name: candidates, model: als }   # proposed, line 9
  - { name: ranking, model: gbdt }
\`\`\`
`;
const around = { link: (address: string) => address, picture: () => ({ wrong: "" }) };
const textOf = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([key, one]) => (typeof one === "string" ? (key === "text" ? one : "") : textOf(one)))
    .join("");
};
const read = (text: string) => {
  const note = readNote({ file: "feed.md", text, id: "feed", run: undefined });
  if (note === undefined) throw new Error("no note");
  return note;
};

describe("facts that are proposed and not accepted, in a book", () => {
  const note = read(NOTE);

  it("say so in the tables of facts, with the answers that rest on them and before all else", () => {
    const chapter = textOf(designChapter(note, around, false).chapter);
    expect(chapter).toContain("20 ms (proposed)");
    expect(chapter).not.toContain("100 ms (proposed)");
    expect(chapter).toContain("candidates (proposed)");
    expect(chapter).not.toContain("ranking (proposed)");
    expect(chapter).toContain("Proposed, not accepted: 1.requests.average 400/s; 1.requests.peak 3x");
    expect(chapter).toContain("3 facts of this note were read from prose or data and are not accepted");
  });

  it("are counted apart from questions, which stand in their own table", () => {
    const asked = NOTE.replace(
      "requests:",
      'questions:\n  - { ask: "Who reads it?", status: open }   # proposed, line 3\nrequests:',
    );
    const chapter = textOf(designChapter(read(asked), around, false).chapter);
    expect(chapter).toContain("3 facts and 1 question of this note were read from prose or data and are not accepted");
    expect(chapter).not.toContain("{ ask");
    const only = textOf(
      designChapter(
        read(
          NOTE.replaceAll(/ {3}# proposed.*/gu, "").replace(
            "requests:",
            'questions:\n  - { ask: "Who?", status: open }   # proposed\nrequests:',
          ),
        ),
        around,
        false,
      ).chapter,
    );
    expect(only).toContain(
      "1 question of this note was read from prose or data and is not accepted; what rests on it is no better.",
    );
  });

  it("say so on the sheet and in every document", () => {
    const sheet = textOf(designSheet(note, false));
    expect(sheet).toContain("peak3x (proposed)");
    expect(sheet).toContain("(from proposed facts)");
    expect([false, true].map((isPocket) => designSheet(note, isPocket).title)).toEqual([
      expect.stringMatching(/ on one page$/u),
      expect.stringMatching(/ at a glance$/u),
    ]);
    for (const make of Object.values(DOCUMENTS)) expect(textOf(make(note))).toContain("are not accepted");
  });

  it("leave no word where all are accepted", () => {
    const accepted = read(NOTE.replaceAll(/ {3}# proposed.*/gu, ""));
    expect(textOf(designChapter(accepted, around, false).chapter)).not.toMatch(/proposed/iu);
    expect(textOf(designSheet(accepted, false))).not.toMatch(/proposed/iu);
  });
});
