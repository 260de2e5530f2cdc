import { describe, expect, it } from "vitest";
import { measureLatency } from "./measure-latency.ts";

describe("latency", () => {
  it("is the percentile of single calls, the failed ones counted and timed", () => {
    // A clock that moves by the call's own number of milliseconds.
    let time = 0;
    const call = (index: number): void => {
      time += (index + 1) / 1000;
      if (index === 41) throw new Error("this one fails");
    };
    const latency = measureLatency(100, call, { now: () => time });
    expect(latency.p50).toBeCloseTo(0.05, 9);
    expect(latency.p99).toBeCloseTo(0.099, 9);
    expect(latency.mean).toBeCloseTo(0.0505, 9);
    expect(latency.failed).toBe(1);
  });

  it("is not defined without a call", () => {
    expect(measureLatency(0, () => undefined, { now: () => 0 }).p99).toBeNaN();
  });
});
