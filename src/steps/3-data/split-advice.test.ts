import { describe, expect, it } from "vitest";
import { reviewNote } from "../../note/review-note.ts";

const noteOf = (split: string): string =>
  `---\nheptad: 1\ntitle: a\nsystem: a\n---\n## 3. Data\n\`\`\`yaml\nsources: [{ name: visits, kind: events, time: ts }]\nentities: [{ key: patient_id, rows: 12 }]\nsplit: ${split}\n\`\`\`\n`;
const fixOf = (text: string, code: string): string | undefined =>
  reviewNote(text).find((one) => one.code === code)?.fix;

describe("rules on one line of a split", () => {
  it("propose one split, which clears both", () => {
    const text = noteOf("{ by: random, for: new }");
    for (const code of ["HP301", "HP306"])
      expect(fixOf(text, code)).toContain("`split: { by: group-and-time, group: patient_id }`");
    const mended = reviewNote(noteOf("{ by: group-and-time, group: patient_id, for: new }"));
    expect(mended.filter(({ code }) => code === "HP301" || code === "HP306")).toEqual([]);
  });

  it("propose time alone where the model serves known ones", () => {
    const text = noteOf("{ by: random }");
    expect(fixOf(text, "HP306")).toContain("`split: { by: time }`");
    const mended = reviewNote(noteOf("{ by: time }"));
    expect(mended.filter(({ code }) => code === "HP301" || code === "HP306")).toEqual([]);
  });
});
