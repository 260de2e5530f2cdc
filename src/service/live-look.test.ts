/** Looks at a live service, and its alerts. */

import { expect, test } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { liveAlerts } from "./live-alerts.ts";
import { between, type Look, lookBefore, withLook } from "./live-look.ts";
import { liveView } from "./live-view.ts";
import { readMetrics } from "./read-metrics.ts";

/** Counters of a service that answered `ok` requests in 20 ms and `failed` of them with 500, and was looked at `looks` times. */
function look(at: number, ok: number, failed = 0, more = ""): Look {
  const all = ok + failed;
  return {
    at,
    samples: readMetrics(`heptad_requests_total{path="/recommend",status="200"} ${ok}
heptad_requests_total{path="/recommend",status="500"} ${failed}
heptad_other_requests_total{path="/metrics",status="200"} ${at}
heptad_request_seconds_bucket{path="/recommend",le="0.01"} 0
heptad_request_seconds_bucket{path="/recommend",le="0.02"} ${all}
heptad_request_seconds_bucket{path="/recommend",le="+Inf"} ${all}
heptad_cpu_seconds_total ${at / 10}
heptad_memory_bytes 100000000
${more}`),
  };
}

function noteOf(monitor: string, clarify = ""): NonNullable<ReturnType<typeof parseDesign>["design"]> {
  const text = `---\nheptad: 1\ntitle: A feed\nsystem: recommendation\n---\n\n## 1. Clarify\n\n\`\`\`yaml\nlatency: { p99: 100 ms }\navailability: 99.9%\n${clarify}\n\`\`\`\n\n## 7. Monitor and maintain\n\n\`\`\`yaml\n${monitor}\n\`\`\`\n`;
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is a design");
  return design;
}

test("what was asked between two looks is counted by the system's own endpoints alone", () => {
  const seen = between(look(10, 100, 1), look(70, 400, 4));
  expect([seen.seconds, seen.requests, seen.failed, seen.cpu, seen.latency(0.5)]).toEqual([60, 303, 3, 6, 0.02]);
  expect(between(look(0, 5), look(9, 5)).latency(0.99)).toBeNaN();
});

test("a window is the newest look before it, and one that was not watched long enough says so", () => {
  const looks = [0, 2, 4, 6, 8].map((at) => look(at, at));
  expect([lookBefore(looks, 3).look.at, lookBefore(looks, 3).isWhole]).toEqual([4, true]);
  expect([lookBefore(looks, 8).look.at, lookBefore(looks, 8).isWhole]).toEqual([0, true]);
  expect([lookBefore(looks, 9).look.at, lookBefore(looks, 9).isWhole]).toEqual([0, false]);
});

test("of many looks the newer ones stay, and every second of the older ones", () => {
  let looks: readonly Look[] = [];
  for (let at = 0; at < 5000; at++) looks = withLook(looks, { at, samples: [] });
  expect(looks.length).toBeLessThanOrEqual(600);
  expect(looks.at(-1)?.at).toBe(4999);
  expect(looks.at(-2)?.at).toBe(4998);
  expect(looks[0].at).toBe(0);
  for (let i = 1; i < looks.length; i++) expect(looks[i].at).toBeGreaterThan(looks[i - 1].at);
});

test("an alert is touched while its condition holds, fires after its `for:`, and is quiet again at once", () => {
  const design = noteOf(
    'health:\n  - { metric: error rate, alert: "> 1%", for: 1 m, window: 10 s, action: roll back }',
  );
  const since = new Map<string, number>();
  const looks: Look[] = [];
  const states: string[] = [];
  let [ok, failed] = [0, 0];
  for (let at = 0; at <= 150; at += 10) {
    ok += 90;
    failed += at > 20 && at <= 100 ? 10 : 0;
    looks.push(look(at, ok, failed));
    states.push(liveAlerts(design, looks, since)[0]?.state ?? "-");
  }
  expect(states.join(" ")).toBe(
    "- quiet quiet touched touched touched touched touched touched fires fires quiet quiet quiet quiet quiet",
  );
});

