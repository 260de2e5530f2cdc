/** What every source of a monitor must hold, whatever its form of task: an answer to each alert, in its order, that follows from the limit and is never made up. */

import { describe, expect, it } from "vitest";
import { unwrap } from "../../src/core/outcome.ts";
import { parseCondition } from "../../src/design/condition.ts";
import { alertsOf } from "../../src/steps/7-monitor/alerts.ts";
import { alertsStage } from "../../src/steps/7-monitor/health/alerts-stage.ts";
import type { MonitorSource } from "../../src/steps/7-monitor/health/monitor-source.ts";
import { parseDesign } from "../../src/steps/design.ts";
import type { Plain } from "../../src/system/plain-data.ts";
import type { AlertOutcome, StageResult } from "../../src/system/stage.ts";
import { runAgain, type StoredResults } from "./stored-run.ts";

export interface MonitorContract<Watched> {
  readonly source: MonitorSource<Watched> & { readonly watched: Plain<Watched> };
  readonly results: StoredResults;
  /** A feature of the task that the drift stage watches. */
  readonly feature: string;
}

export function describeMonitorSource<Watched>(name: string, open: () => Promise<MonitorContract<Watched>>): void {
  /** Holds the alerts that a section 7 of these lines states. */
  const hold = async (lines: readonly string[], triggers: readonly string[] = []): Promise<StageResult> => {
    const { source, results } = await open();
    const note = [
      "---",
      "heptad: 1",
      "title: t",
      "system: s",
      "---",
      "## 7. Monitoring",
      "```yaml",
      ...lines,
      "```",
      "",
    ];
    const { design } = parseDesign(note.join("\n"), "note.md");
    if (design === undefined) throw new Error("the note is no design");
    const when = triggers.map((text) => unwrap(parseCondition(text)));
    return runAgain(alertsStage(alertsOf(design), when, source, { peak: 100, replicas: 2 }), results);
  };
  /** The drift of the watched feature held against several conditions at once. */
  const drift = async (...conditions: readonly string[]): Promise<readonly AlertOutcome[]> => {
    const { feature } = await open();
    const alerts = conditions.map(
      (text) => `  - { metric: psi, of: ${feature}, alert: "${text}", owner: team, action: look }`,
    );
    return (await hold(["drift:", ...alerts])).alerts;
  };

  describe(`${name} as the source of a monitor`, () => {
    it("answers each alert once, in the order of the note, the triggers of a retraining last", async () => {
      const { feature } = await open();
      const { alerts, remarks } = await hold(
        [
          "health:",
          '  - { metric: error rate, alert: "> 1%", owner: on-call, action: roll back }',
          "drift:",
          `  - { metric: psi, of: ${feature}, alert: "> 0.2", owner: team, action: look }`,
          "quality:",
          '  - { metric: no such thing, alert: "< 3", owner: team, action: look }',
        ],
        ["psi > 0.2"],
      );
      expect(alerts.map(({ metric, condition, owner }) => `${metric} ${condition} ${owner}`)).toEqual([
        "error rate > 1% on-call",
        `psi of ${feature} > 0.2 team`,
        "no such thing < 3 team",
        "psi > 0.2 retraining",
      ]);
      expect(alerts.map(({ kind, step }) => `${kind} ${step}`)).toEqual(Array.from({ length: 4 }, () => "alert 7"));
      expect(remarks[0].text).toMatch(/^Of 4 conditions, \d would fire on what this run measured/u);
    });

    it("says of what it does not know that it was not measured, and why", async () => {
      const { alerts } = await hold([
        "quality:",
        '  - { metric: happiness, alert: "> 3", owner: team, action: look }',
        "drift:",
        '  - { metric: psi, of: no_such_feature, alert: "> 0.2", owner: team, action: look }',
      ]);
      for (const alert of alerts) {
        expect(alert).toMatchObject({ measured: null, fires: null, verdict: "not measured" });
        expect(alert.note).not.toBe("");
      }
    });

    it("never gives a number that is none, and fires exactly where its verdict says so", async () => {
      const { alerts, figures } = await hold(
        ["health:", '  - { metric: latency p99, alert: "> 0 ms", owner: on-call, action: look }'],
        ["psi > 0.1"],
      );
      for (const { measured, fires, verdict } of alerts) {
        if (measured !== null) expect(Number.isFinite(measured)).toBe(true);
        expect(fires).toBe(verdict === "not measured" ? null : verdict === "fires");
      }
      for (const { value } of figures) expect(Number.isFinite(value)).toBe(true);
    });

    it("measures the same drift whatever the limit, and is quiet above what it measured", async () => {
      const [{ measured }] = await drift("> 0.2");
      if (measured === null) throw new Error("the drift was not measured");
      expect(measured).toBeGreaterThan(0);
      const [above, below, inside] = await drift(`> ${2 * measured}`, `> ${measured / 2}`, `< ${2 * measured}`);
      expect([above, below, inside].map((one) => one.measured)).toEqual([measured, measured, measured]);
      expect(above).toMatchObject({ fires: false, verdict: "quiet" });
      // Above its limit it fires, or what is measured may be chance.
      expect(["fires", "not settled"]).toContain(below.verdict);
      expect(inside.verdict).not.toBe("quiet");
    });

    it("says the same again", async () => {
      const lines = ["drift:", '  - { metric: psi, alert: "> 0.2", owner: team, action: look }'];
      expect(await hold(lines)).toEqual(await hold(lines));
    });
  });
}
