import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../core/random.ts";
import { parseDesign } from "../steps/design.ts";
import { openAlertWatch } from "./alert-watch.ts";
import { openDriftWatch } from "./drift-watch.ts";
import type { ExposureLog } from "./exposure-log.ts";
import { openOnlineExperiment } from "./online-experiment.ts";
import { readMetrics } from "./read-metrics.ts";
import { createServiceMetrics } from "./service-metrics.ts";
import { openTurn } from "./stage-turn.ts";

const { design } = parseDesign(readFileSync("designs/movie-recommendations.md", "utf8"), "movies.md");
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The note's own: values of a window of drift. */
const WINDOW = 10_000;
const BUDGET = { candidates: 0.02, ranking: 0.03, "re-ranking": 0.005, network: 0.02 };

/** What may go wrong, and when: everything is as it should be where a part is left out. */
interface Fault {
  /** Seconds that a stage takes. */
  readonly stage?: { readonly name: string; readonly seconds: number };
  /** Seconds that an answer takes outside of its stages. */
  readonly outside?: number;
  /** Added to a feature, or to the prediction. */
  readonly shift?: { readonly of: string; readonly by: number };
  /** Share of the treated that are not written down. */
  readonly lost?: number;
  readonly isFeedStuck?: boolean;
  readonly isStoreDead?: boolean;
}

const FEATURE = "item_mean_rating_90d";

function memoryLog(): ExposureLog {
  const arms = new Map<string, string>();
  const counts = new Map<string, number>();
  return {
    path: "",
    expose(unit, arm) {
      if (arms.has(unit)) return false;
      arms.set(unit, arm);
      counts.set(arm, (counts.get(arm) ?? 0) + 1);
      return true;
    },
    outcome: () => undefined,
    count: (arm) => counts.get(arm) ?? 0,
    written: () => undefined,
  };
}

/**
 * A service on a clock that is only told to go on: its own turns, metrics, drift watch, experiment and alert watch, with requests that take
 * what they are said to take. An hour and ten minutes of quiet, then the fault; gives what rang in the quiet, and for each alert the seconds
 * from the fault to its ringing.
 */
async function drill(fault: Fault, seconds: number, { perMinute = 200, lookEvery = MINUTE, healed = 0 } = {}) {
  if (design === undefined) throw new Error("the note is no design");
  const random: Random = createRandom(5, "drill");
  const clock = { now: 1_700_000_000 };
  const start = clock.now;
  const planted = start + HOUR + 10 * MINUTE;
  const end = planted + seconds;
  const metrics = createServiceMetrics();
  let newest = clock.now;
  metrics.gauge("heptad_newest_event_age_seconds", "age", () => clock.now - newest);
  const normal = (mean: number): number => mean + random.normal();
  const profile = new Map(
    [FEATURE, "other", "prediction"].map((name) => [name, Float64Array.from({ length: WINDOW }, () => normal(0))]),
  );
  const drift = openDriftWatch(profile, WINDOW);
  metrics.drift(() => new Map([...drift.psi].map(([name, { value }]) => [name, value])));
  const log = memoryLog();
  const experiment = openOnlineExperiment(
    { salt: "drill", shares: [0.5, 0.5], traffic: 1, treated: 1, alpha: 0.05, sampleRatioAlpha: 0.001, slow: 0.1 },
    log,
    { stopped: () => undefined, stop: () => undefined },
    () => undefined,
  );
  metrics.experiment(() => ({ exposed: new Map(), alarm: experiment.hasSampleRatioAlarm, isStopped: false }));
  const watch = openAlertWatch(design);

  const request = (number: number, broken: Fault): void => {
    if (broken.isStoreDead !== true && broken.isFeedStuck !== true) newest = clock.now;
    metrics.request("/events", broken.isStoreDead === true ? 503 : 200, 0.001);
    const unit = `member ${number}`;
    const shown = experiment.assign(unit);
    const began = clock.now;
    let now = began;
    const turn = openTurn(
      { budget: BUDGET, now: () => now, onStage: metrics.stage },
      { moment: now, variants: [shown.variant] },
    );
    const degraded: string[] = [];
    for (const name of ["candidates", "ranking", "re-ranking"])
      turn.time(name, (isLate) => {
        if (isLate()) degraded.push(`${name}: left out`);
        else now += broken.stage?.name === name ? broken.stage.seconds : 0.002;
      });
    if (degraded.length > 0) metrics.degraded("/recommend", degraded);
    metrics.request("/recommend", 200, now - began + (broken.outside ?? 0.001));
    const isLost = shown.arm === "treated" && broken.lost !== undefined && random.uniform() < broken.lost;
    if (!isLost) experiment.expose(unit, shown, clock.now);
    const value = (of: string): number => normal(broken.shift?.of === of ? broken.shift.by : 0);
    if (degraded.length === 0) drift.observe(new Map([...profile.keys()].map((name) => [name, value(name)])));
  };

  const inQuiet: string[] = [];
  const rang = new Map<string, number>();
  const ended = new Map<string, number>();
  let number = 0;
  for (; clock.now < end; clock.now += lookEvery) {
    const isBroken = clock.now >= planted && (healed === 0 || clock.now < planted + healed);
    for (let i = (perMinute * lookEvery) / MINUTE; i > 0; i--) request(number++, isBroken ? fault : {});
    for (const { alert, isRinging } of watch.look({ at: clock.now, samples: readMetrics(await metrics.peek()) })) {
      if (!isRinging) ended.set(alert.path, clock.now - planted);
      else if (clock.now < planted) inQuiet.push(alert.path);
      else rang.set(alert.path, clock.now - planted);
    }
  }
  metrics.close();
  return { inQuiet, rang, ended };
}

