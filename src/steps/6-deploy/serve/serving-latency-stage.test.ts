import { expect, it } from "vitest";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { measureServing, type ServingPlan } from "./serving-latency-stage.ts";

/** A path of two steps that take 1 ms and 4 ms by a clock that only they move; the processor is theirs for a share of that. */
function serve(more: Partial<ServingPlan<null>>, processorShare?: number) {
  let now = 0;
  const worked = processorShare === undefined ? {} : { worked: () => now * processorShare };
  const environment = { ...sealedEnvironment, stopwatch: { now: () => now, ...worked } };
  const step = (name: string, seconds: number) => ({
    name,
    serve: () => {
      now += seconds;
    },
  });
  const plan = { path: null, budget: {}, p99: null, peak: null, replicas: null, concurrency: null, ...more };
  const input = () => {
    throw new Error("nothing is read");
  };
  return measureServing(plan, { input, environment }, async () => ({
    requests: 3,
    steps: [step("fast", 0.001), step("slow", 0.004)],
  }));
}

it("a budget that is kept does not fire, one that is broken does, and one of no step is not measured", async () => {
  const { alerts } = await serve({ budget: { fast: 0.002, slow: 0.002, network: 0.01 }, p99: 0.014 });
  expect(alerts.map(({ metric, fires }) => [metric, fires])).toEqual([
    ["latency p99 of fast", false],
    ["latency p99 of slow", true],
    ["latency p99 of network", null],
    ["latency p99 of the request", true],
  ]);
  expect(alerts[3].measured).toBeCloseTo(0.015, 9);
  const kept = await serve({ budget: { network: 0.01 }, p99: 0.016 });
  expect(kept.alerts.at(-1)?.fires).toBe(false);
});

it("the figures are those of each step and of the whole, and load is peak times mean over the slots", async () => {
  const { figures } = await serve({ peak: 100, replicas: 2, concurrency: 1 });
  const value = (name: string, subject: string) =>
    figures.find((one) => one.name === name && one.subject === subject)?.value;
  expect(value("latency p99", "fast")).toBeCloseTo(0.001, 9);
  expect(value("latency p50", "slow")).toBeCloseTo(0.004, 9);
  expect(value("latency p99", "request")).toBeCloseTo(0.005, 9);
  expect(value("busy cores at peak", "design")).toBeCloseTo(0.5, 9);
  expect(value("utilization at peak", "design")).toBeCloseTo(0.25, 9);
});

it("budgets that add up to more than step 1 allows are warned of", async () => {
  const text = async (p99: number) =>
    (await serve({ budget: { fast: 0.01, slow: 0.02 }, p99 })).remarks.filter(({ kind }) => kind === "warning");
  expect(await text(0.02)).toHaveLength(1);
  expect(await text(0.04)).toHaveLength(0);
});

it("a budget that is broken on a busy machine is not settled, and one that is kept there is kept", async () => {
  const verdicts = async (p99: number, share: number) => {
    const { alerts, figures } = await serve({ budget: { slow: 0.002 }, p99 }, share);
    expect(figures.find(({ name }) => name === "processor share")?.value).toBeCloseTo(Math.min(1, share), 9);
    return alerts.map(({ fires, verdict }) => [fires, verdict]);
  };
  expect(await verdicts(0.004, 0.5)).toEqual([
    [false, "not settled"],
    [false, "not settled"],
  ]);
  expect(await verdicts(0.006, 0.5)).toEqual([
    [false, "not settled"],
    [false, undefined],
  ]);
  // Helper threads of the engine count too: no share is above 1.
  expect(await verdicts(0.004, 1.4)).toEqual([
    [true, undefined],
    [true, undefined],
  ]);
  const { alerts } = await serve({ p99: 0.004 }, 0.5);
  expect(alerts[0].note).toContain("other programs had the processor too (this one 50% of the time)");
});
