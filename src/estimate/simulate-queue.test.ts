import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { erlangC } from "./erlang.ts";
import { responseQuantile } from "./response-time.ts";
import { simulateQueue } from "./simulate-queue.ts";

describe("simulateQueue", () => {
  it.each([
    [90, 0.1, 12],
    [80, 0.01, 1],
    [2000, 0.02, 50],
    [3, 0.1, 4],
  ])("stays within two percent of Erlang C at %d/s, %d s, %d servers", (rate, service, servers) => {
    const outcome = simulateQueue({
      rate,
      servers,
      stages: [{ mean: service }],
      requests: 2_000_000,
      random: createRandom(11),
    });
    for (const [q, simulated] of [
      [0.5, outcome.p50],
      [0.99, outcome.p99],
    ]) {
      expect(Math.abs(simulated / responseQuantile(rate, service, servers, q) - 1)).toBeLessThan(0.02);
    }
    expect(Math.abs(outcome.p999 / responseQuantile(rate, service, servers, 0.999) - 1)).toBeLessThan(0.05);
    expect(outcome.waited).toBeCloseTo(erlangC(rate * service, servers), 2);
    expect(outcome.utilization).toBeCloseTo((rate * service) / servers, 2);
  });

  it("takes the slowest of the calls that a stage makes side by side", () => {
    const leaves = 100;
    const idle = { rate: 1, servers: 1000, requests: 400_000, random: createRandom(5) };
    const outcome = simulateQueue({ ...idle, stages: [{ mean: 0.01, fanOut: leaves }] });
    const quantile = (q: number): number => -0.01 * Math.log(1 - q ** (1 / leaves));
    expect(outcome.p50 / quantile(0.5)).toBeCloseTo(1, 2);
    expect(outcome.p99 / quantile(0.99)).toBeCloseTo(1, 1);
    const harmonicNumber = Array.from({ length: leaves }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
    expect(outcome.mean / (0.01 * harmonicNumber)).toBeCloseTo(1, 2);
  });

  it("adds stages, whose 99th percentiles do not add up", () => {
    const idle = { rate: 1, servers: 1000, requests: 400_000, random: createRandom(5) };
    const outcome = simulateQueue({ ...idle, stages: [{ mean: 0.01 }, { mean: 0.01 }] });
    // Two exponentials in a row are a gamma of shape 2, whose 99th percentile is 6.638 means; 2 x 4.605 is 9.21.
    expect(outcome.p99 / 0.06638).toBeCloseTo(1, 1);
    expect(outcome.mean).toBeCloseTo(0.02, 4);
  });

  it("counts a single request, which finds every server free", () => {
    const single = { rate: 1, servers: 1, stages: [{ mean: 0.01 }], requests: 1, random: createRandom(1) };
    const outcome = simulateQueue(single);
    expect(outcome.waited).toBe(0);
    expect(outcome.mean).toBeGreaterThan(0);
    expect(() => simulateQueue({ ...single, requests: 0 })).toThrow("above 0");
  });

  it("shows an overload instead of hiding it, gives the same numbers for the same seed, and refuses nonsense", () => {
    const overload = { rate: 200, servers: 1, stages: [{ mean: 0.01 }], requests: 50_000 };
    const outcome = simulateQueue({ ...overload, random: createRandom(1) });
    expect(outcome.utilization).toBeGreaterThan(1);
    expect(simulateQueue({ ...overload, random: createRandom(1) })).toEqual(outcome);
    expect(() => simulateQueue({ ...overload, rate: 0, random: createRandom(1) })).toThrow("above 0");
  });
});
