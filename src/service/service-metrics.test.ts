import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { countingService } from "../../test/counting-service.ts";
import { createServiceMetrics, type ServiceMetrics } from "./service-metrics.ts";

const hasPromtool = spawnSync("promtool", ["--version"]).error === undefined;

/** Everything that may ever be counted or timed, so that each metric has a sample. */
function fill(metrics: ServiceMetrics): void {
  metrics.request("/decide", 200, 0.01);
  metrics.otherRequest("/model", 200);
  metrics.stage("ranking", 0.01);
  metrics.shed("/decide");
  metrics.degraded("/decide", ["ranking: left out"]);
  metrics.refused({ "bad-time": 1 });
  metrics.experiment(() => ({ exposed: new Map([["control", 1]]), alarm: false, isStopped: false }));
  metrics.drift(() => new Map([["amount", 0.1]]));
  metrics.quality(() => [{ metric: "average precision", value: 0.5, judged: 0.6, n: 100 }]);
  metrics.shadow(() => ({ pairs: 10, difference: 0.1, interval: [0, 0.2] }));
  metrics.skew("m1", { compared: 10, differing: 1 });
  metrics.alert("sent");
  metrics.model("m1", "m2");
}

const typesOf = (text: string) =>
  new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].map(([, name, type]) => [name, type]));

describe("the metrics of a service", () => {
  it("are counters where their names end in _total, and there alone", async () => {
    const metrics = createServiceMetrics("note");
    fill(metrics);
    const types = typesOf(await metrics.text());
    metrics.close();
    expect(types.size).toBeGreaterThan(15);
    for (const [name, type] of types) expect([name, type === "counter"]).toEqual([name, name.endsWith("_total")]);
  });

  it("hold all CPU time of the process, once, however often they are looked at", async () => {
    const metrics = createServiceMetrics("note");
    const cpu = async () => Number(/^heptad_cpu_seconds_total\{note="note"\} (\S+)$/mu.exec(await metrics.text())?.[1]);
    const looks = [await cpu(), await cpu(), await cpu()];
    const { user, system } = process.cpuUsage();
    metrics.close();
    expect(looks[0]).toBeGreaterThan(0);
    expect([...looks].sort((a, b) => a - b)).toEqual(looks);
    expect(looks[2]).toBeLessThanOrEqual((user + system) / 1e6);
  });

  it.runIf(hasPromtool)("are without a fault to `promtool check metrics`", async () => {
    const { app, durable, metrics } = countingService();
    fill(metrics);
    const input = (await app.inject({ method: "GET", url: "/metrics" })).body;
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
    await app.close();
    durable.close();
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });
});
