import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { setFact } from "../src/design/set-fact.ts";
import { withOpenQuestion } from "../src/note/ask-openly.ts";
import { completionsAt } from "../src/note/complete.ts";
import { estimateDesign } from "../src/note/estimate-design.ts";
import { reviewText } from "../src/note/review-text.ts";
import { waiveInNote } from "../src/note/waive-in-note.ts";
import { NOTE_FORM, parseDesign } from "../src/steps/design.ts";

const NOTES = [
  "designs/wake-word.md",
  "designs/card-fraud.md",
  "designs/bad/card-fraud.md",
  "designs/bad/movie-recommendations.md",
];
const windows = (text: string): string => text.replaceAll("\n", "\r\n");
const unix = (text: string): string => text.replaceAll("\r\n", "\n");
/** Every line ends as the first one does. */
const isWindows = (text: string): boolean => !/(?<!\r)\n/u.test(text);

describe.each(NOTES)("a note with the line endings of Windows: %s", (path) => {
  const text = readFileSync(path, "utf8");
  const other = windows(text);

  it("has the same findings at the same lines and columns, and the same estimates", () => {
    const found = (one: string) =>
      reviewText(one, "a.md")?.review.findings.map(({ code, message, at }) => [
        code,
        message,
        at.start.line,
        at.start.column,
      ]);
    expect(found(other)).toEqual(found(text));
    const estimated = (one: string) => {
      const { design } = parseDesign(one, "a.md");
      return (
        design &&
        estimateDesign(design).sheets.map(({ sheet, subject, lines, missing }) => [sheet, subject, lines, missing])
      );
    };
    expect(estimated(other)).toEqual(estimated(text));
  });

  it("is written to with its own line endings, and else as any other", () => {
    const waived = waiveInNote(other, "HP106", "as it is");
    expect(waived.ok && isWindows(waived.value)).toBe(true);
    const fact = setFact(other, "1.users.daily", "3M", NOTE_FORM);
    expect(fact.ok && isWindows(fact.value)).toBe(true);
    for (const step of [1, 4, 7]) {
      // Among the questions of a note that can be read, and as a line of the section in one that cannot.
      for (const change of ["", "goal: a: b"]) {
        const [here, there] = [other, text].map((one) =>
          change === "" ? one : one.replace(/^goal: /mu, `${change} `),
        );
        const question = { ask: "How late are labels?", step, topic: "labels" };
        const once = withOpenQuestion(here, question);
        expect(isWindows(once)).toBe(true);
        expect(once).not.toBe(here);
        expect(unix(once)).toBe(withOpenQuestion(there, question));
        // Once only: a mark at the end of the line made it another one.
        expect(withOpenQuestion(once, question)).toBe(once);
      }
    }
  });

  it("is completed alike at every line's end", () => {
    const ends = [...text.matchAll(/\n/gu)].map(({ index }) => index).filter((_, at) => at % 7 === 0);
    for (const end of ends) {
      const names = completionsAt(text, end).map(({ label }) => label);
      const at = end + (text.slice(0, end).match(/\n/gu)?.length ?? 0);
      expect(completionsAt(other, at).map(({ label }) => label)).toEqual(names);
    }
  });
});
