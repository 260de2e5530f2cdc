/** The stage that says what features of labels would have claimed had they counted each label from its case on, before anybody knew it. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { readsLabel } from "../../3-data/features/label-delay.ts";
import { scoredFeatures } from "../../3-data/features/scored-features.ts";
import { labelsOf, type ScoredTask, scoredTaskFromStored } from "../../3-data/scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { aucRoc } from "../metrics/auc-roc.ts";

interface ClaimsPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
}

/** Undefined where no feature adds up labels, or the source does not say when they were known. `label` is the measure that features know them by. */
export function knownClaimsStage(
  { task, label }: { readonly task: string; readonly label: string },
  declarations: readonly FeatureDeclaration[],
  isKnownSaid: boolean,
): Stage | undefined {
  if (!isKnownSaid || !declarations.some((one) => readsLabel(one, label))) return undefined;
  return stage({
    name: "known-claims",
    step: 3,
    title: "measuring what labels that were not known yet would have claimed",
    inputs: [task, ROUNDS_STAGE],
    data: NO_FILES,
    plan: { task, declarations },
    run: measureClaims,
  });
}

async function measureClaims(
  { task: name, declarations }: ClaimsPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(name));
  const { test } = roundsFromStored(await input(ROUNDS_STAGE)).final;
  return stageResult(knownClaims(declarations, task, test));
}

/**
 * For each feature of labels how well it alone orders the judged rows, and how well it would seem to with every label taken for known at once.
 * Nothing where the source does not say when labels were known.
 */
export function knownClaims(
  declarations: readonly FeatureDeclaration[],
  task: ScoredTask,
  judged: Int32Array,
): { readonly figures: readonly Figure[]; readonly remarks: readonly Remark[] } {
  const ofLabels = declarations.filter((one) => readsLabel(one, task.words.positive));
  if (task.knownAt === undefined || ofLabels.length === 0) return { figures: [], remarks: [] };
  const built = scoredFeatures(ofLabels, task, judged);
  const hasty = scoredFeatures(
    ofLabels.map((one) => ({ ...one, delay: 0 })),
    { ...task, knownAt: undefined },
    judged,
  );
  const labels = labelsOf(task, judged);
  const alone = (columns: ReadonlyMap<string, Float64Array>, name: string): number => {
    // A missing value orders last: nothing speaks for the case.
    return aucRoc(labels, Float64Array.from(columns.get(name) ?? [], finite));
  };
  const figures = ofLabels.flatMap(({ name }) => [
    figure({ step: 3, name: "auc roc alone", subject: name, value: alone(built, name) }),
    figure({
      step: 3,
      name: "auc roc alone, labels taken for known at once",
      subject: name,
      value: alone(hasty, name),
      note: "a claim that could not be kept: these labels were not there yet",
    }),
  ]);
  const measured = figures.filter(({ value }) => Number.isFinite(value));
  if (measured.length < figures.length) return { figures: [], remarks: [] };
  const said = ofLabels.map(
    ({ name }, at) =>
      `\`${name}\` ${formatNumber(figures[2 * at + 1].value, 3)} for ${formatNumber(figures[2 * at].value, 3)}`,
  );
  const text = `Labels count from when they were known. Taken for known at once, each feature of labels alone would have claimed another auc roc on the judged rows: ${said.join(", ")}.`;
  return { figures, remarks: [{ kind: "answer", text }] };
}

function finite(value: number): number {
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}
