/** Binary classification of a plain table: classifiers on point-in-time features, judged on later days, served and watched. No money, no adversary. */

import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { doesItHelpOnline } from "../../report/summary/does-it-help-online.ts";
import { fastEnough } from "../../report/summary/fast-enough.ts";
import { whatItCosts } from "../../report/summary/what-it-costs.ts";
import { whatSurvivesCompression } from "../../report/summary/what-survives-compression.ts";
import { goalsStage, peakRate } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { declaredFeatures, type FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { featuresStage } from "../../steps/3-data/features/features-stage.ts";
import { waitForLabels } from "../../steps/3-data/features/label-delay.ts";
import type { ScoredWords } from "../../steps/3-data/scored-task.ts";
import { mappingStage } from "../../steps/3-data/sources/mapping-stage.ts";
import { caseMapping, namesIn } from "../../steps/3-data/sources/scored-table-facts.ts";
import { expandPaths } from "../../steps/3-data/sources/source-paths.ts";
import { timeOf } from "../../steps/3-data/sources/text-facts.ts";
import { checkLateLabelSplit } from "../../steps/3-data/split/check-split.ts";
import { dealtPlan } from "../../steps/3-data/split/dealt-plan.ts";
import { lateLabelPlan, lateLabelSplitStage } from "../../steps/3-data/split/late-label-split-stage.ts";
import { planClassifiers } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStage } from "../../steps/4-model/train/classifier-stage.ts";
import { compressionStage } from "../../steps/5-evaluate/optimize/compression-stage.ts";
import { scoredCompression } from "../../steps/5-evaluate/optimize/scored-compression.ts";
import { imbalanceComparisonStage } from "../../steps/5-evaluate/protocols/imbalance-comparison-stage.ts";
import { knownClaimsStage } from "../../steps/5-evaluate/protocols/known-claims-stage.ts";
import { scoredAsWrittenStage } from "../../steps/5-evaluate/protocols/scored-as-written-stage.ts";
import { scoredEvaluationStage } from "../../steps/5-evaluate/protocols/scored-evaluation-stage.ts";
import { trainByAveragePrecision } from "../../steps/5-evaluate/protocols/train-by-average-precision.ts";
import { NO_BUDGET } from "../../steps/5-evaluate/protocols/unit-bootstrap.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { caseSkewStage } from "../../steps/6-deploy/serve/case-skew-stage.ts";
import { LIVE_METRICS } from "../../steps/6-deploy/serve/pending-cases.ts";
import { scoredPath } from "../../steps/6-deploy/serve/scored-path.ts";
import { openServedCases } from "../../steps/6-deploy/serve/served-cases.ts";
import { servingLatencyStage } from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { alertsStage } from "../../steps/7-monitor/health/alerts-stage.ts";
import { scoredMonitor } from "../../steps/7-monitor/health/scored-monitor.ts";
import type { Design } from "../../steps/design.ts";
import { plainJson } from "../../system/canonical-json.ts";
import type { ServedSystem } from "../../system/served-system.ts";
import type { Kind, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { loadOf, scoredLoad } from "../run-load.ts";
import { CASES_STAGE, caseSourceOf, casesStage, describeCases } from "./cases-stage.ts";

export const binaryClassification: Kind = {
  name: "binary-classification",
  questions: [betterThanBaseline, fastEnough, whatItCosts, whatSurvivesCompression, doesItHelpOnline],
  liveMetrics: LIVE_METRICS,
  mapping({ design, resolve }) {
    const { words, written } = featuresOf(design);
    const source = caseSourceOf(design.data, written, words, resolve);
    return "table" in source ? caseMapping(source.table) : undefined;
  },
  query({ design, resolve }) {
    const { words, written, delay } = featuresOf(design);
    const source = caseSourceOf(design.data, written, words, resolve);
    const declared = {
      declarations: waitForLabels(written, words.positive, delay),
      periods: lateLabelPlan(design.data),
    };
    const { summed } = namesIn(written, words);
    const inPlace = "table" in source ? { ...declared, table: source.table, summed, leaves: false, words } : undefined;
    return { form: "scored", task: CASES_STAGE, ...declared, ...(inPlace === undefined ? {} : { inPlace }) };
  },
  async plan({ design, dataPath, resolve, files, sql }): Promise<Outcome<RunPlan>> {
    const { words, written, delay, isTimed } = featuresOf(design);
    const split = isTimed
      ? checkLateLabelSplit(design.data.split)
      : dealtPlan(design.data, written, words, design.data.source?.columns);
    if (!split.ok) return placed(split, design);
    const source = caseSourceOf(design.data, written, words, dataPath ?? resolve);
    const declarations = waitForLabels(written, words.positive, delay);
    const names = declarations.map(({ name }) => name);
    const planned = planClassifiers(design.model, names, design.data.imbalance);
    if (!planned.ok) return placed(planned, design);
    const classifiers = planned.value;
    const trees = classifiers.filter(({ choices }) => choices[0].model === "gbdt");
    if (trees.length === 0)
      return placed(
        fail({
          code: "no-trees",
          message: "nothing of the design can be served: this kind serves boosted trees",
          where: "4.stages",
          fix: "add `{ name: scoring, model: gbdt }`",
        }),
        design,
      );
    const fingerprint = "table" in source ? await files.fingerprint(await expandPaths(files, source.table.path)) : "";
    const mapping = "table" in source ? [mappingStage(caseMapping(source.table), fingerprint, design.front.waive)] : [];
    const load =
      "table" in source
        ? await loadOf({ sql, files }, source.table, scoredLoad(names.length, source.table.entities.length))
        : undefined;
    const judged = { task: CASES_STAGE, policy: null, units: 0, reviewCost: 0 };
    const entries = design.evaluate.optimize ?? [];
    const optional = [
      imbalanceComparisonStage(CASES_STAGE, classifiers, NO_BUDGET),
      compressionStage(entries, scoredCompression({ ...judged, trees }, entries)),
      ...(isTimed
        ? [
            scoredAsWrittenStage({ task: CASES_STAGE, label: words.positive }, design.data, written, delay),
            knownClaimsStage(
              { task: CASES_STAGE, label: words.positive },
              declarations,
              design.data.source?.known !== undefined,
            ),
          ]
        : []),
      experimentPlanStage(design),
    ];
    const traffic = { peak: peakRate(design.clarify), replicas: design.deploy.serving?.replicas ?? null };
    const triggers = design.monitor.retrain?.when ?? [];
    return succeed({
      stages: [
        goalsStage(design.clarify),
        objectiveStage(design.frame, "the first stage of section 4"),
        ...mapping,
        casesStage({ source, summed: namesIn(written, words).summed, words }, fingerprint),
        lateLabelSplitStage(CASES_STAGE, design.data),
        featuresStage(CASES_STAGE, declarations, words.case),
        ...classifiers.map((plan) => classifierStage(CASES_STAGE, plan, { run: trainByAveragePrecision })),
        scoredEvaluationStage({ ...judged, classifiers, slices: design.evaluate.slices ?? [] }),
        ...optional.filter((one) => one !== undefined),
        servingLatencyStage(scoredPath(CASES_STAGE, trees[0]), design.clarify, design.deploy, traffic.peak),
        caseSkewStage({ task: CASES_STAGE, declarations, values: namesIn(written, words).values }),
        // Drift is a change over time: rows dealt at random hold none.
        ...(isTimed
          ? [alertsStage(alertsOf(design), triggers, scoredMonitor(CASES_STAGE, declarations, classifiers), traffic)]
          : []),
      ],
      data: {
        source: describeCases(source),
        fingerprint,
        ...("world" in source ? { simulated: true, world: plainJson(source.world) } : { simulated: false }),
      },
      ...(load === undefined ? {} : { load }),
    });
  },
  async serve({ design, input, begin, isBlank }): Promise<Outcome<ServedSystem>> {
    const { words, written, delay } = featuresOf(design);
    const declarations = waitForLabels(written, words.positive, delay);
    const classifiers = planClassifiers(
      design.model,
      declarations.map(({ name }) => name),
      design.data.imbalance,
    );
    if (!classifiers.ok) return placed(classifiers, design);
    const { values } = namesIn(written, words);
    return succeed(
      await openServedCases(
        { task: CASES_STAGE, declarations, classifiers: classifiers.value, values, labelDelay: delay },
        input,
        isBlank ? "nothing" : begin,
      ),
    );
  },
};

function featuresOf({ frame, clarify, data }: Design): {
  readonly words: ScoredWords;
  readonly written: readonly FeatureDeclaration[];
  readonly delay: number;
  readonly isTimed: boolean;
} {
  const isTimed = timeOf(data) !== "none";
  // Without time nothing is late.
  const delay = isTimed ? (clarify.labels?.delay?.value ?? 0) : 0;
  // A value that turns out to be a word is made of labels, and waits for them as the others do.
  const written = declaredFeatures(data).map((one) => {
    if (!isTimed) return { ...one, delay: 0 };
    return one.aggregate.kind === "value" ? { ...one, delay: Math.max(one.delay, delay) } : one;
  });
  return { words: wordsOf(frame.label?.event ?? "label"), written, delay, isTimed };
}

function wordsOf(positive: string): ScoredWords {
  return {
    ...{
      case: "case",
      cases: "cases",
      row: "row",
      rows: "rows",
      unit: "unit",
      units: "units",
      party: "unit",
      parties: "units",
    },
    ...{
      positive,
      positives: "positives",
      labelled: `labelled \`${positive}\``,
      others: "other cases",
      negatives: "other cases",
      idle: "predicting none",
    },
    meanwhile: "what has changed since shows in it after the delay, and in the features and scores before",
  };
}
