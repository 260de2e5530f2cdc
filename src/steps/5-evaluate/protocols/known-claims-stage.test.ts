import { describe, expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { knownClaims } from "./known-claims-stage.ts";

/** Person 0 is always positive and person 1 never; nothing is known of either before day 20. */
const cases = Array.from({ length: 12 }, (_, day) => ({ day, unit: day % 2, label: day % 2 === 0 ? 1 : 0 }) as const);
const late = plantScored(cases.map((one) => ({ ...one, known: 20 })));
const judged = Int32Array.from(cases.keys()).subarray(6);
const rate: FeatureDeclaration = {
  ...{ name: "habit", entity: ["person"], window: Number.POSITIVE_INFINITY, delay: 0, smoothing: 0 },
  aggregate: { kind: "rate", measure: late.words.positive },
};

describe("labels taken for known at once", () => {
  it("claim what could not be kept, beside what holds", () => {
    const { figures, remarks } = knownClaims([rate], late, judged);
    expect(figures.map(({ subject, value }) => [subject, value])).toEqual([
      ["habit", 0.5],
      ["habit", 1],
    ]);
    expect(remarks.map(({ text }) => text).join()).toContain("`habit` 1 for 0.5");
  });

  it("are not spoken of where the source does not say when they were known", () => {
    const task = plantScored(cases);
    const said = knownClaims([rate], task, judged);
    expect(said).toEqual({ figures: [], remarks: [] });
  });
});
