import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import type { AnalysisPlan, ArmReading, Doubt } from "./analysis.ts";
import { analyzeExperiment } from "./analyze.ts";
import type { ArmData, ExperimentData } from "./arm-data.ts";
import { doubtsOf } from "./doubts.ts";
import type { SampleRatioCheck } from "./sample-ratio.ts";

function arm(name: string, units: number, skewness = 0, binary = false): ArmData {
  const value = { n: units, mean: binary ? 0.5 : 3, variance: binary ? 0.25 : 4, skewness, binary };
  return { name, units, withoutOutcome: 0, metrics: new Map([["value", value]]) };
}
const CLEAN: ExperimentData = {
  arms: [arm("a", 500), arm("b", 500)],
  metrics: ["value"],
  inSeveralArms: 0,
  neverAssigned: 0,
};
const FAIR: SampleRatioCheck = { chiSquare: 0, df: 1, pValue: 0.98765, alarm: false, threshold: 0.001 };
const PLAN: AnalysisPlan = { control: "a", interference: "none" };
const readingsOf = (data: ExperimentData): readonly ArmReading[] => unwrap(analyzeExperiment(data, PLAN)).arms;

function doubts(changes: Partial<ExperimentData> = {}, plan = PLAN, check = FAIR): readonly Doubt[] {
  const data = { ...CLEAN, ...changes };
  return doubtsOf(data, check, plan, readingsOf(data));
}
const named = (all: readonly Doubt[], name: string): Doubt | undefined => all.find((one) => one.name === name);

describe("what would make an experiment's reading wrong", () => {
  test("is told with what holds first, then what nobody can know, then what was looked for and not found", () => {
    expect(doubts({ neverAssigned: 3 }).map(({ holds }) => holds)).toEqual([true, null, false, false, false, false]);
    expect(doubts({ neverAssigned: 3 })[0].name).toBe("outcomes without an assignment");
    expect(doubts()[0].name).toBe("peeking");
    expect(doubts().filter(({ holds, fatal }) => holds === true && fatal)).toEqual([]);
  });

  test("is a split that did not hold, with the counts", () => {
    expect(named(doubts(), "sample ratio mismatch")).toEqual({
      name: "sample ratio mismatch",
      holds: false,
      fatal: true,
      says: "the arms got their planned shares (a 500, b 500; p = 0.9877)",
    });
    const broken = named(doubts({}, PLAN, { ...FAIR, alarm: true, pValue: 0.99e-4 }), "sample ratio mismatch");
    expect(broken?.holds).toBe(true);
    expect(broken?.says).toContain("did not get their planned shares (a 500, b 500; p = 0.000099)");
    const none = named(doubts({}, PLAN, { ...FAIR, alarm: true, pValue: 0 }), "sample ratio mismatch");
    expect(none?.says).toContain("(a 500, b 500; p below 0.000001)");
    expect(named(doubts({}, PLAN, { ...FAIR, pValue: 1e-4 }), "sample ratio mismatch")?.says).toContain("p = 0.0001)");
  });

  test("is units of several arms or of none, which end it from more than one in a hundred on, taken together", () => {
    const lost = (inSeveralArms: number, withoutArm?: number) => {
      const all = doubts({ inSeveralArms, ...(withoutArm === undefined ? {} : { withoutArm }) });
      return [named(all, "units in several arms"), named(all, "units without an arm")].map(
        (one) => one && [one.holds, one.fatal],
      );
    };
    expect(lost(0)).toEqual([[false, false], undefined]);
    expect(lost(10)).toEqual([[true, false], undefined]);
    expect(lost(11)).toEqual([[true, true], undefined]);
    expect(lost(0, 10)).toEqual([
      [false, false],
      [true, false],
    ]);
    expect(lost(5, 6)).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(lost(0, 0)).toEqual([[false, false], undefined]);
    expect(named(doubts({ inSeveralArms: 10 }), "units in several arms")?.says).toMatch(/^10 of 1010 units saw more/u);
    expect(named(doubts({ withoutArm: 1 }), "units without an arm")?.says).toMatch(
      /^1 of 1001 units has no arm and was /u,
    );
    expect(named(doubts({ withoutArm: 2 }), "units without an arm")?.says).toMatch(
      /^2 of 1002 units have no arm and were /u,
    );
  });

  test("is rows that do not parse, which end it from more than one in a hundred on", () => {
    const malformed = (count: number) =>
      named(
        doubts({ malformed: { count, rows: 1000, where: "a.csv:2", reason: "no number" } }),
        "rows that do not parse",
      );
    expect(named(doubts(), "rows that do not parse")).toBeUndefined();
    expect([malformed(10)?.fatal, malformed(11)?.fatal, malformed(1)?.holds]).toEqual([false, true, true]);
    expect(malformed(1)?.says).toContain(
      "of 1000 rows 1 was left out, as asked (the first: a.csv:2: no number); where the value itself is why it did not",
    );
    expect(malformed(2)?.says).toContain(
      "2 were left out, as asked (the first: a.csv:2: no number); where the value itself is why they did not",
    );
  });

  test("is a mean that a few units carry: 355 units of an arm for each squared skewness, and no rate", () => {
    const skewed = (first: ArmData, second: ArmData) =>
      named(doubts({ arms: [first, second] }), "a few units carry the mean");
    expect(skewed(arm("a", 1420, 2), arm("b", 500))?.holds).toBe(false);
    expect(skewed(arm("a", 1419, 2), arm("b", 500))?.holds).toBe(true);
    expect(skewed(arm("a", 500), arm("b", 1419, -2))?.says).toContain(
      "arm b has 1419 units, but a mean this skewed needs about 1420 ",
    );
    // Ten values of a normal law reach a skewness of 1 one time in ten: 355 units would be asked for nothing.
    expect(skewed(arm("a", 10, 1.7), arm("b", 10, -1.2))?.holds).toBe(false);
    expect(skewed(arm("a", 10, 1.8), arm("b", 10))?.holds).toBe(true);
    // The arm that lacks most by its own size is named.
    expect(skewed(arm("a", 1000, 2), arm("b", 50, 1.5))?.says).toContain("arm b has 50 units");
    expect(skewed(arm("a", 50, 9, true), arm("b", 50, 9, true))?.holds).toBe(false);
  });

  test("is outcomes of nobody, looks before the end, and interference that nobody declared", () => {
    expect(named(doubts({ neverAssigned: 1 }), "outcomes without an assignment")?.holds).toBe(true);
    expect(named(doubts(), "outcomes without an assignment")?.holds).toBe(false);
    expect(named(doubts(), "peeking")?.holds).toBeNull();
    const planned = named(doubts({}, { ...PLAN, reading: { kind: "always-valid", tau: 1 } }), "peeking");
    expect([planned?.holds, planned?.says]).toEqual([false, "the always-valid reading allows for earlier looks"]);
    expect(named(doubts({}, { control: "a" }), "interference")).toMatchObject({ holds: null, fatal: false });
    expect(named(doubts({}, { ...PLAN, interference: "social" }), "interference")).toMatchObject({
      holds: true,
      fatal: true,
    });
  });
});
