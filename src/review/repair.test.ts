import { expect, it } from "vitest";
import { type Design, parseDesign } from "../steps/design.ts";
import { editOf } from "./repair.ts";
import type { Repair } from "./rule.ts";

function designOf(facts: string): Design {
  const { design } = parseDesign(
    `---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 3. Data\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`,
    "note.md",
  );
  if (design === undefined) throw new Error("no design");
  return design;
}

/** The facts after the mend; undefined where there is none. */
function mended(facts: string, repair: Repair): string | undefined {
  const design = designOf(facts);
  const edit = editOf(repair, design);
  if (edit === undefined) return undefined;
  const { at, text } = edit;
  const lines = design.text.slice(0, at.start.offset).split("\n");
  // The place is told twice, by its offset and by its line and column.
  expect([at.start.line, at.start.column]).toEqual([lines.length, (lines.at(-1)?.length ?? 0) + 1]);
  const after = design.text.slice(0, at.start.offset) + text + design.text.slice(at.end.offset);
  return /```yaml\n([\s\S]*)\n```/u.exec(after)?.[1];
}

it("puts another value in the place of one", () => {
  expect(mended("split: { by: random }", { replace: "3.split.by", by: "time" })).toBe("split: { by: time }");
  expect(mended("split: { by: random }", { replace: "3.split.gap", by: "7 d" })).toBeUndefined();
});

it("adds a key to a map as the map is written", () => {
  const add: Repair = { addTo: "3.split", key: "gap", value: "7 d" };
  expect(mended("split: { by: time }", add)).toBe("split: { by: time, gap: 7 d }");
  expect(mended("split: {by: time}", add)).toBe("split: {by: time, gap: 7 d}");
  expect(mended("split: {}", add)).toBe("split: { gap: 7 d}");
  expect(mended("split:\n  by: time", add)).toBe("split:\n  gap: 7 d\n  by: time");
  expect(mended("split: {\n  by: time\n  }", add)).toBeUndefined();
  expect(mended("labels: { delay: 7 d }", add)).toBeUndefined();
});

it("takes the mark of what was measured from the value that it writes, and leaves it to the others of the line", () => {
  const by: Repair = { replace: "3.split.by", by: "time" };
  const add: Repair = { addTo: "3.split", key: "gap", value: "7 d" };
  expect(mended("split: { by: given }   # measured: by names", by)).toBe("split: { by: time }");
  expect(mended("split:\n  by: given   # measured", by)).toBe("split:\n  by: time");
  expect(mended("split: { by: given, validation: 10% }   # measured", by)).toBe(
    "split:\n  by: time\n  validation: 10%   # measured",
  );
  expect(mended("split: { by: given }   # measured\ntime: none", add)).toBe(
    "split:\n  gap: 7 d\n  by: given   # measured\ntime: none",
  );
});
