/** The public door of the library: what notebooks, tests and pages may import. Everything here runs in a browser. */

export type { Chart, ChartPoint } from "./core/chart.ts";
export type { Distribution } from "./core/distribution.ts";
export { betaDistribution } from "./core/distribution-beta.ts";
export { binomial } from "./core/distribution-binomial.ts";
export { chiSquare } from "./core/distribution-chi-square.ts";
export { fisherF } from "./core/distribution-f.ts";
export { kolmogorovFiniteSurvival, kolmogorovSurvival } from "./core/distribution-kolmogorov.ts";
export { noncentralTSurvival } from "./core/distribution-noncentral-t.ts";
export { errorFunction, standardNormal, twoSidedNormal } from "./core/distribution-normal.ts";
export { poisson } from "./core/distribution-poisson.ts";
export { studentT } from "./core/distribution-t.ts";
export type { Figure, StepNumber } from "./core/figure.ts";
export type { Finding, RelatedPlace, Severity, TextEdit } from "./core/finding.ts";
export { formatFigure, formatNumber, formatValue } from "./core/format-figure.ts";
export { formatInUnit, formatQuantity } from "./core/format-quantity.ts";
export { nearest } from "./core/nearest.ts";
export { type Failure, FailureError, fail, type Outcome, succeed, unwrap } from "./core/outcome.ts";
export { parseQuantity, type Quantity, type QuantityKind } from "./core/quantity.ts";
export { createRandom, type Random } from "./core/random.ts";
export { formatPlace, type Position, type Span } from "./core/span.ts";
export { type Column, createTable, type Table } from "./core/table.ts";
export { applyEdits, type EditsApplied } from "./design/apply-edits.ts";
export { type Comparison, type Condition, holds, parseCondition } from "./design/condition.ts";
export type { NoteChanges } from "./design/print.ts";
export { ACCELERATORS, type Accelerator } from "./estimate/catalogue/accelerators.ts";
export { EDGE_DEVICES, type EdgeDevice } from "./estimate/catalogue/edge-devices.ts";
export { type Device, findDevice } from "./estimate/catalogue/find-device.ts";
export { LATENCIES, type Latency } from "./estimate/catalogue/latencies.ts";
export { LINKS, type Link } from "./estimate/catalogue/links.ts";
export { PRICES, type Price } from "./estimate/catalogue/prices.ts";
export { STORAGE_MEDIA, type StorageMedium } from "./estimate/catalogue/storage-media.ts";
export type { Estimate } from "./estimate/define.ts";
export { explainEstimate } from "./estimate/explain.ts";
export { pointAt } from "./estimate/expression/expression-error.ts";
export {
  compileProgram,
  type DerivationLine,
  evaluateExpression,
  type Program,
  type VariableType,
} from "./estimate/expression/program.ts";
export { renderDerivation } from "./estimate/expression/render-derivation.ts";
export { type EstimateResult, type InputValue, runEstimate } from "./estimate/run.ts";
export type { FilledSheet, LimitCheck, MissingFact } from "./estimate/sheet.ts";
export { type QueueOutcome, type QueueSimulation, simulateQueue } from "./estimate/simulate-queue.ts";
export type { Crossing, Sweep, SweepSeries } from "./estimate/sweep.ts";
export { type DecisionCounts, PAYMENT_FAULTS, type PaymentFault } from "./kinds/fraud-detection/decision-counts.ts";
export {
  createPaymentDecider,
  type PaymentDecider,
  type PaymentDeciderParts,
  type PaymentDecision,
  type RestorableDecider,
} from "./kinds/fraud-detection/payment-decision.ts";
export type {
  IncomingPayment,
  PaymentLabel,
  PaymentLimits,
  PaymentState,
} from "./kinds/fraud-detection/payment-state.ts";
export type { Kind, PlanRequest, RunPlan } from "./kinds/kind.ts";
export { findKind, KINDS } from "./kinds/registry.ts";
export { type Found, findInLibrary } from "./library/find-in-library.ts";
export { type Entry as LibraryEntry, openSearch, type SearchIndex } from "./library/search.ts";
export { withOpenQuestion } from "./note/ask-openly.ts";
export { type Completion, completionsAt } from "./note/complete.ts";
export { describeSystem } from "./note/describe-system.ts";
export { type DesignEstimate, type DesignSimulation, estimateDesign, simulateDesign } from "./note/estimate-design.ts";
export { type EstimateInput, estimateInputs } from "./note/estimate-inputs.ts";
export { ESTIMATE_FUNCTIONS, ESTIMATES } from "./note/estimates.gen.ts";
export { type AskedFact, factsToAsk } from "./note/facts-to-ask.ts";
export { hoverAt } from "./note/hover.ts";
export { designJsonSchema, sectionJsonSchema } from "./note/json-schema.ts";
export { mendEffects } from "./note/mend-effects.ts";
export { printDesign } from "./note/print.ts";
export { PROSE_STEPS } from "./note/prose-steps.ts";
export { PROSE_TOPICS } from "./note/prose-topics.ts";
export { reviewNote } from "./note/review-note.ts";
export { type ReviewedText, reviewText } from "./note/review-text.ts";
export { RULES } from "./note/rules.gen.ts";
export { setFact } from "./note/set-fact.ts";
export { type FactSweep, sweepFact } from "./note/sweep-fact.ts";
export { teamRule, type WrittenTeamRule } from "./note/team-rules/team-rule.ts";
export { waiveInNote } from "./note/waive-in-note.ts";
export { type Variation, vary, withFacts } from "./note/with-fact.ts";
export { type Ability, areaBelief, chanceRight, freshAbility, updateAbility } from "./practice/ability.ts";
export { AREA_NAMES, AREAS, type Area, LEVELS, type Level } from "./practice/area.ts";
export { type Calibration, calibration } from "./practice/calibration.ts";
export { type BankReport, checkBank, checkCoverage } from "./practice/check-bank.ts";
export { type BankProblem, type CheckOptions, checkQuestion } from "./practice/check-question.ts";
export { type Choice, chooseNext, choosePlacement } from "./practice/choose-next.ts";
export { dailySet } from "./practice/daily-set.ts";
export type { Grade, Verdict } from "./practice/grade.ts";
export { type GradeOptions, gradeAnswer } from "./practice/grade-answer.ts";
export { type RubricReading, readRubric } from "./practice/grade-rubric.ts";
export { type AnswerRecord, type History, type HistoryRecord, readHistory, writeRecord } from "./practice/history.ts";
export { type Conduct, HELP, probesFor, type Turn, takeLine, takeProbeAnswer } from "./practice/interview/conduct.ts";
export { DIMENSIONS, type DimensionName } from "./practice/interview/dimension.ts";
export {
  applyEvent,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
  readEvents,
} from "./practice/interview/interview-event.ts";
export { writeNote } from "./practice/interview/interview-note.ts";
export type { Probe } from "./practice/interview/probe.ts";
export { type Problem, problemSchema } from "./practice/interview/problem.ts";
export { renderScore } from "./practice/interview/render-interview.ts";
export { type InterviewScore, scoreInterview } from "./practice/interview/score-interview.ts";
export { type Agreement, compareSheets, type Sheet } from "./practice/interview/sheet.ts";
export { dueDay, type Memory, recall, remember } from "./practice/memory.ts";
export { makePlan, type PlanOptions, type StudyPlan } from "./practice/plan.ts";
export { type PreparedQuestion, prepareQuestion } from "./practice/prepare.ts";
export { foldHistory, type Profile, streak, withAnswer } from "./practice/profile.ts";
export { measureProgress, type Progress as PracticeProgress } from "./practice/progress.ts";
export { cardOf, type Question, type QuestionCard, questionSchema } from "./practice/question.ts";
export {
  type AnswerGiven,
  answerPrompt,
  answerSitting,
  askLines,
  revealLines,
  type Sitting,
  sit,
} from "./practice/sitting.ts";
export { type SessionEnd, summariseSession } from "./practice/summarise-session.ts";
export { drawVariant, type Variant } from "./practice/variant.ts";
export { renderHtml } from "./report/html.ts";
export { renderMarkdown } from "./report/markdown.ts";
export { type ReportSection, reportSections } from "./report/sections.ts";
export { drawSystemMermaid } from "./report/system-mermaid.ts";
export { drawSystemSvg, type SystemSvgOptions } from "./report/system-svg.ts";
export { CONSEQUENCES, type Consequence } from "./review/consequence.ts";
export { explainRule } from "./review/explain.ts";
export { explainNoteCode, NOTE_CODES } from "./review/note-codes.ts";
export { inOrderOfWork } from "./review/order-of-work.ts";
export { type ProseStep, type ProseTopic, reviewProse } from "./review/prose.ts";
export { renderGithub } from "./review/render/github.ts";
export { renderJson } from "./review/render/json.ts";
export { renderSarif, type SarifOptions } from "./review/render/sarif.ts";
export { renderFinding, renderText, type TextOptions } from "./review/render/text.ts";
export {
  type Review,
  type ReviewFinding,
  type ReviewOptions,
  type RuleConfiguration,
  type RuleOutcome,
  review,
} from "./review/review.ts";
export { defineRule, type Rule, type RuleText } from "./review/rule.ts";
export { type Summary, summarize } from "./review/summary.ts";
export type { WaivedFinding } from "./review/waiver.ts";
export { buildFeatures } from "./steps/3-data/features/build-features.ts";
export type { EntityColumn, EventStream, FeatureRequests, Measure } from "./steps/3-data/features/event-stream.ts";
export type { FeatureDeclaration } from "./steps/3-data/features/feature-declaration.ts";
export { declaredFeatures } from "./steps/3-data/features/feature-declaration.ts";
export { type FeaturePlan, planFeatures } from "./steps/3-data/features/feature-plan.ts";
export { waitForLabels } from "./steps/3-data/features/label-delay.ts";
export { queryFeatures } from "./steps/3-data/features/query-features.ts";
export { type RollingOptions, splitRolling } from "./steps/3-data/split/rolling.ts";
export { openRules, type RuleList, type RuleScorer } from "./steps/4-model/models/rule-list.ts";
export { importanceByGain } from "./steps/4-model/models/tree-importance.ts";
export { treesFromFile, treesToFile } from "./steps/4-model/models/trees-json.ts";
export type { TreesModel } from "./steps/4-model/models/trees-model.ts";
export { shareRight } from "./steps/5-evaluate/metrics/accuracy.ts";
export { aucRoc, type TieCredit } from "./steps/5-evaluate/metrics/auc-roc.ts";
export { averagePrecision, precisionRecallTrapezoid } from "./steps/5-evaluate/metrics/average-precision.ts";
export { brierScore } from "./steps/5-evaluate/metrics/brier.ts";
export { atBudget, type BudgetResult } from "./steps/5-evaluate/metrics/budget-precision.ts";
export {
  type CalibrationBin,
  type CalibrationOptions,
  calibrationBins,
  expectedCalibrationError,
  maximumCalibrationError,
} from "./steps/5-evaluate/metrics/calibration.ts";
export { type CaughtCards, dailyCardPrecision } from "./steps/5-evaluate/metrics/card-precision.ts";
export { METRICS } from "./steps/5-evaluate/metrics/catalogue.ts";
export { coverageAt } from "./steps/5-evaluate/metrics/catalogue-coverage.ts";
export {
  accuracyOf,
  balancedAccuracyOf,
  type Confusion,
  confusionAt,
  falsePositiveRateOf,
  fBetaOf,
  jaccardOf,
  kappaOf,
  mccOf,
  precisionOf,
  recallOf,
} from "./steps/5-evaluate/metrics/confusion.ts";
export {
  type CheapestThreshold,
  type ClassificationCosts,
  cheapestThreshold,
  costThreshold,
  type ExpectedCost,
  expectedCost,
} from "./steps/5-evaluate/metrics/cost.ts";
export { type CostCurvePoint, costCurve } from "./steps/5-evaluate/metrics/cost-curve.ts";
export { entropyBits, exposureEntropyAt } from "./steps/5-evaluate/metrics/exposure-entropy.ts";
export { type Averaging, averagedF1 } from "./steps/5-evaluate/metrics/f1.ts";
export { type GiniPopulation, giniAt, giniIndex } from "./steps/5-evaluate/metrics/gini.ts";
export { hitAt } from "./steps/5-evaluate/metrics/hit-rate.ts";
export { type Box, type CornerMeaning, dice, iou } from "./steps/5-evaluate/metrics/iou.ts";
export { type Clipping, logLoss } from "./steps/5-evaluate/metrics/log-loss.ts";
export { meanAbsoluteError } from "./steps/5-evaluate/metrics/mae.ts";
export { averagePrecisionAt, type MapDivisor } from "./steps/5-evaluate/metrics/map.ts";
export { meanAbsolutePercentageError } from "./steps/5-evaluate/metrics/mape.ts";
export { measureScores } from "./steps/5-evaluate/metrics/measure-scores.ts";
export type { RankedRequest, RecommendedLists, ScoredCases } from "./steps/5-evaluate/metrics/metric.ts";
export { reciprocalRank } from "./steps/5-evaluate/metrics/mrr.ts";
export { expectedNdcgUnderTies, type Gain, ndcgAt } from "./steps/5-evaluate/metrics/ndcg.ts";
export { normalizedEntropy } from "./steps/5-evaluate/metrics/normalized-entropy.ts";
export { noveltyAt } from "./steps/5-evaluate/metrics/novelty.ts";
export { type ParsedMetric, parseMetric } from "./steps/5-evaluate/metrics/parse-metric.ts";
export { bitsPerToken, perplexity } from "./steps/5-evaluate/metrics/perplexity.ts";
export { pinballLoss } from "./steps/5-evaluate/metrics/pinball.ts";
export { precisionAt } from "./steps/5-evaluate/metrics/precision.ts";
export { coefficientOfDetermination } from "./steps/5-evaluate/metrics/r2.ts";
export { kendall, pearson, spearman } from "./steps/5-evaluate/metrics/rank-correlation.ts";
export { gradedRequest, rankedRequest } from "./steps/5-evaluate/metrics/ranked-request.ts";
export { recallAt } from "./steps/5-evaluate/metrics/recall.ts";
export { rootMeanSquaredError } from "./steps/5-evaluate/metrics/rmse.ts";
export { groupByScore, type ScoreGroups } from "./steps/5-evaluate/metrics/score-groups.ts";
export { type SmapeScale, symmetricMape } from "./steps/5-evaluate/metrics/smape.ts";
export { type ThresholdRow, thresholdTable } from "./steps/5-evaluate/metrics/threshold-table.ts";
export { weightedApe } from "./steps/5-evaluate/metrics/wape.ts";
export {
  type BootstrapEstimate,
  type BootstrapOptions,
  bootstrapMean,
  type PairedBootstrap,
  pairedBootstrap,
} from "./steps/5-evaluate/protocols/bootstrap.ts";
export type { DecidingModel } from "./steps/5-evaluate/protocols/deciding-model.ts";
export { type Moments, momentsOf } from "./steps/5-evaluate/protocols/moments.ts";
export { type PairedTest, pairedTTest } from "./steps/5-evaluate/protocols/paired-t-test.ts";
export { type AlwaysValidResult, alwaysValid, type Look } from "./steps/6-deploy/experiment/always-valid.ts";
export type { Analysis, AnalysisPlan, Guardrail, Reading } from "./steps/6-deploy/experiment/analysis.ts";
export { analyzeExperiment } from "./steps/6-deploy/experiment/analyze.ts";
export type { ArmData, ExperimentData, MetricMoments } from "./steps/6-deploy/experiment/arm-data.ts";
export { assignByHash } from "./steps/6-deploy/experiment/assign-by-hash.ts";
export {
  type ClusterPlan,
  type ClusterSize,
  clusterSampleSize,
  designEffect,
  type SwitchbackPlan,
  type SwitchbackSize,
  switchbackLength,
} from "./steps/6-deploy/experiment/cluster-design.ts";
export { type Comparison as EffectComparison, compareEstimate } from "./steps/6-deploy/experiment/comparison.ts";
export { type CupedAdjustment, type CupedArms, cupedAdjustment, cupedArms } from "./steps/6-deploy/experiment/cuped.ts";
export { describeAnalysis } from "./steps/6-deploy/experiment/describe-analysis.ts";
export { describePlan } from "./steps/6-deploy/experiment/describe-plan.ts";
export { type Duration, type DurationPlan, experimentDuration } from "./steps/6-deploy/experiment/duration.ts";
export { type CurvePlan, type CurvePoint, durationCurve } from "./steps/6-deploy/experiment/duration-curve.ts";
export {
  type BoundaryShape,
  constantBoundary,
  obrienFlemingSpending,
  peekingError,
  pocockSpending,
  type SequentialBoundary,
  type SpendingFunction,
  sequentialInflation,
  spendingBoundary,
} from "./steps/6-deploy/experiment/group-sequential.ts";
export { adjustPValues, type Correction } from "./steps/6-deploy/experiment/multiple-comparisons.ts";
export {
  checkGuardrail,
  type GuardrailPlan,
  type GuardrailResult,
  type GuardrailVerdict,
  guardrailSampleSize,
} from "./steps/6-deploy/experiment/non-inferiority.ts";
export { type PairedMoments, pairedMomentsOf } from "./steps/6-deploy/experiment/paired-moments.ts";
export { type ExperimentPlan, planExperiment } from "./steps/6-deploy/experiment/plan.ts";
export {
  effectFor,
  type PlannedMetric,
  type SizedComparison,
  type SizeFormula,
  sizeFor,
} from "./steps/6-deploy/experiment/plan-size.ts";
export {
  detectableMean,
  detectableProportion,
  type MeanPower,
  type MeanReach,
  type ProportionPower,
  type ProportionReach,
  powerMeans,
  powerProportions,
} from "./steps/6-deploy/experiment/power.ts";
export {
  type Counted,
  clopperPearsonInterval,
  wilsonInterval,
} from "./steps/6-deploy/experiment/proportion-interval.ts";
export { compareRatios, type RatioEstimate, ratioEstimate } from "./steps/6-deploy/experiment/ratio-metric.ts";
export {
  type LiftInput,
  type RelativeLift,
  relativeLift,
  relativeLiftOfRates,
} from "./steps/6-deploy/experiment/relative-lift.ts";
export { checkSampleRatio, type SampleRatioCheck } from "./steps/6-deploy/experiment/sample-ratio.ts";
export { type MeanMethod, type MeanPlan, sampleSizeMeans } from "./steps/6-deploy/experiment/sample-size-means.ts";
export {
  type ProportionMethod,
  type ProportionPlan,
  sampleSizeProportions,
  unequalSampleSizeProportions,
} from "./steps/6-deploy/experiment/sample-size-proportions.ts";
export type { PlanInput } from "./steps/6-deploy/experiment/sized-plan.ts";
export { compareMeans, type MeanTest } from "./steps/6-deploy/experiment/two-means.ts";
export { compareProportions, type ProportionOptions } from "./steps/6-deploy/experiment/two-proportions.ts";
export { type FeatureSkew, replayFeatures } from "./steps/6-deploy/serve/feature-skew.ts";
export {
  createFeatureState,
  type FeatureState,
  type FeatureStateOptions,
  type ReasonCounts,
} from "./steps/6-deploy/serve/feature-state.ts";
export type { Keys, Reason, Refusal, StateEvent, StateRequest } from "./steps/6-deploy/serve/state-event.ts";
export type { Vocabulary } from "./steps/6-deploy/serve/state-layout.ts";
export { type Adwin, type AdwinOptions, adwinCut, createAdwin } from "./steps/7-monitor/drift/adwin.ts";
export { type BinnedPair, binByReference } from "./steps/7-monitor/drift/bins.ts";
export { type ChiSquareResult, chiSquareTest } from "./steps/7-monitor/drift/chi-square-test.ts";
export {
  jensenShannonDistance,
  jensenShannonDivergence,
  kullbackLeibler,
  type LogBase,
} from "./steps/7-monitor/drift/jensen-shannon.ts";
export { type KsMethod, type KsResult, ksCritical, ksTest } from "./steps/7-monitor/drift/kolmogorov-smirnov.ts";
export { createPageHinkley, type PageHinkley, type PageHinkleyOptions } from "./steps/7-monitor/drift/page-hinkley.ts";
export {
  type EmptyBinPolicy,
  type PsiOptions,
  type PsiResult,
  psi,
  psiOfCounts,
  psiOfShares,
} from "./steps/7-monitor/drift/psi.ts";
export { type PsiNoise, psiNoise, psiNoiseOfQuantiles } from "./steps/7-monitor/drift/psi-noise.ts";
export { createStreamingMoments, type StreamingMoments } from "./steps/7-monitor/drift/streaming-moments.ts";
export { createStreamingQuantile, type StreamingQuantile } from "./steps/7-monitor/drift/streaming-quantile.ts";
export { wassersteinDistance } from "./steps/7-monitor/drift/wasserstein.ts";
export { type Design, type DesignRead, parseDesign, placeOf, STEPS } from "./steps/design.ts";
export { REFERENCES } from "./steps/references.ts";
export type { Environment, InputFiles, Progress, Sql } from "./system/environment.ts";
export { type PipelineOptions, RunCancelled, runPipeline, type StageOutcome } from "./system/pipeline.ts";
export { createMemoryStore, type ResultStore } from "./system/result-store.ts";
export { createRunRecord, type RunRecord, runRecordSchema } from "./system/run-record.ts";
export {
  type AlertOutcome,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "./system/stage.ts";
export type { DrawnEdge, DrawnNode, DrawnRow, SystemDrawing } from "./system/system-drawing.ts";
