/** The stage that rolls the model out on the payments after the test: shadow, then more and more customers, with a guard that is tried out on injected faults. */

import { isJsonObject, plainJson } from "../../../system/canonical-json.ts";
import {
  type Json,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { TRANSACTIONS_STAGE } from "../../3-data/sources/transactions-stage.ts";
import { dayText } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, type Rounds, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { dayNumber, SECONDS_PER_DAY, type Transactions, transactionsFromStored } from "../../3-data/transactions.ts";
import { treesFromJson } from "../../4-model/models/classifier.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { calibrationFromJson } from "../../5-evaluate/optimize/calibrate-scores.ts";
import type { AlertPolicy } from "../../5-evaluate/protocols/alert-policy.ts";
import { FRAUD_EVALUATION_STAGE } from "../../5-evaluate/protocols/fraud-evaluation-stage.ts";
import type { DeployFacts } from "../schema.ts";
import { compareLatency } from "./decision-latency.ts";
import { describeRollout, type ScoreDrift } from "./describe-rollout.ts";
import { INJECTED_FAULTS } from "./injected-fault.ts";
import { type Candidate, openRollout, roundDays, startDay } from "./open-rollout.ts";
import { runDrill } from "./rollout-drill.ts";
import { type RolloutFacts, rolloutFacts } from "./rollout-facts.ts";
import { rolloutToll } from "./rollout-toll.ts";
import { type RolloutPlan, runRollout } from "./run-rollout.ts";

/** What is rolled out in place of what, and what its alerts may cost. */
export interface RolloutParts {
  readonly declarations: readonly FeatureDeclaration[];
  readonly classifiers: readonly ClassifierPlan[];
  /** The stage of the trees: what decides while serving. */
  readonly candidate: string;
  readonly policy: AlertPolicy;
  /** What one review costs, in the currency of the data. */
  readonly reviewCost: number;
  /** How far the scores in shadow are from those of the test days. */
  readonly drift: ScoreDrift;
}

export const ROLLOUT_STAGE = "rollout";

/** Replays the note's `rollout`. Where there is none, or nothing runs today that could be compared with, the stage only says so. */
export function rolloutStage(deploy: DeployFacts, parts: RolloutParts): Stage {
  const { declarations, candidate, policy, reviewCost } = parts;
  const facts = rolloutFacts(deploy);
  const champion = parts.classifiers.find(({ choices }) => choices[0].model === "rules");
  if (facts === undefined)
    return remarkOnly(
      "next",
      "write `rollout: { steps: [shadow, 10%, 50%, 100%], bake: 7 d, abort-on: [error rate, latency p99, share of honest payments declined] }`, and the run replays it; without it, shadow and staged rollout are not tried.",
    );
  if (champion === undefined)
    return remarkOnly(
      "next",
      "give step 4 a stage `{ model: rules, rules: […] }`: what runs today is what a rollout is held against; without it, the rollout is not replayed.",
    );
  return stage({
    name: ROLLOUT_STAGE,
    step: 6,
    title: "rolling out, from shadow to everybody",
    inputs: [TRANSACTIONS_STAGE, ROUNDS_STAGE, FRAUD_EVALUATION_STAGE, classifierStageName(candidate)],
    data: "",
    facts: plainJson({
      ...facts,
      candidate,
      champion: { subject: champion.subject, choice: champion.choices[0] },
      policy,
      reviewCost,
      declarations: declarations.map(({ name }) => name),
    }),
    execute: (context) => replay(facts, parts, champion, context),
  });
}

async function replay(
  facts: RolloutFacts,
  parts: RolloutParts,
  champion: ClassifierPlan,
  { input, environment }: Pick<StageContext<never>, "input" | "environment">,
): Promise<StageResult> {
  const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
  const rounds = roundsFromStored(await input(ROUNDS_STAGE));
  const trained = await input(classifierStageName(parts.candidate));
  const evaluation = (await input(FRAUD_EVALUATION_STAGE)).json;
  const candidate = candidateOf(evaluation, trained.json, parts.candidate);
  if (candidate === undefined)
    return warning(
      `the rollout is not replayed: it needs ${parts.candidate} to be the best on earlier rounds, with a threshold, and it was not`,
    );
  const [choice] = champion.choices;
  const rules = {
    format: "heptad rule list",
    version: 1,
    rules: choice.model === "rules" ? choice.rules : [],
  } as const;
  const plan = planOf(facts, parts.policy, transactions, rounds);
  const until = plan.start + plan.steps.length * plan.bake;
  const sources = { transactions, rounds, declarations: parts.declarations, candidate, champion: rules };
  const opened = openRollout(sources, plan.start, until);
  if (opened === undefined) {
    const last = dayText(dayNumber(transactions.time[transactions.count - 1]));
    return warning(
      `the rollout is not replayed: it would begin on ${dayText(dayNumber(plan.start))}, and the data end on ${last}`,
    );
  }
  const { payments } = opened;
  const latency = compareLatency(opened.serveCandidate, opened.serveChampion, environment.stopwatch);
  const guard = facts.guardrails.find(({ kind }) => kind === "latency p99");
  const decisions = opened.decide();
  const healthy = { ...plan, isTooSlow: guard !== undefined && latency.interval[0] > guard.margin };
  const outcome = runRollout(payments, decisions, healthy);
  return describeRollout({
    facts,
    plan: healthy,
    subjects: { candidate: parts.candidate, champion: champion.subject },
    reviewCost: parts.reviewCost,
    payments,
    decisions,
    scores: opened.scores,
    testScores: roundScores(trained, rounds.final),
    drift: parts.drift,
    latency,
    outcome,
    toll: rolloutToll(payments, decisions, healthy, outcome),
    drills: INJECTED_FAULTS.flatMap((fault) => {
      const faulty = opened.decide(fault);
      return faulty === undefined ? [] : [runDrill(fault, faulty, payments, plan)];
    }),
  });
}

/** Undefined where another classifier was chosen, or no threshold could be. */
function candidateOf(evaluation: Json, trained: Json, subject: string): Candidate | undefined {
  if (!isJsonObject(evaluation) || evaluation.chosen !== subject) return undefined;
  const { threshold, calibration } = evaluation;
  if (typeof threshold !== "number" || !Number.isFinite(threshold)) return undefined;
  const trees = treesFromJson(isJsonObject(trained) ? trained.classifier : null);
  return { trees, calibration: calibrationFromJson(calibration), threshold };
}

function planOf(facts: RolloutFacts, policy: AlertPolicy, transactions: Transactions, rounds: Rounds): RolloutPlan {
  const { steps, bake, rollback, guardrails, alpha } = facts;
  const quiet =
    Math.max(
      0,
      steps.findIndex(({ share }) => share > 0),
    ) * bake;
  const day = startDay(rounds.final.testDay, roundDays(transactions, rounds.final), quiet);
  return {
    steps,
    bake,
    rollback,
    guardrails,
    alpha,
    start: day * SECONDS_PER_DAY,
    fraudShare: largestFraudShare(transactions, rounds),
    alertsPerDay: policy.policy === "capacity" ? policy.alertsPerDay : null,
    isTooSlow: false,
  };
}

/** Of the earlier rounds, whose labels are all there before the test begins; of the training period where there are none. */
function largestFraudShare({ fraud }: Transactions, { earlier, final }: Rounds): number {
  const { trainFrom, trainUntil } = final;
  const training = Int32Array.from({ length: trainUntil - trainFrom }, (_, at) => trainFrom + at);
  const weeks = earlier.length === 0 ? [training] : earlier.map(({ test }) => test);
  return Math.max(...weeks.map((rows) => rows.reduce((sum, row) => sum + fraud[row], 0) / rows.length));
}

function remarkOnly(kind: Remark["kind"], text: string): Stage {
  return stage({
    name: ROLLOUT_STAGE,
    step: 6,
    title: "rolling out",
    inputs: [],
    data: "",
    facts: text,
    execute: async () => stageResult({ remarks: [{ kind, text }] }),
  });
}

function warning(text: string): StageResult {
  return stageResult({ remarks: [{ kind: "warning", text }] });
}
