import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { poissonArrivals } from "./arrivals.ts";
import { findRate, type LoadReading } from "./find-rate.ts";
import { sortedQuantile } from "./sorted-quantile.ts";

/** One server that takes `service` seconds for each, asked in order: what a stretch of load would read. */
function queue(service: number, seconds = 200) {
  let stretch = 0;
  const tried: number[] = [];
  const measure = async (rate: number): Promise<LoadReading> => {
    tried.push(rate);
    const arrivals = poissonArrivals(rate, seconds, createRandom(stretch++, "queue"));
    let free = 0;
    const times = arrivals.map((time) => {
      free = Math.max(free, time) + service;
      return free - time;
    });
    times.sort();
    const [p50, p99] = [sortedQuantile(times, 0.5), sortedQuantile(times, 0.99)];
    return { rate, sent: arrivals.length, shed: 0, failed: 0, degraded: 0, p50, p99, slowest: p99, lateness: 0 };
  };
  return { measure, tried };
}

describe("the rate that holds", () => {
  it("is where the 99th percentile of a queue passes the limit", async () => {
    // M/D/1 with D = 10 ms: P(W > x) is about (1 - r) / (r e^u - 1) e^(-u x / D) with r (e^u - 1) = u, and 1 % of W + D pass 50 ms at r = 0.561.
    const { measure } = queue(0.01);
    const { held, broke } = await findRate({ limit: 0.05, start: 5, most: 1000, measure });
    expect(held?.rate).toBeGreaterThan(49);
    expect(held?.rate).toBeLessThan(58);
    expect(broke?.rate).toBeLessThan(64);
    expect((broke?.rate ?? 0) / (held?.rate ?? 1)).toBeLessThan(1.25);
    expect(held?.p99).toBeLessThanOrEqual(0.05);
    expect(broke?.p99).toBeGreaterThan(0.05);
  });

  it("goes below the start where that does not hold, and says so where nothing does", async () => {
    const { measure } = queue(0.01);
    const { held } = await findRate({ limit: 0.05, start: 640, most: 1000, measure });
    expect(held?.rate).toBeGreaterThan(50);
    const slow = queue(0.1, 2000);
    const none = await findRate({ limit: 0.05, start: 8, most: 1000, measure: slow.measure });
    expect(none.held).toBeUndefined();
    expect(none.broke?.rate).toBe(0.125);
  });

  it("stops at the most that is asked for, which has held twice", async () => {
    const { measure, tried } = queue(0.001);
    const { held, broke } = await findRate({ limit: 0.05, start: 20, most: 100, measure });
    expect([held?.rate, broke]).toEqual([100, undefined]);
    expect(tried).toEqual([20, 40, 80, 100, 100]);
  });

  it("does not believe a rate that held once", async () => {
    let seen = 0;
    const reading = (rate: number, p99: number): LoadReading => ({
      ...{ rate, p99, sent: 1000, shed: 0, failed: 0, degraded: 0, p50: 0.001, slowest: p99, lateness: 0 },
    });
    // 100 holds the first time only.
    const measure = async (rate: number) => reading(rate, rate > 100 || (rate === 100 && seen++ > 0) ? 1 : 0.01);
    const { held, broke } = await findRate({ limit: 0.05, start: 100, most: 100, measure });
    expect(held?.rate).toBeLessThan(100);
    expect(broke?.rate).toBe(100);
  });

  it("does not follow a machine that is good once for long: every step down is larger than the last", async () => {
    const tried: number[] = [];
    const measure = async (rate: number): Promise<LoadReading> => {
      const p99 = tried.includes(rate) ? 1 : 0.01;
      tried.push(rate);
      return { rate, p99, sent: 1000, shed: 0, failed: 0, degraded: 0, p50: 0.001, slowest: p99, lateness: 0 };
    };
    const { held, broke } = await findRate({ limit: 0.05, start: 64, most: 64, measure });
    expect(held).toBeUndefined();
    const rates = [...new Set(tried)];
    const steps = rates.slice(1).map((rate, at) => rates[at] / rate);
    expect(steps.map((step) => step.toFixed(2))).toEqual(["1.10", "1.21", "1.46", "2.14", "4.59"]);
    expect(broke?.rate).toBe(rates.at(-1));
  });
});

