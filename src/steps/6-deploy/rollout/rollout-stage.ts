/** The stage that rolls the model out on the cases after the test: shadow, then more and more units, with a guard that is tried out on injected faults. */

import { DAY, dayNumber, dayText } from "../../../core/day.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  type StageRun,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { trainingRows } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import type { AlertPolicy } from "../../5-evaluate/protocols/alert-policy.ts";
import { type DecidingPlan, decidingTrees, openDecidingModel } from "../../5-evaluate/protocols/deciding-model.ts";
import { type JudgedRounds, openJudgedRounds } from "../../5-evaluate/protocols/judged-classifier.ts";
import type { DeployFacts } from "../schema.ts";
import { compareLatency } from "./decision-latency.ts";
import { describeRollout } from "./describe-rollout.ts";
import { injectedFaults } from "./injected-fault.ts";
import { openRollout, roundDays, startDay } from "./open-rollout.ts";
import { runDrill } from "./rollout-drill.ts";
import { type RolloutFacts, rolloutFacts } from "./rollout-facts.ts";
import type { ScoreDrift } from "./rollout-story.ts";
import { rolloutToll } from "./rollout-toll.ts";
import { type RolloutPlan, runRollout } from "./run-rollout.ts";

/** What is rolled out: the trees that are served, in place of the rules. */
export interface RolloutParts extends DecidingPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  /** What one review costs, in the currency of the data. */
  readonly reviewCost: number;
}

export interface RolloutStagePlan {
  readonly rollout: RolloutFacts;
  readonly parts: RolloutParts;
  /** The rules that decide today. */
  readonly champion: Pick<ClassifierPlan, "subject" | "choices">;
}

export const ROLLOUT_STAGE = "rollout";

/**
 * Replays the note's `rollout`. Where there is none, or nothing runs today that could be compared with, the stage only says so. `replay.run`
 * is `replayRollout` with the measure of drift.
 */
export function rolloutStage(
  deploy: DeployFacts,
  parts: RolloutParts,
  replay: { readonly run: StageRun<RolloutStagePlan> },
): Stage {
  const rollout = rolloutFacts(deploy);
  const champion = parts.classifiers.find(({ choices }) => choices[0].model === "rules");
  if (rollout === undefined)
    return remarkOnly(
      "Write a rollout in section 6",
      "`rollout: { steps: [shadow, 10%, 50%, 100%], bake: 7 d, abort-on: [error rate, latency p99, false-positive rate] }` is replayed by the run; without it, shadow and staged rollout are not tried.",
    );
  if (champion === undefined)
    return remarkOnly(
      "Say which rules decide today",
      "give step 4 a stage `{ model: rules, rules: […] }`: what runs today is what a rollout is held against; without it, the rollout is not replayed.",
    );
  return stage({
    name: ROLLOUT_STAGE,
    step: 6,
    title: "rolling out, from shadow to everybody",
    inputs: [parts.task, ROUNDS_STAGE, classifierStageName(decidingTrees(parts).subject)],
    data: NO_FILES,
    plan: { rollout, parts, champion },
    run: replay.run,
  });
}

/** `drift` says how far the scores in shadow are from those of the test days. */
export async function replayRollout(
  { rollout: facts, parts, champion }: RolloutStagePlan,
  { input, environment }: Pick<StageContext, "input" | "environment">,
  drift: ScoreDrift,
): Promise<StageResult> {
  const { subject } = decidingTrees(parts);
  const rounds = await openJudgedRounds(parts.task, input);
  const model = await openDecidingModel(parts, rounds, input);
  if (!Number.isFinite(model.threshold))
    return warning(`the rollout is not replayed: no earlier round has given ${subject} a threshold`);
  const [choice] = champion.choices;
  const rules = {
    format: "heptad rule list",
    version: 1,
    rules: choice.model === "rules" ? choice.rules : [],
  } as const;
  const plan = planOf(facts, parts.policy, rounds);
  const until = plan.start + plan.steps.length * plan.bake;
  const sources = { rounds, declarations: parts.declarations, candidate: model, champion: rules };
  const opened = openRollout(sources, plan.start, until);
  if (opened === undefined) {
    const last = dayText(dayNumber(rounds.task.time[rounds.task.time.length - 1]));
    return warning(
      `the rollout is not replayed: it would begin on ${dayText(dayNumber(plan.start))}, and the data end on ${last}`,
    );
  }
  const { cases } = opened;
  const latency = compareLatency(opened.serveCandidate, opened.serveChampion, environment.stopwatch);
  const guard = facts.guardrails.find(({ kind }) => kind === "latency p99");
  const decisions = opened.decide();
  const healthy = { ...plan, isTooSlow: guard !== undefined && latency.interval[0] > guard.margin };
  const outcome = runRollout(cases, decisions, healthy);
  return describeRollout({
    facts,
    plan: healthy,
    subjects: { candidate: subject, champion: champion.subject },
    words: rounds.task.words,
    reviewCost: parts.reviewCost,
    cases,
    decisions,
    scores: opened.scores,
    testScores: roundScores(await input(classifierStageName(subject)), rounds.final),
    drift,
    latency,
    outcome,
    toll: rolloutToll(cases, decisions, healthy, outcome),
    drills: injectedFaults(rounds.task).flatMap((fault) => {
      const faulty = opened.decide(fault);
      return faulty === undefined ? [] : [runDrill(fault, faulty, cases, plan)];
    }),
  });
}

function planOf(facts: RolloutFacts, policy: AlertPolicy, rounds: JudgedRounds): RolloutPlan {
  const { steps, bake, rollback, guardrails, alpha } = facts;
  const quiet =
    Math.max(
      0,
      steps.findIndex(({ share }) => share > 0),
    ) * bake;
  const day = startDay(rounds.final.testDay, roundDays(rounds), quiet);
  return {
    steps,
    bake,
    rollback,
    guardrails,
    alpha,
    start: day * DAY,
    positiveShare: largestPositiveShare(rounds),
    alertsPerDay: policy.policy === "capacity" ? policy.alertsPerDay : null,
    isTooSlow: false,
  };
}

/** Of the earlier rounds, whose labels are all there before the test begins; of the training period where there are none. */
function largestPositiveShare({ task, earlier, final }: JudgedRounds): number {
  const training = trainingRows(task, final);
  const weeks = earlier.length === 0 ? [training] : earlier.map(({ test }) => test);
  return Math.max(...weeks.map((rows) => rows.reduce((sum, row) => sum + task.label[row], 0) / rows.length));
}

/** A stage that only says what there would have to be. */
function remarkOnly(short: string, text: string): Stage {
  return stage({
    name: ROLLOUT_STAGE,
    step: 6,
    title: "rolling out",
    inputs: [],
    data: NO_FILES,
    plan: { kind: "next", short, text },
    run: say,
  });
}

async function say(remark: Remark): Promise<StageResult> {
  return stageResult({ remarks: [remark] });
}

function warning(text: string): StageResult {
  return stageResult({ remarks: [{ kind: "warning", text }] });
}
