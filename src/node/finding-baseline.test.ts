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
