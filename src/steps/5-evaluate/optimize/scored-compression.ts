/** Parts of a scoring system that can be made smaller: the trees of its classifiers; judged on the test days as the whole was judged. */

import { formatShare } from "../../../core/format-figure.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import type { StageContext, StageResult } from "../../../system/stage.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import { trainingRows } from "../../3-data/split/late-label-split.ts";
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
import type { CompressionAccess, CompressionBench, CompressionPlan, CompressionSource } from "./compression-source.ts";
import { makeSmaller } from "./compression-stage.ts";
import { distillClassifier, type Lesson, openLesson } from "./distill-classifier.ts";
import { studentOf } from "./student.ts";
import { treesPrecisionOf } from "./trees-precision.ts";
import { type CompressionEntry, type ScoredPart, USUAL_SHARE } from "./variant.ts";

export interface ScoredParts extends BenchPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  /** The boosted trees, in the order of the note: an entry that names no stage is about the first. */
  readonly trees: readonly Pick<ClassifierPlan, "subject" | "calibration">[];
}

export function scoredCompression(
  { task, trees, policy, units, reviewCost }: ScoredParts,
  entries: readonly CompressionEntry[],
): CompressionSource<ScoredParts> {
  const named = trees.filter(({ subject }) => entries.some((entry) => isAbout(entry, subject, trees)));
  return {
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE, ...named.map(({ subject }) => classifierStageName(subject))],
    parts: {
      task,
      policy,
      units,
      reviewCost,
      trees: trees.map(({ subject, calibration }) => ({ subject, calibration })),
    },
    run: compressClassifiers,
  };
}

/** An entry that names no stage is about the first trees. */
function isAbout({ stage: name }: CompressionEntry, subject: string, trees: ScoredParts["trees"]): boolean {
  return (name ?? trees[0]?.subject) === subject;
}

function compressClassifiers(plan: CompressionPlan<ScoredParts>, context: StageContext): Promise<StageResult> {
  return makeSmaller(plan, context, openScoredBench);
}

async function openScoredBench(
  parts: ScoredParts,
  { input, random, environment }: CompressionAccess,
): Promise<CompressionBench> {
  const data = await openJudgedRounds(parts.task, input);
  const features = await input(FEATURES_STAGE);
  const judged = [...data.earlier, data.final].map(({ test }) => featureTable(features, test));
  const bench = openBench(parts, data, random);
  const opened = new Map<string, Material>();
  const find = (entry: CompressionEntry) => parts.trees.find(({ subject }) => isAbout(entry, subject, parts.trees));
  const lacks = (entry: CompressionEntry): string =>
    `${entry.method} of \`${entry.stage}\`: only stages of boosted trees can be made smaller`;
  return {
    requests: data.final.test.length,
    lacks: (entry) => (find(entry) === undefined ? lacks(entry) : undefined),
    async compress(entry) {
      const classifier = find(entry);
      if (classifier === undefined) return fail({ code: "cannot-compress", message: lacks(entry) });
      const { subject, calibration } = classifier;
      const material =
        opened.get(subject) ?? openMaterial(subject, await input(classifierStageName(subject)), judged, data, features);
      opened.set(subject, material);
      const fitting = { random: random.fork("student"), pool: environment.pool };
      const made = await makeOne(entry, material, fitting, data.task.words);
      return made.ok ? bench.measure({ before: material.before, ...made.value }, entry, calibration) : made;
    },
  };
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
  { task, earlier, final }: JudgedRounds,
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
      lessons ??= rounds.map((round, at) => openLesson(trees[at], featureTable(features, trainingRows(task, round))));
      return lessons;
    },
  };
}

interface Fitting {
  readonly random: Random;
  readonly pool: KernelPool | undefined;
}

/** The smaller part with what there is to say about how it was made; a failure says why there is none. */
async function makeOne(
  entry: CompressionEntry,
  { subject, trees, judged, before, lessons }: Material,
  { random, pool }: Fitting,
  words: ScoredWords,
): Promise<Outcome<{ readonly after: ScoredPart; readonly how: string }>> {
  switch (entry.method) {
    case "quantization": {
      const precision = treesPrecisionOf(entry);
      if (!precision.ok) return precision;
      const after = quantizedClassifier(`${subject} ${entry.precision ?? "int8"}`, trees, precision.value, judged);
      const final = trees.length - 1;
      const how = describeRounding(trees[final], precision.value, before.scores[final], after.scores[final], words);
      return succeed({ after, how });
    }
    case "pruning": {
      const share = entry.keep?.value ?? USUAL_SHARE;
      const after = prunedClassifier(`${subject} pruned to ${formatShare(share, 4)}`, trees, share, judged);
      return succeed({ after, how: "" });
    }
    case "distillation": {
      const input = { subject, lessons: lessons(), judged, random, pool };
      const made = await distillClassifier(studentOf(entry), input);
      if (!made.ok) return made;
      const { part, text } = made.value;
      return succeed({ after: part, how: text === undefined ? "" : readable(text, words) });
    }
    default:
      return entry.method satisfies never;
  }
}

/** A fenced block, which reports show as it is. */
function readable(tree: string, { positives }: ScoredWords): string {
  return `\n\n\`\`\`\nshare of ${positives} by leaf, as the teacher sees it;\nmissing values go with the smaller ones unless it says so\n\n${tree}\n\`\`\``;
}
