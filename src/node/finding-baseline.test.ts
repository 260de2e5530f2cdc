import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { RULES } from "../note/rules.gen.ts";
import { withBaseline } from "./finding-baseline.ts";
import { readReviewConfiguration } from "./review-configuration.ts";
import { type ReviewedNote, reviewNote } from "./review-notes.ts";

const WRONG = `---\nheptad: 1\ntitle: Shop\nsystem: recommendation\n---\n\n## 1. Clarify\n\n\`\`\`yaml\nusers: { daily: 1M }\n\`\`\`\n`;
const OPTIONS = { today: "2026-01-02", mayWrite: true, lookedAround: true, withData: false };

function notebook() {
  const root = temporaryFolder();
  const [baseline, first, second] = ["heptad.baseline.yaml", "a.md", "b.md"].map((name) => join(root, name));
  const reviewed = (path: string): ReviewedNote => {
    const note = reviewNote(path, true, { configuration: readReviewConfiguration(root, RULES) });
    if (note === undefined) throw new Error("no note");
    return note;
  };
  writeFileSync(first, WRONG);
  const adopted = withBaseline([reviewed(first)], baseline, OPTIONS);
  return { baseline, first, second, reviewed, adopted };
}

describe("a baseline of findings", () => {
  it("is made of what is found, holds it from then on, and tells what is new", () => {
    const { baseline, first, reviewed, adopted } = notebook();
    expect(adopted.adopted).toBe(true);
    expect(adopted.counted).toBeGreaterThan(0);
    const again = withBaseline([reviewed(first)], baseline, OPTIONS);
    expect(again).toMatchObject({ counted: adopted.counted, pruned: 0, gone: 0, unseen: 0, adopted: false });
    expect(again.notes[0].review.findings).toEqual([]);
  });

  it("holds what is left of a finding that was mended in part, and no more than that", () => {
    const { baseline, first, reviewed, adopted } = notebook();
    const asked = 'questions: [{ ask: "Where?", status: open }, { ask: "Who?", status: open }]\n';
    const says = (text: string) => {
      writeFileSync(first, text);
      const { notes, ...sums } = withBaseline([reviewed(first)], baseline, OPTIONS);
      return { found: notes[0].review.findings.map(({ message }) => message), ...sums };
    };
    expect(says(WRONG)).toMatchObject({ found: [], shrunk: 0 });
    const goal = WRONG.replace("users:", "goal: more orders\nusers:");
    expect(says(goal)).toMatchObject({ found: [], counted: adopted.counted, pruned: 0, shrunk: 2 });
    expect(says(goal)).toMatchObject({ found: [], shrunk: 0 });
    // What was mended and is wrong again is new.
    expect(says(WRONG).found).toEqual([expect.stringContaining("`goal`, `business-metric`")]);
    const both = WRONG.replace("users:", `${asked}users:`);
    writeFileSync(first, both);
    writeFileSync(baseline, "findings: {}\n");
    const [open] = withBaseline([reviewed(first)], baseline, OPTIONS).notes[0].review.findings.filter(
      ({ code }) => code === "HP101",
    );
    writeFileSync(
      baseline,
      `findings: { a.md: [{ code: HP101, fact: "${open.fact}", says: ${JSON.stringify(open.message)} }] }\n`,
    );
    const one = says(both.replace('"Where?", status: open', '"Where?", answer: here'));
    expect(one.found.filter((message) => message.includes("clarifying"))).toEqual([]);
    expect(one).toMatchObject({ counted: 1, shrunk: 1 });
    expect(readFileSync(baseline, "utf8")).toContain("1 of 2 clarifying questions");
    expect(says(both).found.filter((message) => message.includes("clarifying"))).toEqual([open.message]);
  });

  it("goes with a note that has moved, and is taken out with one that is gone", () => {
    const { baseline, first, second, reviewed, adopted } = notebook();
    renameSync(first, second);
    const moved = withBaseline([reviewed(second)], baseline, OPTIONS);
    expect(moved).toMatchObject({ counted: adopted.counted, gone: 0 });
    expect(moved.notes[0].review.findings).toEqual([]);
    expect(readFileSync(baseline, "utf8")).toContain("b.md");
    renameSync(second, first);
    const gone = withBaseline([], baseline, OPTIONS);
    expect(gone).toMatchObject({ counted: 0, gone: adopted.counted });
    expect(readFileSync(baseline, "utf8")).not.toContain("b.md");
  });

  it("keeps the findings of a note that was not looked for", () => {
    const { baseline, first, second } = notebook();
    renameSync(first, second);
    expect(withBaseline([], baseline, { ...OPTIONS, lookedAround: false })).toMatchObject({ gone: 0 });
    expect(readFileSync(baseline, "utf8")).toContain("a.md");
  });
});
