/** The stage that asks of an exploring log what the system would earn, and compares the answers with the simulation's truth. */

import type { Chart } from "../../core/chart.ts";
import { DAY } from "../../core/day.ts";
import { type Figure, figure } from "../../core/figure.ts";
import { formatNumber, formatValue } from "../../core/format-figure.ts";
import type { ModelFacts } from "../../steps/4-model/schema.ts";
import { examinationFromStored } from "../../steps/4-model/train/examination.ts";
import { listsFromStored } from "../../steps/4-model/train/ranked-lists.ts";
import {
  doublyRobust,
  effectiveSampleSize,
  inversePropensity,
  type OffPolicyEstimate,
  selfNormalized,
} from "../../steps/5-evaluate/protocols/off-policy.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../system/stage.ts";
import { placedImpressions } from "./examination.ts";
import type { Exploration } from "./exploration.ts";
import { type ExploringLog, playExploringLog } from "./exploring-log.ts";
import { interactionsFromStored } from "./interactions.ts";
import { worldFromStored } from "./interactions-stage.ts";
import { POSITION_BIAS_STAGE } from "./position-bias-stage.ts";
import { SIMULATED_EXPERIMENT_STAGE } from "./simulated-experiment-stage.ts";
import { drawSessions } from "./simulated-history.ts";
import { fitClickRates } from "./smoothed-click-rates.ts";

interface OffPolicyPlan {
  readonly subject: string;
  readonly noted: Partial<Exploration> | null;
}

/** Days of the log: as long as most experiments, twice over. */
const DAYS = 28;

/** Effective titles below which the normal law is a poor guide to the sum of a few large weights. */
const ENOUGH = 100;

/** `subject` is the system whose value is asked for; the log is that of the baseline with exploration. */
export function offPolicyStage(model: ModelFacts, subject: string): Stage {
  return stage({
    name: "off-policy",
    step: 6,
    title: "estimating the system from an exploring log",
    inputs: ["interactions", POSITION_BIAS_STAGE, SIMULATED_EXPERIMENT_STAGE],
    data: NO_FILES,
    plan: { subject, noted: explorationOf(model) },
    run: estimateFromLog,
  });
}

async function estimateFromLog(
  { subject, noted }: OffPolicyPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const stored = await input("interactions");
  const world = worldFromStored(stored);
  // The stages before this one have said why there is nothing to estimate from.
  const examination = examinationFromStored(await input(POSITION_BIAS_STAGE));
  if (world === null || examination === null || examination.length < world.places) return stageResult({});
  const interactions = interactionsFromStored(stored);
  const impressions = placedImpressions(interactions.events, world.end);
  if (impressions === null || examination.some((probability) => probability <= 0)) return stageResult({});
  const { arrays } = await input(SIMULATED_EXPERIMENT_STAGE);
  const lists = {
    base: listsFromStored(arrays, "baseline"),
    candidates: listsFromStored(arrays, "candidates"),
    target: listsFromStored(arrays, "system"),
  };
  const counts = { members: interactions.members.count, titles: interactions.titles.count };
  const rates = fitClickRates(impressions, examination, counts);
  const sessions = drawSessions(world, world.end, world.end + DAYS * DAY, random.fork("sessions"));
  if (sessions.length === 0) return stageResult({});
  const scenarios = scenariosOf(noted, world.places).map(({ name, exploration }) => {
    const log = playExploringLog(world, sessions, lists, exploration, { examination, rates }, random.fork(name));
    return estimate(name, log, examination.subarray(0, world.places));
  });
  return stageResult({
    arrays: Object.fromEntries(scenarios.map(({ name, log }) => [`propensity.${name}`, log.propensity])),
    figures: scenarios.flatMap((scenario) => scenarioFigures(scenario, subject)),
    remarks: [...scenarios.map((scenario) => scenarioRemark(scenario, subject)), ...advice(noted)],
    charts: [estimatesChart(scenarios, subject)],
  });
}

/** What the note gives to chance: slots of a stage, or a share of requests. */
function explorationOf({ stages, exploration }: ModelFacts): Partial<Exploration> | null {
  const slotted = stages?.find((one) => (one.exploration?.slots ?? 0) > 0)?.exploration;
  const share = slotted?.share?.value ?? exploration?.share?.value ?? (slotted === undefined ? 0 : 1);
  if (share <= 0) return null;
  return slotted?.slots === undefined ? { share } : { share, slots: slotted.slots };
}

interface Scenario {
  readonly name: string;
  readonly log: ExploringLog;
  /** Empty where no title shown is one that the system would show. */
  readonly estimates: readonly (readonly [method: string, estimate: OffPolicyEstimate])[];
  /** Clicks per list that the log itself shows. */
  readonly logged: number;
  readonly effective: number;
}

