/** The stage that plays the contest of rings and models over many seeds: what each way of retraining saves, with intervals, in words and in a picture. */

import type { Chart } from "../../core/chart.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { createRandom, type Random } from "../../core/random.ts";
import {
  bootstrapMean,
  knownInterval,
  type PairedBootstrap,
  pairedBootstrap,
} from "../../steps/5-evaluate/protocols/bootstrap.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { type ArenaRun, playArena, RETRAINING_POLICIES, type RetrainingPolicy } from "./adversary-arena.ts";

export interface AdversaryPlan {
  /** Contests; each has payments and rings of its own, the same under every policy. */
  readonly seeds: number;
  readonly days: number;
  readonly payments: number;
}

export function adversaryStage(plan: AdversaryPlan = { seeds: 10, days: 140, payments: 400 }): Stage {
  return stage({
    name: "adversary",
    step: 7,
    title: "letting fraud rings learn",
    inputs: [],
    data: NO_FILES,
    plan,
    run: playContests,
  });
}

async function playContests(
  { seeds, days, payments }: AdversaryPlan,
  { random, environment }: Pick<StageContext, "random" | "environment">,
): Promise<StageResult> {
  const first = random.uint32();
  const played = new Map<RetrainingPolicy, ArenaRun[]>(RETRAINING_POLICIES.map((policy) => [policy, []]));
  for (let seed = 0; seed < seeds; seed++) {
    environment.progress("letting fraud rings learn", seed, seeds);
    for (const [policy, runs] of played)
      runs.push(await playArena(policy, { days, payments }, createRandom(first, `contest ${seed}`)));
  }
  const summaries = RETRAINING_POLICIES.map((policy) => summarize(policy, played, days, random));
  return stageResult({
    json: { seeds, days },
    figures: summaries.flatMap(({ figures }) => figures),
    remarks: [
      { kind: "assumption", text: SIMULATION },
      ...summaries.map(({ sentence }): Remark => ({ kind: "answer", text: sentence })),
    ],
    charts: [totalChart(played, random.fork("totals")), lossChart(played), savingChart(summaries)],
  });
}

const SIMULATION =
  "the contest is a simulation: three rings change amount, hour, distance and velocity when most of their payments are declined; every payment's label arrives after 7 days, declined ones too; 3% of payments can be declined. It ranks ways of retraining, and foretells no sum of money.";

interface Summary {
  readonly policy: RetrainingPolicy;
  readonly figures: readonly Figure[];
  readonly sentence: string;
  readonly saving: PairedBootstrap | undefined;
}