/** Nothing before the fault, then these alerts and no other, each within its bound. */
async function expectAlarm(alerts: Readonly<Record<string, number>>, ...drilled: Parameters<typeof drill>) {
  const { inQuiet, rang } = await drill(...drilled);
  expect(inQuiet).toEqual([]);
  expect([...rang.keys()].sort()).toEqual(Object.keys(alerts).sort());
  for (const [path, seconds] of rang) expect(seconds).toBeLessThanOrEqual(alerts[path]);
}

describe("a drill on a clock that is told to go on", () => {
  it("rings nothing in three quiet hours", async () => {
    const { inQuiet, rang } = await drill({}, 2 * HOUR);
    expect([...inQuiet, ...rang.keys()]).toEqual([]);
  });

  it("of a feature that drifts rings that feature's alert, by the second whole window at the latest", () =>
    expectAlarm({ "7.drift[0]": 100 * MINUTE }, { shift: { of: FEATURE, by: 0.7 } }, 110 * MINUTE));

  it("of a stage that is slow rings the fallbacks that the deadline makes of it, and no latency", () =>
    expectAlarm(
      { "7.health[4]": 5 * MINUTE + 10 * MINUTE + MINUTE },
      { stage: { name: "candidates", seconds: 0.06 } },
      40 * MINUTE,
    ));

  it("of answers that are slow outside of their stages rings the latency, and says when it is over", async () => {
    const { inQuiet, rang, ended } = await drill({ outside: 0.25 }, 50 * MINUTE, { healed: 25 * MINUTE });
    expect(inQuiet).toEqual([]);
    expect([...rang.keys()]).toEqual(["7.health[0]"]);
    expect(rang.get("7.health[0]")).toBeLessThanOrEqual(11 * MINUTE);
    // The window of five minutes still holds the last slow answers.
    expect(ended.get("7.health[0]")).toBeGreaterThanOrEqual(25 * MINUTE);
    expect(ended.get("7.health[0]")).toBeLessThanOrEqual(31 * MINUTE);
  });

  it("of exposures of one arm that are lost rings the sample ratio", () =>
    expectAlarm({ "6.experiment": 20 * MINUTE }, { lost: 0.5 }, 30 * MINUTE));

  it("of a feed that is stuck rings the age of the events after the note's day", () =>
    expectAlarm({ "7.data-quality": DAY + 15 * MINUTE }, { isFeedStuck: true }, DAY + HOUR, {
      perMinute: 4,
      lookEvery: 5 * MINUTE,
    }));

  it("of a model that says something else than the one that was judged rings the drift of predictions", () =>
    expectAlarm({ "7.drift[1]": 100 * MINUTE }, { shift: { of: "prediction", by: 0.7 } }, 110 * MINUTE));

  it("of a store that is dead rings the errors, slow and fast, and nothing else", () =>
    expectAlarm({ "7.health[1]": 7 * MINUTE, "7.health[5]": 7 * MINUTE }, { isStoreDead: true }, 30 * MINUTE));
});
