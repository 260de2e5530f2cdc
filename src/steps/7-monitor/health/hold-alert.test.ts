import { describe, expect, it } from "vitest";
import { monitorSchema } from "../schema.ts";
import { alertFacts, holdAlert } from "./hold-alert.ts";
import { measureServing } from "./measure-serving.ts";

const serving = { mean: 0.004, p50: 0.003, p90: 0.008, p95: 0.01, p99: 0.02, "p99.9": 0.03, failedShare: 0 };

function hold(
  written: Record<string, unknown>,
  kind: "latency" | "error-rate" | "saturation-cpu",
  more: Record<string, number> = {},
) {
  const facts = monitorSchema.parse({ health: [written] }).health?.[0];
  if (facts === undefined) throw new Error("no alert was read");
  const alert = alertFacts({ facts, path: "7.health[0]", kind });
  const measure = () =>
    measureServing(alert, { ...serving, ...more }, { peak: 100, replicas: 2 }) ?? { value: null, unit: "", note: "" };
  return holdAlert(alert, measure);
}

describe("an alert on serving", () => {
  it.each([
    ["latency p50", 0.003],
    ["p95 latency", 0.01],
    ["latency p99.9", 0.03],
    ["median latency", 0.003],
    ["mean latency", 0.004],
    ["latency", 0.02],
  ])("%s is held against that very number", (metric, measured) => {
    expect(hold({ metric, alert: "> 9 ms" }, "latency")).toMatchObject({ measured, fires: measured > 0.009 });
  });

  it("settles nothing beyond its limit where other programs had the processor too", () => {
    const verdict = (alert: string, processorShare: number) =>
      hold({ metric: "latency p99", alert }, "latency", { processorShare }).verdict;
    expect(verdict("> 9 ms", 0.5)).toBe("not settled");
    expect(verdict("> 9 ms", 0.95)).toBe("fires");
    expect(verdict("> 30 ms", 0.5)).toBe("quiet");
    const busy = { processorShare: 0.5, busyShare: 0.8 };
    expect(hold({ metric: "cpu", alert: "> 70%" }, "saturation-cpu", busy)).toMatchObject({
      verdict: "not settled",
      fires: false,
    });
  });

  it("is not measured where the run has no such percentile", () => {
    const outcome = hold({ metric: "latency p97", alert: "> 9 ms" }, "latency");
    expect(outcome).toMatchObject({ measured: null, fires: null });
    expect(outcome.note).toContain("not p97");
  });

  it("of busy cores counts the peak over the replicas", () => {
    expect(hold({ metric: "cpu", alert: "> 10%" }, "saturation-cpu")).toMatchObject({ measured: 0.2, fires: true });
  });

  it("of a burn rate says what it waits for, and what fires it", () => {
    const outcome = hold({ metric: "error rate", "burn-rate": "14.4x", window: "1 h" }, "error-rate");
    expect(outcome).toMatchObject({ condition: "burn rate > 14.4x over 1 h", fires: null });
    expect(outcome.note).toContain("window of production");
  });
});
