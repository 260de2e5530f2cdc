import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { mendEffects } from "./mend-effects.ts";
import { mendNote } from "./mend-note.ts";
import { reviewText } from "./review-text.ts";

const FOLDER = "designs/bad";
const BAD = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".md"))
  .map((file) => readFileSync(join(FOLDER, file), "utf8"));

/** Slips of the kind that have mechanical mends: a key's letter lost, a word's letter doubled, a capital, a heading's level. */
function slipped(text: string, seed: number): string {
  const random = createRandom(seed);
  const lines = text.split("\n");
  for (let slip = 0; slip < 6; slip++) {
    const at = random.below(lines.length);
    const line = lines[at];
    const where = random.below(Math.max(1, line.length));
    const kinds = [
      line.slice(0, where) + line.slice(where + 1),
      line.slice(0, where + 1) + line.slice(where),
      line.slice(0, where) + line.slice(where, where + 1).toUpperCase() + line.slice(where + 1),
      line.startsWith("## ") ? `#${line}` : line,
    ];
    lines[at] = kinds[random.below(kinds.length)];
  }
  return lines.join("\n");
}

describe("the mends of a note", () => {
  it("leave, of bad notes with slips, as many findings as was promised before they were made", () => {
    let mendedAtAll = 0;
    for (let seed = 0; seed < 12; seed++) {
      const text = slipped(BAD[seed % BAD.length], seed);
      const before = reviewText(text, "note.md")?.review;
      if (before === undefined) continue;
      const promised = mendEffects(text, before, []);
      const done = mendNote(text, before);
      const again = reviewText(done.text, "note.md")?.review;
      expect(again?.findings.length, `seed ${seed}`).toBe(promised.left);
      expect([done.mended, done.cleared], `seed ${seed}`).toEqual([promised.mended, promised.cleared]);
      expect(done.text === text, `seed ${seed}`).toBe(promised.mended === 0);
      mendedAtAll += done.mended;
    }
    expect(mendedAtAll).toBeGreaterThan(20);
  });

  it("go on where one mend brings up another, and say both", () => {
    const text =
      "---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 3. Data\n\n```yaml\nsplti: { by: tiem, train: 80%, test: 20% }\n```\n";
    const before = reviewText(text, "note.md")?.review;
    if (before === undefined) throw new Error("no review");
    const done = mendNote(text, before);
    expect(done.text).toContain("split: { by: time,");
    expect(done.mended).toBeGreaterThanOrEqual(2);
  });
});
