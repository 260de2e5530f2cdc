import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "../../test/property-runs.ts";
import { applyEdits } from "../design/apply-edits.ts";
import { noteOfExample } from "../review/example.ts";
import { review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

const notes = [
  readFileSync("designs/movie-recommendations.md", "utf8"),
  ...RULES.flatMap(({ examples }) => [noteOfExample(examples.bad), noteOfExample(examples.good)]),
];

/** Values that people write by accident: nothing, everything, the wrong unit, far too much. */
const odd = fc.constantFrom(
  "0",
  "1",
  "-1",
  "0%",
  "100%",
  "0 s",
  "1 ns",
  "9999 years",
  "1e9",
  "none",
  "{}",
  "[]",
  "2",
  "1M/s",
  "$0",
  "> 0",
  "drop > 0%",
  "all",
);

/** A note with some of its values replaced and some of its lines gone. */
const broken = fc
  .tuple(fc.nat(), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 4 }))
  .map(([which, replaced, gone]) => {
    const lines = notes[which % notes.length].split("\n");
    for (const [at, value] of replaced) {
      const pairs = [...lines.join("\n").matchAll(/: (?<value>[^,{}[\]\n]+)(?=[,}\n])/gu)];
      if (pairs.length === 0) break;
      const pair = pairs[at % pairs.length];
      const text = lines.join("\n");
      const from = (pair.index ?? 0) + 2;
      lines.splice(
        0,
        lines.length,
        ...`${text.slice(0, from)}${value}${text.slice(from + pair[1].length)}`.split("\n"),
      );
    }
    for (const at of gone) lines.splice(at % lines.length, 1);
    return lines.join("\n");
  });

describe("all rules on notes with odd values", () => {
  it("end with a finding or silence, never with an exception, and never speak of undefined or NaN", () => {
    fc.assert(
      fc.property(broken, (text) => {
        const { design, findings } = parseDesign(text, "odd.md");
        if (design === undefined) return;
        for (const { message, label, why, fix, at, related = [], edits = [] } of review(design, RULES, findings)
          .findings) {
          expect(
            `${message} ${label ?? ""} ${why ?? ""} ${fix ?? ""} ${related.map((one) => one.message).join(" ")}`,
          ).not.toMatch(/undefined|NaN|Infinity|n\/a|\[object/u);
          expect(at.start.offset).toBeLessThanOrEqual(at.end.offset);
          expect(at.end.offset).toBeLessThanOrEqual(text.length);
          applyEdits(text, edits);
        }
      }),
      { numRuns: propertyRuns(1500) },
    );
  });
});
