/** The stage that makes a classifier's trees smaller as the note asks, and judges what is left as the whole was judged. */

import { formatNumber } from "../../../core/format-figure.ts";
import { type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { FEATURES_STAGE, featureTable } from "../../../kinds/fraud-detection/transaction-features-stage.ts";
import { TRANSACTIONS_STAGE } from "../../../kinds/fraud-detection/transactions-stage.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage } from "../../../system/stage.ts";
import { ROUNDS_STAGE } from "../../3-data/split/late-label-split-stage.ts";
import type { TreesModel } from "../../4-model/models/trees-model.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores, roundTrees } from "../../4-model/train/classifier-stage.ts";
import { type JudgedRounds, openJudgedRounds } from "../protocols/judged-classifier.ts";
import {
  describeRounding,
  type JudgedTables,
  prunedClassifier,
  quantizedClassifier,
  wholeClassifier,
} from "./compress-classifier.ts";
import { type BenchPlan, openBench } from "./compression-bench.ts";
import { compressionResult, type MeasuredCompression } from "./compression-report.ts";
import { distillClassifier, type Lesson, openLesson } from "./distill-classifier.ts";
import { studentOf } from "./student.ts";
import { treesPrecisionOf } from "./trees-precision.ts";
import { unheardWarning } from "./unheard-fields.ts";
import { type CompressionEntry, type ScoredPart, USUAL_SHARE } from "./variant.ts";

export interface ClassifierCompressionPlan extends BenchPlan {
  readonly entries: readonly CompressionEntry[];
  /** The boosted trees, in the order of the note: an entry that names no stage is about the first. */
  readonly trees: readonly Pick<ClassifierPlan, "subject" | "calibration">[];
}

/** Undefined where the note asks for no compression. */
export function classifierCompressionStage(plan: ClassifierCompressionPlan): Stage | undefined {
  const { entries, trees, policy, cards, reviewCost } = plan;
  if (entries.length === 0) return undefined;
  const named = trees.filter(({ subject }) => entries.some((entry) => isAbout(entry, subject, plan)));
  return stage({
    name: "compression",
    step: 5,
    title: "making it smaller",
    inputs: [
      TRANSACTIONS_STAGE,
      ROUNDS_STAGE,
      FEATURES_STAGE,
      ...named.map(({ subject }) => classifierStageName(subject)),
    ],
    data: NO_FILES,
    plan: {
      policy,
      cards,
      reviewCost,
      entries,
      trees: trees.map(({ subject, calibration }) => ({ subject, calibration })),
    },
    run: compressClassifiers,
  });
}

/** An entry that names no stage is about the first trees. */
function isAbout({ stage: name }: CompressionEntry, subject: string, { trees }: ClassifierCompressionPlan): boolean {
  return (name ?? trees[0]?.subject) === subject;
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

async function compressClassifiers(plan: ClassifierCompressionPlan, access: Access): Promise<StageResult> {
  const { input, random, environment } = access;
  const data = await openJudgedRounds(input);
  const features = await input(FEATURES_STAGE);
  const judged = [...data.earlier, data.final].map(({ test }) => featureTable(features, test));
  const bench = openBench(plan, data, random);
  const opened = new Map<string, Material>();
  const measured: MeasuredCompression[] = [];
  const warnings: string[] = [];
  for (const entry of plan.entries) {
    const classifier = plan.trees.find(({ subject }) => isAbout(entry, subject, plan));
    if (classifier === undefined) {
      warnings.push(`${entry.method} of \`${entry.stage}\`: only stages of boosted trees can be made smaller`);
      continue;
    }
    const unheard = unheardWarning(entry);
    if (unheard !== undefined) warnings.push(unheard);
    const { subject, calibration } = classifier;
    const material =
      opened.get(subject) ?? openMaterial(subject, await input(classifierStageName(subject)), judged, data, features);
    opened.set(subject, material);
    const made = await makeSmaller(entry, material, { random: random.fork("student"), pool: environment.pool });
    const result = made.ok ? bench.measure({ before: material.before, ...made.value }, entry, calibration) : made;
    if (result.ok) measured.push(result.value);
    else warnings.push(result.failure.message);
  }
  return compressionResult(measured, warnings, data.final.test.length, environment.stopwatch);
}

/** What parts of one stage are made from. */
interface Material {
  readonly subject: string;
  /** Of each round, the final one last, like all that follows. */
  readonly trees: readonly TreesModel[];
  readonly judged: JudgedTables;
  readonly before: ScoredPart;
  readonly lessons: () => readonly Lesson[];
}

function openMaterial(
  subject: string,
  stored: StageResult,
  judged: JudgedTables,
  { earlier, final }: JudgedRounds,
  features: StageResult,
): Material {
  const rounds = [...earlier, final];
  const trees = roundTrees(stored);
  const scores = rounds.map((round) => roundScores(stored, round));
  let lessons: readonly Lesson[] | undefined;
  return {
    subject,
    trees,
    judged,
    before: wholeClassifier(subject, trees, judged, scores),
    // From the rows that each round's trees learned from: a student sees no row that is judged.
    lessons() {
      lessons ??= rounds.map(({ trainFrom, trainUntil }, at) => {
        const rows = Int32Array.from({ length: trainUntil - trainFrom }, (_, row) => trainFrom + row);
        return openLesson(trees[at], featureTable(features, rows));
      });
      return lessons;
    },
  };
}

interface Fitting {
  readonly random: Random;
  readonly pool: KernelPool | undefined;
}

/** The smaller part with what there is to say about how it was made; a failure says why there is none. */
async function makeSmaller(
  entry: CompressionEntry,
  { subject, trees, judged, before, lessons }: Material,
  { random, pool }: Fitting,
): Promise<Outcome<{ readonly after: ScoredPart; readonly how: string }>> {
  switch (entry.method) {
    case "quantization": {
      const precision = treesPrecisionOf(entry);
      if (!precision.ok) return precision;
      const after = quantizedClassifier(`${subject} ${entry.precision ?? "int8"}`, trees, precision.value, judged);
      const final = trees.length - 1;
      const how = describeRounding(trees[final], precision.value, before.scores[final], after.scores[final]);
      return succeed({ after, how });
    }
    case "pruning": {
      const share = entry.keep?.value ?? USUAL_SHARE;
      const after = prunedClassifier(`${subject} pruned to ${formatNumber(share * 100)}%`, trees, share, judged);
      return succeed({ after, how: "" });
    }
    case "distillation": {
      const input = { subject, lessons: lessons(), judged, random, pool };
      const made = await distillClassifier(studentOf(entry), input);
      if (!made.ok) return made;
      const { part, text } = made.value;
      return succeed({ after: part, how: text === undefined ? "" : readable(text) });
    }
    default:
      return entry.method satisfies never;
  }
}

/** A fenced block, which reports show as it is. */
function readable(tree: string): string {
  return `\n\n\`\`\`\nshare of frauds by leaf, as the teacher sees it;\nmissing values go with the smaller ones unless it says so\n\n${tree}\n\`\`\``;
}
