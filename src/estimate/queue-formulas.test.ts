import { describe, expect, it } from "vitest";
import { binomialTail } from "./binomial-tail.ts";
import { erlangB, erlangC } from "./erlang.ts";
import { harmonic } from "./harmonic.ts";
import { responseQuantile, responseTail } from "./response-time.ts";

/** The stationary distribution of a birth-death chain, summed term by term: a second way to Erlang's formulas. */
function waitingChance(load: number, servers: number): number {
  let weight = 1;
  let below = 0;
  for (let n = 0; n < servers; n++) {
    below += weight;
    weight *= load / (n + 1);
  }
  const above = weight / (1 - load / servers);
  return above / (below + above);
}

describe("Erlang's formulas", () => {
  it.each([
    [9, 12],
    [0.5, 1],
    [40, 50],
    [99, 100],
  ])("agree with the birth-death chain at %d erlang on %d servers", (load, servers) => {
    expect(erlangC(load, servers)).toBeCloseTo(waitingChance(load, servers), 12);
  });

  it("lose everything without servers and nothing without load", () => {
    expect(erlangB(3, 0)).toBe(1);
    expect(erlangB(0, 5)).toBe(0);
  });

  it("are undefined at full load, for parts of a server and for millions of them", () => {
    expect(erlangC(12, 12)).toBeNaN();
    expect(erlangB(3, 1.5)).toBeNaN();
    expect(erlangB(3, 2e6)).toBeNaN();
    expect(erlangB(-1, 2)).toBeNaN();
  });
});

describe("the response time of a queue", () => {
  /** The tail as the integral of the waiting density against the service tail, by the trapezoid rule. */
  function tailByIntegral(rate: number, mu: number, servers: number, t: number): number {
    const waits = waitingChance(rate / mu, servers);
    const decay = servers * mu - rate;
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i <= steps; i++) {
      const w = (t * i) / steps;
      sum += (i === 0 || i === steps ? 0.5 : 1) * decay * Math.exp(-decay * w) * Math.exp(-mu * (t - w));
    }
    return (1 - waits) * Math.exp(-mu * t) + waits * ((sum * t) / steps + Math.exp(-decay * t));
  }

  it.each([
    [90, 10, 12, 0.3],
    [10, 10, 2, 0.2],
    [10.000001, 10, 2, 0.2],
    [119, 10, 12, 1.5],
    [0.9, 1, 1, 20],
  ])("at %d/s, service %d/s, %d servers, beyond %d s is the integral over the wait", (rate, mu, servers, t) => {
    expect(responseTail(rate, 1 / mu, servers, t)).toBeCloseTo(tailByIntegral(rate, mu, servers, t), 6);
  });

  it("has a quantile whose tail is what was asked for", () => {
    for (const q of [0.5, 0.99, 0.999, 0.999999]) {
      const t = responseQuantile(90, 0.1, 12, q);
      expect(responseTail(90, 0.1, 12, t) / (1 - q)).toBeCloseTo(1, 8);
    }
    expect(responseQuantile(80, 0.01, 1, 0.99)).toBeCloseTo(Math.log(100) / 20, 10);
    // Close to full load the wait is longest: 9.9 erlang on 10 servers.
    const slow = responseQuantile(9.9, 1, 10, 0.99);
    expect(slow).toBeGreaterThan(30);
    expect(responseTail(9.9, 1, 10, slow)).toBeCloseTo(0.01, 8);
    expect(responseQuantile(90, 0.1, 12, 0)).toBe(0);
    expect(responseQuantile(90, 0.1, 12, -0.1)).toBeNaN();
    expect(responseQuantile(90, 0, 12, 0.5)).toBeNaN();
    expect(responseQuantile(90, 0.1, 12, 1)).toBeNaN();
    expect(responseQuantile(120, 0.1, 12, 0.9)).toBeNaN();
  });
});

describe("harmonic numbers", () => {
  it.each([0.5, 0.8, 1, 1.2, 2])("of s = %d equal the plain sum", (s) => {
    let sum = 0;
    for (let i = 200_000; i >= 1; i--) sum += i ** -s;
    expect(harmonic(200_000, s) / sum).toBeCloseTo(1, 12);
  });

  it("of huge n approach the zeta function, or grow with the logarithm", () => {
    expect(harmonic(1e18, 2)).toBeCloseTo(Math.PI ** 2 / 6, 12);
    expect(harmonic(1e15, 1)).toBeCloseTo(Math.log(1e15) + 0.5772156649015329, 10);
    expect(harmonic(-1, 1)).toBeNaN();
  });
});

describe("at least k of n", () => {
  it("equals the sum of binomials", () => {
    expect(binomialTail(3, 5, 0.99)).toBeCloseTo(10 * 0.99 ** 3 * 0.01 ** 2 + 5 * 0.99 ** 4 * 0.01 + 0.99 ** 5, 14);
    expect(binomialTail(0, 5, 0.2)).toBe(1);
    expect(binomialTail(5, 5, 0.2)).toBeCloseTo(0.2 ** 5, 14);
  });

  it("does not overflow, and refuses what is no count", () => {
    expect(binomialTail(49_000, 50_000, 0.99)).toBeCloseTo(1, 6);
    expect(binomialTail(6, 5, 0.5)).toBeNaN();
    expect(binomialTail(1, 5, 1.5)).toBeNaN();
  });
});
