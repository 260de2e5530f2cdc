/** The stage that shows what handling imbalance does: the same trees unhandled, weighted and down-sampled, corrected and not, on the test days. */

import { canonicalJson, isJsonObject, plainJson } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { FEATURES_STAGE } from "../../3-data/features/features-stage.ts";
import { NOT_HANDLED } from "../../3-data/sample/imbalance.ts";
import { labelsOf } from "../../3-data/scored-task.ts";
import { ROUNDS_STAGE } from "../../3-data/split/late-label-split-stage.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import { type ClassifierChoice, scoreRows } from "../../4-model/models/classifier.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { fitRound, openRound } from "../../4-model/train/fit-round.ts";
import { measureNames, UNIT_RESAMPLES } from "./case-figures.ts";
import {
  type HandlingLearned,
  type HandlingMeasured,
  type HandlingVariant,
  imbalanceChart,
  imbalanceFigures,
  imbalanceRemarks,
} from "./imbalance-report.ts";
import { casesOf, type JudgedRounds, judgeClassifier, openJudgedRounds, probabilitiesOf } from "./judged-classifier.ts";
import { bootstrapUnits, type DailyBudget, openUnitSample } from "./unit-bootstrap.ts";

/** Undefined where no classifier of the note handles imbalance. Of several that do, the trees are compared. */
export function imbalanceComparisonStage(
  task: string,
  plans: readonly ClassifierPlan[],
  budget: DailyBudget,
): Stage | undefined {
  const handled = plans.filter(({ imbalance }) => imbalance.handling !== "none");
  const plan = handled.find(({ choices }) => choices[0].model === "gbdt") ?? handled[0];
  if (plan === undefined) return undefined;
  return stage({
    name: "imbalance",
    step: 5,
    title: "comparing ways to handle imbalance",
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE, classifierStageName(plan.subject)],
    data: NO_FILES,
    plan: { task, classifier: plan, budget },
    run: compareHandlings,
  });
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

interface ComparisonPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly classifier: ClassifierPlan;
  readonly budget: DailyBudget;
}

async function compareHandlings(
  { task, classifier: plan, budget }: ComparisonPlan,
  access: Access,
): Promise<StageResult> {
  const { input, random } = access;
  const data = await openJudgedRounds(task, input);
  const { test } = data.final;
  const measured: HandlingMeasured[] = [];
  for (const handling of HANDLINGS) {
    const learned = await learn(plan, handling, data, access);
    if (learned === undefined) continue;
    const sample = openUnitSample(casesOf(data, test, learned.rounds[learned.rounds.length - 1].scores), budget);
    const ranking = bootstrapUnits(sample, random.fork("cards"), UNIT_RESAMPLES);
    measured.push({ ...learned, ranking, variants: variantsOf(learned, plan, data) });
  }
  const labels = labelsOf(data.task, test);
  const { words } = data.task;
  return stageResult({
    figures: imbalanceFigures(plan.subject, measured, labels, measureNames(budget, words), words),
    remarks: imbalanceRemarks(plan, measured, labels, words),
    charts: [imbalanceChart(plan, measured, labels, words)],
  });
}

const HANDLINGS = ["none", "class-weight", "downsample"] as const;

/** The note's own way is read from what was trained; the others are trained with its settings. Undefined where one cannot be done. */
async function learn(
  plan: ClassifierPlan,
  handling: (typeof HANDLINGS)[number],
  { task, earlier, final }: JudgedRounds,
  { input, random, environment }: Access,
): Promise<HandlingLearned | undefined> {
  const features = await input(FEATURES_STAGE);
  const stored = await input(classifierStageName(plan.subject));
  const isOwn = handling === (plan.imbalance.handling === "oversample" ? "class-weight" : plan.imbalance.handling);
  const other = handling === "none" ? NOT_HANDLED : { ...plan.imbalance, handling, corrected: false };
  const imbalance = isOwn ? plan.imbalance : other;
  const rounds: HandlingLearned["rounds"][number][] = [];
  let seconds = stored.figures.find(({ name }) => name === "training time")?.value ?? Number.NaN;
  let cases = 0;
  for (const round of plan.calibration === "none" ? [final] : [...earlier, final]) {
    const opened = openRound(task, features, round, imbalance, random);
    if (!opened.ok) return undefined;
    const { lift, test, training } = opened.value;
    cases = training.labels.length;
    if (isOwn) {
      const undone = imbalance.corrected ? lift : 0;
      rounds.push({ scores: roundScores(stored, round).map((score) => score + undone), lift });
      continue;
    }
    const begin = environment.stopwatch.now();
    const classifier = await fitRound(chosenOf(plan, stored), opened.value, imbalance, random, environment);
    seconds = environment.stopwatch.now() - begin;
    rounds.push({ scores: scoreRows(classifier, test), lift });
  }
  return { imbalance, rounds, cases, seconds };
}

/** The settings that earlier rounds chose. */
function chosenOf({ choices, subject }: ClassifierPlan, { json }: StageResult): ClassifierChoice {
  const stored = isJsonObject(json) ? canonicalJson(json.choice) : "";
  const chosen = choices.find((one) => canonicalJson(plainJson(one)) === stored);
  if (chosen === undefined) throw new Error(`\`${subject}\` was trained with settings that the note does not have`);
  return chosen;
}

/** Corrected and not; one of the two where nothing was handled. Scores of earlier rounds are there where there is a calibration to fit. */
function variantsOf(
  { imbalance, rounds }: HandlingLearned,
  plan: ClassifierPlan,
  data: JudgedRounds,
): readonly HandlingVariant[] {
  const earlier = data.earlier.slice(0, rounds.length - 1);
  const places = new Map([...earlier, data.final].map(({ testDay }, at) => [testDay, at]));
  return (imbalance.handling === "none" ? [false] : [true, false]).map((corrected) => {
    const shifted = rounds.map(({ scores, lift }) => scores.map((score) => score - (corrected ? lift : 0)));
    const judged = judgeClassifier(plan, ({ testDay }) => shifted[places.get(testDay) ?? -1], { ...data, earlier });
    return {
      corrected,
      probabilities: shifted[shifted.length - 1].map(sigmoid),
      calibrated: judged.calibration.method === "none" ? undefined : probabilitiesOf(judged, data.final),
    };
  });
}
