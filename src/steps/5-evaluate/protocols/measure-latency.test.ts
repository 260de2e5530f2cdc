import { describe, expect, it } from "vitest";
import { measureLatency, measurePath } from "./measure-latency.ts";

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

  it("of a path is that of its parts in the same calls: none takes longer than the whole", () => {
    let time = 0;
    const part = (seconds: (index: number) => number) => (index: number) => {
      time += seconds(index);
    };
    const rising = part((index) => index / 1000);
    const falling = part((index) => (99 - index) / 1000);
    const { whole, parts } = measurePath(100, [rising, falling], { now: () => time });
    expect(whole.p50).toBeCloseTo(0.099, 9);
    expect(parts.map(({ p99 }) => p99)).toEqual([expect.closeTo(0.098, 9), expect.closeTo(0.098, 9)]);
    for (const { mean, p50, p99 } of parts) {
      expect(p50).toBeLessThanOrEqual(whole.p50);
      expect(p99).toBeLessThanOrEqual(whole.p99);
      expect(mean).toBeLessThanOrEqual(whole.mean);
    }
  });

  it("of a path counts a call as failed where a part throws, and times no part behind it", () => {
    let time = 0;
    const step = (index: number): void => {
      time += 0.001;
      if (index % 4 === 0) throw new Error("this one fails");
    };
    const last = (): void => {
      time += 0.002;
    };
    const { whole, parts } = measurePath(8, [step, last], { now: () => time });
    expect(whole.failed).toBe(2);
    expect(parts.map(({ calls, failed }) => [calls, failed])).toEqual([
      [8, 2],
      [6, 0],
    ]);
    expect(whole.mean).toBeCloseTo((2 * 0.001 + 6 * 0.003) / 8, 12);
  });

  it("is not defined without a call", () => {
    expect(measureLatency(0, () => undefined, { now: () => 0 }).p99).toBeNaN();
  });
});
