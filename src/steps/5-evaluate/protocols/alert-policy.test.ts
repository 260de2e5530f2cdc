import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { frameSchema } from "../../2-frame/schema.ts";
import { alertPolicyOf, alertThreshold, alertYield } from "./alert-policy.ts";

const policyOf = (threshold: object) => alertPolicyOf(frameSchema.parse({ threshold }));

describe("an alert policy", () => {
  const rows = { probabilities: Float64Array.of(0.9, 0.1, 0.5, 0.7), days: 2 };

  it("flags as many payments a day as people can look at", () => {
    const policy = unwrap(policyOf({ policy: "capacity", capacity: "1/day" }));
    expect(alertThreshold(policy, rows)).toBe(0.7);
  });

  it("weighs a miss against a false alarm", () => {
    const policy = unwrap(policyOf({ policy: "cost", "false-positive": "$5", "false-negative": "$200" }));
    expect(alertThreshold(policy, rows)).toBeCloseTo(0.025, 12);
  });

  it("is a hundred alerts a day where the note names none", () => {
    expect(unwrap(alertPolicyOf({}))).toEqual({ policy: "capacity", alertsPerDay: 100 });
  });

  it.each([
    [{ policy: "cost", "false-positive": "$5" }, /needs the costs/u],
    [{ policy: "cost", "false-positive": "$5", "false-negative": "$4" }, /no alert pays/u],
    [{ policy: "capacity" }, /needs the alerts/u],
    [{ policy: "recall-floor", value: 0.8 }, /not run/u],
  ])("is refused for %j", (threshold, message) => {
    const outcome = policyOf(threshold);
    expect(!outcome.ok && outcome.failure.message).toMatch(message);
  });

  it("keeps to the capacity where probabilities tie, unless even the highest ones are too many", () => {
    const tied = { probabilities: Float64Array.of(0.9, 0.2, 0.2, 0.2, 0.1), days: 1 };
    const threshold = (alertsPerDay: number) => alertThreshold({ policy: "capacity", alertsPerDay }, tied);
    expect([1, 2, 3, 4, 5].map(threshold)).toEqual([0.9, 0.9, 0.9, 0.2, 0.1]);
    const alike = { probabilities: new Float64Array(8).fill(0.3), days: 1 };
    expect(alertThreshold({ policy: "capacity", alertsPerDay: 2 }, alike)).toBe(0.3);
  });

  it("flags nothing where nobody looks", () => {
    expect(alertThreshold({ policy: "capacity", alertsPerDay: 1 }, { ...rows, days: 0 })).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it("counts the money of the frauds it catches", () => {
    expect(alertYield(0.5, rows.probabilities, Uint8Array.of(1, 1, 0, 0), Float64Array.of(100, 40, 9, 9))).toEqual({
      alerts: 3,
      caught: 1,
      positives: 2,
      saved: 100,
      atStake: 140,
    });
  });

  it("counts a payment as often as its card was drawn", () => {
    const [labels, amounts] = [Uint8Array.of(1, 1, 0, 0), Float64Array.of(100, 40, 9, 9)];
    const drawn = alertYield(0.5, rows.probabilities, labels, amounts, [2, 1, 0, 1]);
    expect(drawn).toEqual({ alerts: 3, caught: 2, positives: 3, saved: 200, atStake: 240 });
  });
});