test("a burn rate needs both of its windows, latency reads the bound of its bucket, and what no metric tells is said", () => {
  const design = noteOf(
    [
      "health:",
      "  - { metric: error rate, burn-rate: 14.4x, window: 60 s, short-window: 10 s, action: roll back }",
      '  - { metric: latency p99, alert: "> 15 ms", action: look }',
      "quality:",
      '  - { metric: ndcg@10, alert: "drop > 5%", window: 7 d, lag: 7 d, action: roll back }',
      "drift:",
      '  - { metric: psi, on: prediction, alert: "> 0.2", action: look }',
    ].join("\n"),
  );
  const of = (looks: readonly Look[]) =>
    Object.fromEntries(liveAlerts(design, looks, new Map()).map((one) => [one.path, one]));
  const psi = 'heptad_drift_psi{of="prediction"} 0.31\nheptad_drift_psi{of="age"} 0.9';
  const past = [look(0, 0), look(50, 500, 50), look(60, 600, 50, psi)];
  const alerts = of(past);
  // Five of sixty-five failed over the minute, none in the last ten seconds.
  expect(alerts["7.health[0]"]).toMatchObject({ state: "quiet", value: 0 });
  expect(alerts["7.health[1]"]).toMatchObject({ state: "fires", value: 0.02, unit: "s" });
  expect(alerts["7.drift[0]"]).toMatchObject({ state: "fires", value: 0.31 });
  expect(alerts["7.quality[0]"]).toMatchObject({ state: "none", why: expect.stringContaining("labels") });
  const now = of([look(0, 0), look(50, 500), look(60, 500, 50)]);
  expect(now["7.health[0]"]).toMatchObject({ state: "fires", value: 50 / 550 });
  expect(now["7.drift[0]"]).toMatchObject({ state: "none" });
  expect(liveAlerts(design, [look(0, 0)], new Map())).toEqual([]);
});

test("the view holds the figures of the last minute, and latency since the start beside its limit", () => {
  const design = noteOf("health: []");
  const stage = (count: number): string =>
    `heptad_stage_seconds_count{stage="ranking"} ${count}\nheptad_stage_seconds_bucket{stage="ranking",le="0.005"} ${count}\nheptad_stage_seconds_bucket{stage="ranking",le="+Inf"} ${count}`;
  const looks = [look(0, 40, 0, stage(40)), look(100, 100, 0, stage(100)), look(170, 300, 3, stage(200))];
  const view = liveView(design, looks, new Map());
  expect(view).toMatchObject({ seconds: 70, requests: 203, failed: 3, all: 303, memory: 100_000_000 });
  expect(view?.latency).toEqual([
    { name: "the whole", n: 263, p50: 0.02, p99: 0.02, limit: 0.1 },
    { name: "ranking", n: 160, p50: 0.005, p99: 0.005, limit: undefined },
  ]);
  expect(liveView(design, looks.slice(0, 1), new Map())).toBeUndefined();
});

test("a latency beyond the last bucket fires without a number, since none stands in JSON for it", () => {
  const design = noteOf(
    'health:\n  - { metric: latency p99, alert: "> 100 ms", for: 0 s, window: 10 s, action: look }',
  );
  const late = (at: number, all: number): Look => ({
    at,
    samples: readMetrics(`heptad_requests_total{path="/recommend",status="200"} ${all}
heptad_request_seconds_bucket{path="/recommend",le="2.5"} 0
heptad_request_seconds_bucket{path="/recommend",le="+Inf"} ${all}
heptad_drift_psi{of="age"} NaN`),
  });
  const view = liveView(design, [late(0, 0), late(20, 50)], new Map());
  expect(view?.alerts[0]).toMatchObject({ state: "fires", unit: "s" });
  expect([view?.alerts[0].value, view?.drift]).toEqual([undefined, []]);
  expect(JSON.stringify(view)).not.toContain("null");
});

test("an alert on a number that the service has not is not measured, and never quiet", () => {
  const design = noteOf("data-quality: [freshness]", "freshness: 1 d");
  const of = (age: string) =>
    liveAlerts(
      design,
      [0, 20].map((at) => ({ at, samples: readMetrics(`heptad_newest_event_age_seconds ${age}`) })),
      new Map(),
    ).map(({ metric, condition, state, unit }) => [metric, condition, state, unit]);
  expect(of("NaN")).toEqual([["time without a new event", "> 24 h", "none", "age"]]);
  // What a gauge says is the age, and no bound of it.
  expect(of("60")).toEqual([["time without a new event", "> 24 h", "quiet", "age"]]);
});
