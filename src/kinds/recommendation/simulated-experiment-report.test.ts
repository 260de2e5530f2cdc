import { describe, expect, it } from "vitest";
import type { RelativeLift } from "../../steps/6-deploy/experiment/relative-lift.ts";
import { compareMeans } from "../../steps/6-deploy/experiment/two-means.ts";
import type { ArmsCompared, TrialResult } from "./simulated-experiment.ts";
import { describeTrial } from "./simulated-experiment-report.ts";

const lift = (value: number, reach: number): RelativeLift => ({
  lift: value,
  standardError: reach / 2,
  interval: [value - reach, value + reach],
});

/** Means of 100 members an arm, with variance 1. */
function compared(control: number, treated: number): ArmsCompared {
  const arm = (mean: number) => ({ n: 100, mean, variance: 1 });
  return {
    control,
    treated,
    comparison: compareMeans(arm(control), arm(treated)),
    lift: lift(treated / control - 1, 0.1),
  };
}

function resultOf(changes: Partial<TrialResult> = {}): TrialResult {
  const clicks = compared(2, 3);
  return {
    log: {
      time: new Float64Array(1),
      member: new Int32Array(1),
      title: new Int32Array(1),
      place: Int32Array.from([1]),
      clicked: new Uint8Array(1),
      minutes: new Float32Array(1),
      arm: new Uint8Array(1),
    },
    exposed: [100, 100],
    sampleRatio: { chiSquare: 0, df: 1, pValue: 1, alarm: false, threshold: 0.001 },
    clicks,
    adjusted: clicks,
    varianceLeft: 0.8,
    clickThrough: compared(0.5, 0.6),
    minutes: compared(2, 2.1),
    coverage: [0.1, 0.4],
    truth: compared(2, 2.9),
    ...changes,
  };
}

const label = { subject: "two-stage", days: 14 };
const offline = { metric: "ndcg@10", lift: lift(2, 0.3) };
const textsOf = (changes: Partial<TrialResult>): string =>
  describeTrial(resultOf(changes), offline, label)
    .remarks.map(({ text }) => text)
    .join("\n");

describe("the verdict of a simulated test", () => {
  it("calls a gain a gain, a loss a loss, and nothing nothing", () => {
    expect(textsOf({})).toContain("a gain: roll it out");
    expect(textsOf({ adjusted: compared(3, 2) })).toContain("a loss: keep the baseline");
    expect(textsOf({ adjusted: compared(2, 2.01) })).toContain("no difference that this test could show");
  });

  it("says when a guardrail is broken", () => {
    for (const broken of [{ coverage: [0.4, 0.1] as const }, { minutes: compared(3, 2) }]) {
      expect(textsOf(broken)).toContain("a guardrail is broken");
      expect(textsOf(broken)).toContain("guardrail: ");
    }
  });

  it("reads nothing else where the split is not as planned", () => {
    const texts = textsOf({ sampleRatio: { chiSquare: 40, df: 1, pValue: 1e-9, alarm: true, threshold: 0.001 } });
    expect(texts).toContain("find out why before reading");
    expect(texts).not.toContain("a gain");
  });

  it("says how far the offline gain foretold the online one", () => {
    expect(textsOf({})).toContain("Offline foretold the direction; its interval misses 45%.");
    expect(textsOf({ truth: compared(2, 5.9) })).toContain("Offline foretold the direction; its interval holds 195%.");
    expect(textsOf({ truth: compared(2, 1.5) })).toContain("foretold the wrong direction");
  });

  it("calls no direction foretold where none is sure, as +13.8% [-24.1%, 51.7%] once was", () => {
    const unsure = { ...compared(2, 2.2), lift: lift(0.1, 0.3) };
    expect(textsOf({ truth: unsure })).toContain("no direction is sure, so none could be foretold");
    const vague = { ...offline, lift: lift(0.1, 0.3) };
    const { remarks } = describeTrial(resultOf(), vague, label);
    expect(remarks.map(({ text }) => text).join("\n")).toContain("Offline no direction was sure");
  });

  it("gives no figure for a lift that has no meaning", () => {
    const none = { ...compared(2, 3), lift: lift(Number.NaN, Number.NaN) };
    const { figures } = describeTrial(resultOf({ adjusted: none }), null, label);
    expect(figures.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(figures.map(({ name }) => name)).not.toContain("relative gain online");
    expect(figures.map(({ name }) => name)).not.toContain("relative gain offline");
  });
});