/** A service that holds up to a rate, but for the stretches in which it is disturbed. */
function disturbed(most: number, isDisturbed: (stretch: number) => boolean) {
  const tried: number[] = [];
  const measure = async (rate: number): Promise<LoadReading> => {
    const p99 = rate > most ? 1 : isDisturbed(tried.length) ? 0.04 : 0.004;
    tried.push(rate);
    return { rate, p99, sent: 1000, shed: 0, failed: 0, degraded: 0, p50: 0.001, slowest: p99, lateness: 0 };
  };
  return { measure, tried };
}

describe("the rate that holds of a service that makes a snapshot now and then", () => {
  it("is the one without snapshots, where no rate meets two of them", async () => {
    for (let phase = 0; phase < 4; phase++) {
      const { measure, tried } = disturbed(3000, (stretch) => stretch % 4 === phase);
      const { held, broke } = await findRate({ limit: 0.01, start: 1000, most: 64_000, measure });
      expect(held?.rate).toBeLessThanOrEqual(3000);
      expect(broke?.rate).toBeGreaterThan(3000);
      expect((broke?.rate ?? 0) / (held?.rate ?? 1)).toBeLessThan(1.1);
      expect(held?.p99).toBe(0.004);
      expect(tried.length).toBeLessThan(20);
    }
  });

  it("is still named where a snapshot lasts for several stretches, wherever it comes", async () => {
    for (let first = 0; first < 20; first++) {
      for (const lasts of [2, 3, 5, 8]) {
        const { measure } = disturbed(3000, (stretch) => stretch >= first && stretch < first + lasts);
        const { held, broke } = await findRate({ limit: 0.01, start: 1000, most: 64_000, measure });
        expect(held?.rate, `${lasts} from ${first}`).toBeGreaterThan(100);
        expect(held?.p99).toBe(0.004);
        expect((broke?.rate ?? 0) / (held?.rate ?? 1)).toBeLessThanOrEqual(1.1);
      }
    }
  });

  it("is not one that held once of three", async () => {
    const { measure, tried } = disturbed(3000, (stretch) => stretch !== 0);
    const { held } = await findRate({ limit: 0.01, start: 1000, most: 1000, measure });
    expect(held).toBeUndefined();
    expect(tried.slice(0, 3)).toEqual([1000, 1000, 1000]);
  });
});

describe("arrivals by chance", () => {
  it("come at the rate, with gaps like an exponential distribution's, the same for the same seed", () => {
    const times = poissonArrivals(50, 400, createRandom(3, "arrivals"));
    // 20,000 expected; four standard deviations of a Poisson count.
    expect(Math.abs(times.length - 20_000)).toBeLessThan(4 * Math.sqrt(20_000));
    const gaps = times.map((time, at) => time - (at === 0 ? 0 : times[at - 1]));
    expect(gaps.every((gap) => gap > 0)).toBe(true);
    const long = gaps.filter((gap) => gap > 2 / 50).length / gaps.length;
    expect(Math.abs(long - Math.exp(-2))).toBeLessThan(0.01);
    expect(poissonArrivals(50, 400, createRandom(3, "arrivals"))).toEqual(times);
  });
});

describe("a quantile of sorted values", () => {
  it("is the smallest that so many are not above", () => {
    expect(sortedQuantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(sortedQuantile([1, 2, 3, 4], 0.51)).toBe(3);
    expect(sortedQuantile([1, 2, 3, 4], 0)).toBe(1);
    expect(sortedQuantile([1, 2, 3, Number.POSITIVE_INFINITY], 0.99)).toBe(Number.POSITIVE_INFINITY);
    expect(sortedQuantile([], 0.5)).toBeNaN();
  });
});
