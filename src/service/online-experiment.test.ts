import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { createRandom } from "../core/random.ts";
import { openExperimentSwitch } from "./experiment-switch.ts";
import { openExposureLog } from "./exposure-log.ts";
import { type ExperimentPlan, openOnlineExperiment } from "./online-experiment.ts";

const PLAN: ExperimentPlan = {
  salt: "movies/click-through rate",
  shares: [0.5, 0.5],
  traffic: 1,
  treated: 1,
  alpha: 0.05,
  sampleRatioAlpha: 0.001,
  slow: 0.1,
};
const GOOD = { isFailed: false, isDegraded: false, seconds: 0.01 };

function experiment(parts: Partial<ExperimentPlan> = {}, folder = temporaryFolder()) {
  const reasons: string[] = [];
  const log = openExposureLog(join(folder, "exposures.csv"));
  const kept = openExperimentSwitch(join(folder, "experiment.json"));
  const opened = openOnlineExperiment({ ...PLAN, ...parts }, log, kept, (one) => reasons.push(one));
  return { ...{ log, reasons, folder }, opened };
}

const units = Array.from({ length: 2000 }, (_, at) => `member ${at}`);

describe("an experiment on live traffic", () => {
  it("gives a unit the same arm over restarts, in the planned shares", () => {
    const { opened, folder } = experiment({ shares: [0.8, 0.2] });
    const arms = units.map((unit) => opened.assign(unit));
    const control = arms.filter(({ variant }) => variant === 0).length;
    // Four standard errors of a binomial share.
    expect(Math.abs(control / units.length - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / units.length));
    const again = experiment({ shares: [0.8, 0.2] }, folder).opened;
    expect(units.map((unit) => again.assign(unit))).toEqual(arms);
    const other = experiment({ salt: "another", shares: [0.8, 0.2] }).opened;
    expect(units.map((unit) => other.assign(unit))).not.toEqual(arms);
  });

  it("keeps who took part, in the same arm, while its traffic grows", () => {
    const [small, large] = [experiment({ traffic: 0.1 }).opened, experiment({ traffic: 0.5 }).opened];
    const part = units.filter((unit) => small.assign(unit).arm !== null);
    expect(part.length).toBeGreaterThan(120);
    expect(part.length).toBeLessThan(290);
    for (const unit of part) expect(large.assign(unit)).toEqual(small.assign(unit));
    for (const unit of units) if (small.assign(unit).arm === null) expect(small.assign(unit).variant).toBe(0);
  });

  it("has no unit in common with one that begins where it ends in the same layer, and its share of those of another layer", () => {
    const takes = (salt: string, layer: string, from: number) => {
      const { opened } = experiment({ salt, traffic: 0.4, layer: { name: layer, from } });
      return new Set(units.filter((unit) => opened.assign(unit).arm !== null));
    };
    const [one, next, other] = [takes("a", "ranking", 0.1), takes("b", "ranking", 0.5), takes("c", "page", 0.1)];
    expect([...one].filter((unit) => next.has(unit))).toEqual([]);
    const both = [...one].filter((unit) => other.has(unit)).length;
    // Four standard errors of a binomial share.
    const bound = (share: number) => 4 * Math.sqrt((share * (1 - share)) / units.length);
    for (const { size } of [one, next, other]) expect(Math.abs(size / units.length - 0.4)).toBeLessThan(bound(0.4));
    expect(Math.abs(both / units.length - 0.16)).toBeLessThan(bound(0.16));
  });

  it("writes an exposure once and outcomes only of those who were shown something, and goes on behind a cut row", () => {
    const { opened, log, folder } = experiment();
    const odd = 'a,"b"\nc';
    for (const unit of ["m1", "m1", odd]) opened.expose(unit, opened.assign(unit), 5);
    opened.outcome("m1", 6, 1);
    opened.outcome("stranger", 6, 1);
    const { arm } = opened.assign("m1");
    expect(readFileSync(log.path, "utf8").split("\n").slice(0, 2)).toEqual(["unit,arm,time,value", `m1,${arm},5,0`]);
    expect(readFileSync(log.path, "utf8").trim().split("\n")).toHaveLength(4);
    appendFileSync(log.path, "m9,con");
    const again = openExposureLog(join(folder, "exposures.csv"));
    expect(again.count("control") + again.count("treated")).toBe(2);
    again.expose("m1", "control", 9);
    expect(readFileSync(log.path, "utf8").trim().split("\n")).toHaveLength(4);
    expect(again.forget("m1")).toBe(2);
    expect(readFileSync(log.path, "utf8")).not.toContain("m1");
  });

  it("is stopped by harm that is certain, says which, and stays stopped over a restart", () => {
    for (const [name, harm] of [
      ["failed answers", { ...GOOD, isFailed: true }],
      ["degraded answers", { ...GOOD, isDegraded: true }],
      ["slow answers", { ...GOOD, seconds: 0.11 }],
    ] as const) {
      const { opened, reasons, folder } = experiment();
      const random = createRandom(1, name);
      for (const unit of units) {
        const shown = opened.assign(unit);
        opened.answered(unit, shown, shown.arm === "treated" && random.uniform() < 0.3 ? harm : GOOD);
      }
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatch(new RegExp(`^${name}: (2|3)\\d(\\.\\d)?% of the treated, 0% of the control`, "u"));
      expect(opened.assign("member 1")).toEqual({ variant: 0, arm: null });
      expect(experiment({}, folder).opened.stopped).toBe(reasons[0]);
      expect(experiment({ salt: "the next one" }, folder).opened.stopped).toBeUndefined();
    }
  });

  it("is stopped by the note's own percentile of the latency, though no answer is slow by its limit", () => {
    const { opened, reasons } = experiment({ latencies: [{ name: "p99 latency", rank: 0.99, margin: 0.005 }] });
    for (let round = 0; round < 20 && reasons.length === 0; round++)
      for (const unit of units) {
        const shown = opened.assign(unit);
        opened.answered(unit, shown, { ...GOOD, seconds: shown.arm === "treated" ? 0.02 : 0.01 });
      }
    expect(reasons).toEqual([
      "p99 latency: 100% of the treated answers took more than 15 ms, 0% of the control's more than 10 ms",
    ]);
  });

  it("rings no bell where both arms are alike, however often it looks", () => {
    let stops = 0;
    for (let run = 0; run < 20; run++) {
      const { opened, reasons } = experiment({ salt: `run ${run}` });
      const random = createRandom(run, "quiet");
      for (const unit of units)
        opened.answered(
          unit,
          opened.assign(unit),
          random.uniform() < 0.05 ? { ...GOOD, seconds: 1, isDegraded: true } : GOOD,
        );
      stops += reasons.length;
    }
    // 20 runs at 5 %: four or more stops come with probability 0.016.
    expect(stops).toBeLessThan(4);
  });

  it("is stopped by arms that did not get their planned share of the units, and by nothing while they do", () => {
    const { opened, log, reasons } = experiment();
    for (const unit of units) opened.expose(unit, opened.assign(unit), 1);
    expect([opened.hasSampleRatioAlarm, reasons]).toEqual([false, []]);
    // A redirect that loses treated units before they are shown anything.
    const later = Array.from({ length: 4000 }, (_, at) => `later ${at}`);
    for (const unit of later) {
      const shown = opened.assign(unit);
      if (shown.arm !== "treated" || opened.stopped !== undefined) opened.expose(unit, shown, 2);
    }
    expect(opened.hasSampleRatioAlarm).toBe(true);
    expect(reasons).toHaveLength(1);
    expect(reasons[0]).toMatch(/^sample ratio: \d+ and \d+ units were shown the arms, planned 50% and 50%$/u);
    expect(log.count("control") - log.count("treated")).toBeLessThan(400);
    expect(opened.assign("anybody")).toEqual({ variant: 0, arm: null });
  });
});
