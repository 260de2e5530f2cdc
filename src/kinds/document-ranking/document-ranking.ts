/** Ranking of graded documents: boosted trees beside the best single feature, judged on queries that neither has seen. No time, no members. */

import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { goalsStage } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import type { TreesOptions } from "../../steps/4-model/train/trees-options.ts";
import { planTrees } from "../../steps/4-model/train/two-stage-plan.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { rankingEvaluationStage } from "../../steps/5-evaluate/protocols/ranking-evaluation-stage.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import type { Design } from "../../steps/design.ts";
import { plainJson } from "../../system/canonical-json.ts";
import type { Kind, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { describeDocuments, documentFiles, documentSourceOf } from "./document-source.ts";
import { DOCUMENTS_STAGE, documentsStage } from "./documents-stage.ts";
import { queriesStage } from "./queries-stage.ts";
import { RANKER_STAGE, rankerStage } from "./ranker-stage.ts";
import { SINGLE_FEATURE_STAGE, singleFeatureStage } from "./single-feature-stage.ts";

export const documentRanking: Kind = {
  name: "document-ranking",
  questions: [betterThanBaseline],
  async plan({ design, dataPath, resolve, files }): Promise<Outcome<RunPlan>> {
    const asked = checkDesign(design);
    if (!asked.ok) return placed(asked, design);
    const { metrics, options, shares } = asked.value;
    const source = documentSourceOf(design.data, dataPath ?? resolve);
    const found = await documentFiles(source, files);
    const fingerprint = found.length === 0 ? "" : await files.fingerprint(found);
    const experiment = experimentPlanStage(design);
    const subjects = [
      { subject: "baseline", stage: SINGLE_FEATURE_STAGE, role: "single" },
      { subject: "ranker", stage: RANKER_STAGE, role: "system" },
    ] as const;
    return succeed({
      stages: [
        goalsStage(design.clarify),
        objectiveStage(design.frame, "the order of the best single feature"),
        documentsStage(source, shares, fingerprint),
        queriesStage(),
        singleFeatureStage(metrics[0] ?? "ndcg@10"),
        rankerStage(options),
        rankingEvaluationStage(DOCUMENTS_STAGE, subjects, metrics, [], "", { comeBack: false }),
        ...(experiment === undefined ? [] : [experiment]),
      ],
      data: {
        source: describeDocuments(source),
        fingerprint,
        ...("world" in source ? { simulated: true, world: plainJson(source.world) } : { simulated: false }),
      },
    });
  },
};

interface Asked {
  readonly metrics: readonly string[];
  readonly options: TreesOptions;
  readonly shares: { readonly validation: number; readonly test: number };
}

/** What is asked for, or a failure at the first fact that this kind cannot do: nothing of a note is left out without a word. */
function checkDesign({ frame, data, model, evaluate }: Design): Outcome<Asked> {
  const metrics: string[] = [];
  for (const { metric } of frame.metrics?.offline ?? []) {
    const parsed = parseMetric(metric);
    if (!parsed.ok) return fail({ ...parsed.failure, where: "2.metrics.offline" });
    if (parsed.value.definition.over === "requests") metrics.push(parsed.value.name);
    else
      return fail({
        code: "metric-of-lists",
        message: `\`${metric}\` compares lists of one catalogue, and each document here belongs to one query`,
        where: "2.metrics.offline",
        fix: "use ndcg@10, map@10, mrr, precision@10 or recall@10",
      });
  }
  if (frame.label?.positive !== undefined || frame.label?.negative !== undefined)
    return fail({
      code: "grades-say-it",
      message: "what is wanted is said by the grades: every document above grade 0 is, by as much as its grade says",
      where: "2.label",
      fix: "take `positive` and `negative` out, or grade the documents otherwise",
    });
  if (frame.baseline?.rule !== undefined && frame.baseline.rule !== "single-feature")
    return fail({
      code: "unknown-baseline",
      message: `the baseline asked for is \`${frame.baseline.rule}\`; what stands beside a ranker of documents is the best single feature`,
      where: "2.baseline.rule",
      fix: "write `rule: single-feature`, or leave `baseline` out",
    });
  if ((evaluate.slices ?? []).length > 0)
    return fail({
      code: "no-slices",
      message: "slices speak of histories, which queries do not have",
      where: "5.slices",
      fix: "take `slices` out",
    });
  if ((evaluate.optimize ?? []).length > 0)
    return fail({
      code: "no-compression",
      message: "nothing of a ranker of documents is made smaller by a run",
      where: "5.optimize",
      fix: "take `optimize` out",
    });
  const stages = model.stages ?? [];
  const at = stages.findIndex((one) => one.model !== undefined);
  const other = stages.findIndex((one, index) => one.model !== undefined && index !== at);
  if (at < 0 || other >= 0)
    return fail({
      code: at < 0 ? "no-ranker" : "two-rankers",
      message:
        at < 0
          ? "no stage of step 4 has a model"
          : `\`${stages[at].name}\` and \`${stages[other].name}\` both have a model: one ranker is trained`,
      where: at < 0 ? "4.stages" : `4.stages[${other}]`,
      fix: "write `stages: [{ name: ranking, model: gbdt, objective: lambdarank }]`",
    });
  const options = planTrees(stages[at]);
  if (!options.ok) return options;
  const { split } = data;
  if (split?.by !== undefined && split.by !== "group" && split.by !== "given")
    return fail({
      code: "unknown-split",
      message: `queries are dealt whole, and \`by: ${split.by}\` does not say so`,
      where: "3.split.by",
      fix: "write `split: { by: group, validation: 15%, test: 20% }`, or `by: given` where files are named by part",
    });
  const isGiven = typeof data.source?.path === "object" && !Array.isArray(data.source.path);
  if (isGiven ? split?.by === "group" : split?.by === "given")
    return fail({
      code: "split-not-of-the-files",
      message: isGiven
        ? "the files are named by part, and `split` deals queries anew"
        : "`split: { by: given }` wants files by part",
      where: "3.split.by",
      fix: isGiven ? "write `split: { by: given, validation: 20% }`" : "write `path: { train: …, test: … }`",
    });
  const shares = { validation: split?.validation?.value ?? 0.2, test: split?.test?.value ?? 0.2 };
  const isOfTime = [split?.validation, split?.test, split?.train].find((one) => one?.dimension.second === 1);
  if (isOfTime !== undefined || !(shares.validation > 0) || !(shares.test > 0) || shares.validation + shares.test >= 1)
    return fail({
      code: "bad-shares",
      message:
        isOfTime === undefined
          ? "the shares of validation and test have to be above 0, and leave queries to train on"
          : `\`${isOfTime.text}\` is a duration, and graded documents have no time: parts are shares of the queries`,
      where: "3.split",
      fix: "write `split: { by: group, validation: 15%, test: 20% }`",
    });
  return succeed({ metrics, options: options.value, shares });
}