/** As the note explores, and with every list drawn: what a log costs and what it can tell. */
function scenariosOf(
  noted: Partial<Exploration> | null,
  places: number,
): { readonly name: string; readonly exploration: Exploration }[] {
  const whole = { name: "every list drawn", exploration: { share: 1, slots: places } };
  if (noted === null) return [whole];
  const { share = 1, slots = places } = noted;
  const part = slots < places ? `, ${slots} of ${places} places` : "";
  return [
    { name: `${formatValue({ value: share, unit: "share" })} explored${part}`, exploration: { share, slots } },
    whole,
  ];
}

/** Values per place looked at become clicks per list: `examination` adds up to the places looked at in one. */
function estimate(name: string, log: ExploringLog, examination: Float64Array): Scenario {
  const looks = examination.reduce((sum, probability) => sum + probability, 0);
  const perList = ({ value, standardError, interval }: OffPolicyEstimate): OffPolicyEstimate => ({
    value: value * looks,
    standardError: standardError * looks,
    interval: [interval[0] * looks, interval[1] * looks],
  });
  const { decisions, model } = log;
  const effective = effectiveSampleSize(decisions.weight);
  return {
    name,
    log,
    // Without any title of the system in the log, a 0 would look like an estimate.
    estimates:
      effective === 0
        ? []
        : [
            ["ips", perList(inversePropensity(decisions))],
            ["snips", perList(selfNormalized(decisions))],
            ["doubly robust", perList(doublyRobust(decisions, model))],
          ],
    logged: decisions.reward.reduce((sum, click) => sum + click, 0) / log.sessions,
    effective,
  };
}

function scenarioFigures({ name, log, estimates, logged, effective }: Scenario, subject: string): Figure[] {
  const clicks = (method: string, value: number, interval: readonly [number, number] | null, note: string): Figure =>
    figure({ step: 6, name: "clicks per list", subject: method, slice: name, value, interval, n: log.sessions, note });
  return [
    ...estimates.map(([method, { value, interval }]) =>
      clicks(method, value, interval.every(Number.isFinite) ? interval : null, `estimate of ${subject} from the log`),
    ),
    clicks("truth of the simulation", log.truth, null, `expected clicks of ${subject} at the same sessions`),
    clicks("logging policy", logged, null, "what the log itself shows"),
    figure({
      step: 6,
      name: "effective sample size",
      subject: "off-policy log",
      slice: name,
      value: effective,
      unit: "titles shown",
      n: log.decisions.reward.length,
      note: "Kish: (sum of weights)² over the sum of squares",
    }),
  ];
}

function scenarioRemark({ name, log, estimates, logged, effective }: Scenario, subject: string): Remark {
  const words = estimates.map(([method, { value, interval }]) => {
    const [low, high] = interval;
    const hit = low <= log.truth && log.truth <= high ? "" : ", which misses it";
    return `${method} ${formatNumber(value, 3)} [${formatNumber(low, 3)}, ${formatNumber(high, 3)}]${hit}`;
  });
  if (words.length === 0)
    return {
      kind: "warning",
      text: `log with ${name}: none of the ${formatNumber(log.decisions.reward.length)} titles shown is one that ${subject} would show, so nothing can be estimated; explore more, or longer`,
    };
  const doubt =
    effective < ENOUGH ? " Too few for the intervals to keep what they promise: explore more, or longer." : "";
  return {
    kind: "answer",
    text: `Log with ${name} (${formatNumber(log.sessions)} lists, ${formatNumber(logged, 3)} clicks each): ${subject} would earn **${formatNumber(log.truth, 3)}** clicks per list; estimated ${words.join("; ")}. The ${formatNumber(log.decisions.reward.length)} titles shown are worth ${formatNumber(effective, 3)} of the system's own.${doubt}`,
  };
}

function advice(noted: Partial<Exploration> | null): Remark[] {
  if (noted === null)
    return [
      {
        kind: "next",
        short: "Give some requests to chance",
        text: "The note explores nothing: from its own log no other policy can be judged, because what is never shown has no propensity. Give a small share of the requests to chance and log the chance of each choice.",
      },
    ];
  return [];
}

function estimatesChart(scenarios: readonly Scenario[], subject: string): Chart {
  return {
    form: "intervals",
    title: "What the log of another policy says of the system",
    caption: `Clicks per list of ${subject}, estimated from the baseline's log with exploration, with 95 % intervals by member; the line is the simulation's truth. Few effective titles make intervals by the normal law too short.`,
    xLabel: "estimator",
    yLabel: "clicks per list",
    points: scenarios.flatMap(({ name, estimates }) =>
      estimates
        .filter(([, { value, interval }]) => Number.isFinite(value) && interval.every(Number.isFinite))
        .map(([method, { value, interval }]) => ({
          x: method,
          y: value,
          interval,
          series: name,
        })),
    ),
    limit: { value: scenarios[0].log.truth, label: "truth" },
  };
}