function summarize(
  policy: RetrainingPolicy,
  played: ReadonlyMap<RetrainingPolicy, readonly ArenaRun[]>,
  days: number,
  random: Random,
): Summary {
  const runs = played.get(policy) ?? [];
  const lossOf = (ones: readonly ArenaRun[]): number[] => ones.map(({ lost }) => sumOf(lost) / days);
  const losses = lossOf(runs);
  const lost = bootstrapMean(losses, { random: random.fork(policy) });
  const add = (name: string, value: number, unit: string, rest: Partial<Figure> = {}): Figure[] =>
    Number.isFinite(value)
      ? [figure({ step: 7, name, subject: policy, slice: "simulated rings", value, unit, n: runs.length, ...rest })]
      : [];
  const pooled = (pick: (run: ArenaRun) => readonly number[]): number => {
    const all = runs.flatMap(pick);
    return all.length === 0 ? Number.NaN : sumOf(all) / all.length;
  };
  const recover = pooled((run) => run.recover);
  const changes = sumOf(runs.map((run) => run.changes));
  const figures = [
    ...add("money lost per day", lost.mean, "", {
      interval: knownInterval(lost),
      note: "simulated currency, mean over contests",
    }),
    ...add("time to recover", recover, "d", {
      note: "from a change of tactic until half of the ring's payments of a day are declined; what never is counts to the end",
    }),
    ...add(
      "time to detect",
      pooled((run) => run.detect),
      "d",
      { note: "from a change of tactic to the alarm on the miss rate of its labels, where there was one" },
    ),
    ...add("changes that rang", sumOf(runs.map(({ detect }) => detect.length)) / changes, "share", {
      note: `of ${changes} changes of tactic; what is declined at once rings no alarm`,
    }),
    ...add("models deployed", sumOf(runs.map(({ deployed }) => deployed)) / runs.length, "", {
      note: "after the first one",
    }),
  ];
  if (policy === "static") {
    const sentence = `**static**: a model that is never retrained loses ${formatNumber(lost.mean, 3)} a day, and needs ${formatNumber(recover, 2)} days or more to decline half of a ring's payments again after a change of tactic.`;
    return { policy, figures, sentence, saving: undefined };
  }
  const saving = pairedBootstrap(lossOf(played.get("static") ?? []), losses, {
    random: random.fork(`saving ${policy}`),
  });
  const isSure = saving.interval[0] > 0;
  return {
    policy,
    saving,
    figures: [
      ...figures,
      ...add("money saved per day", saving.mean, "", {
        interval: knownInterval(saving),
        note: "static minus this policy, same contests",
      }),
    ],
    sentence: `**${policy}** ${isSure ? "saves" : saving.interval[1] < 0 ? "loses" : "does not surely save"} ${formatNumber(Math.abs(saving.mean), 3)} a day against the static model (95% interval ${saving.interval.map((end) => formatNumber(end, 3)).join(" to ")}); half of a ring's payments are declined again ${formatNumber(recover, 2)} days after it changes its tactic.`,
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}

const WEEK = 7;

function totalChart(played: ReadonlyMap<RetrainingPolicy, readonly ArenaRun[]>, random: Random): Chart {
  return {
    form: "lines",
    title: "What thieves took since the first model",
    caption:
      "Simulated money lost up to each week's end, mean over the contests with 95 % intervals. All four models start alike and meet the same rings; what lies between the lines is what retraining saves.",
    xLabel: "week after the first model",
    yLabel: "money lost so far",
    points: [...played].flatMap(([series, runs]) => {
      const weeks = Math.floor((runs[0]?.lost.length ?? 0) / WEEK);
      return Array.from({ length: weeks + 1 }, (_, x) => {
        const totals = runs.map(({ lost }) => sumOf(lost.subarray(0, x * WEEK)));
        const total = bootstrapMean(totals, { random: random.fork(`${series} ${x}`) });
        const [y, interval] = [total.mean, knownInterval(total)];
        return { x, y, interval, series, ...(x === weeks && series === "static" ? { label: "never retrained" } : {}) };
      });
    }),
  };
}

function lossChart(played: ReadonlyMap<RetrainingPolicy, readonly ArenaRun[]>): Chart {
  return {
    form: "lines",
    title: "What the rings get away with, week by week",
    caption:
      "Simulated money lost a day, mean over the contests. The rings change their tactic when they are declined: a model that does not learn falls behind at once and stays there, the others come back.",
    xLabel: "week after the first model",
    yLabel: "money lost a day",
    points: [...played].flatMap(([series, runs]) => {
      const weeks = Math.floor((runs[0]?.lost.length ?? 0) / WEEK);
      return Array.from({ length: weeks }, (_, x) => {
        const week = runs.map(({ lost }) => sumOf(lost.subarray(x * WEEK, (x + 1) * WEEK)) / WEEK);
        return { x: x + 1, y: sumOf(week) / week.length, series };
      });
    }),
  };
}

function savingChart(summaries: readonly Summary[]): Chart {
  return {
    form: "intervals",
    title: "Money saved a day against a model that is never retrained",
    caption: "Paired over the same contests; 95 % bootstrap intervals. An interval that holds 0 settles nothing.",
    xLabel: "policy",
    yLabel: "simulated money a day",
    points: summaries.flatMap(({ policy, saving }) =>
      saving === undefined ? [] : [{ x: policy, y: saving.mean, interval: knownInterval(saving) }],
    ),
    limit: { value: 0, label: "no saving" },
  };
}
