/** The public door of the library: what notebooks, tests and pages may import. Everything here runs in a browser. */

export type { Chart, ChartPoint } from "./core/chart.ts";
export type { Comparison } from "./core/comparison.ts";
export type { Distribution } from "./core/distribution.ts";
export type { Figure, StepNumber } from "./core/figure.ts";
export type { Finding, RelatedPlace, Severity, TextEdit } from "./core/finding.ts";
export { formatFigure, formatNumber, formatShare, formatValue } from "./core/format-figure.ts";
export { formatInUnit, formatQuantity } from "./core/format-quantity.ts";
export { nearest } from "./core/nearest.ts";
export { type Failure, FailureError, fail, type Outcome, succeed, unwrap } from "./core/outcome.ts";
export { parseQuantity, type Quantity } from "./core/quantity.ts";
export type { QuantityKind } from "./core/quantity-kind.ts";
export { createRandom, type Random } from "./core/random.ts";
export { formatPlace, type Position, type Span } from "./core/span.ts";
export { type Column, createTable, type Table } from "./core/table.ts";
export { applyEdits, type EditsApplied } from "./design/apply-edits.ts";
export { type Condition, holds, parseCondition } from "./design/condition.ts";
export type { NoteChanges } from "./design/print.ts";
export {
  accuracyOf,
  atBudget,
  aucRoc,
  averagedF1,
  averagePrecision,
  balancedAccuracyOf,
  brierScore,
  calibrationBins,
  cheapestThreshold,
  confusionAt,
  costCurve,
  costThreshold,
  dailyCardPrecision,
  expectedCalibrationError,
  expectedCost,
  falsePositiveRateOf,
  fBetaOf,
  jaccardOf,
  kappaOf,
  logLoss,
  maximumCalibrationError,
  mccOf,
  normalizedEntropy,
  precisionOf,
  precisionRecallTrapezoid,
  recallOf,
  shareRight,
  thresholdTable,
} from "./door/decision-metrics.ts";
export {
  adwinCut,
  binByReference,
  chiSquareTest,
  createAdwin,
  createPageHinkley,
  createStreamingMoments,
  createStreamingQuantile,
  jensenShannonDistance,
  jensenShannonDivergence,
  ksCritical,
  ksTest,
  kullbackLeibler,
  psi,
  psiNoise,
  psiNoiseOfQuantiles,
  psiOfCounts,
  psiOfShares,
  wassersteinDistance,
} from "./door/drift.ts";
export { analyzeExperiment, assignByHash } from "./door/experiment-analysis.ts";
export {
  alwaysValid,
  constantBoundary,
  obrienFlemingSpending,
  peekingError,
  pocockSpending,
  sequentialInflation,
  spendingBoundary,
} from "./door/experiment-looks.ts";
export {
  clusterSampleSize,
  designEffect,
  detectableMean,
  detectableProportion,
  durationCurve,
  effectFor,
  experimentDuration,
  guardrailSampleSize,
  planExperiment,
  powerMeans,
  powerProportions,
  sampleSizeMeans,
  sampleSizeProportions,
  sizeFor,
  switchbackLength,
  unequalSampleSizeProportions,
} from "./door/experiment-sizes.ts";
export {
  adjustPValues,
  bootstrapMean,
  checkGuardrail,
  checkSampleRatio,
  clopperPearsonInterval,
  compareEstimate,
  compareMeans,
  compareProportions,
  compareRatios,
  cupedAdjustment,
  cupedArms,
  momentsOf,
  pairedBootstrap,
  pairedMomentsOf,
  pairedTTest,
  ratioEstimate,
  relativeLift,
  relativeLiftOfRates,
  wilsonInterval,
} from "./door/experiment-tests.ts";
export {
  betaDistribution,
  binomial,
  chiSquare,
  errorFunction,
  fisherF,
  kolmogorovFiniteSurvival,
  kolmogorovSurvival,
  noncentralTSurvival,
  poisson,
  standardNormal,
  studentT,
  twoSidedNormal,
} from "./door/laws.ts";
export {
  averagePrecisionAt,
  coverageAt,
  entropyBits,
  expectedNdcgUnderTies,
  exposureEntropyAt,
  giniAt,
  giniIndex,
  gradedRequest,
  hitAt,
  ndcgAt,
  noveltyAt,
  precisionAt,
  rankedRequest,
  recallAt,
  reciprocalRank,
} from "./door/ranking-metrics.ts";
export {
  bitsPerToken,
  coefficientOfDetermination,
  dice,
  iou,
  kendall,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  parseMetric,
  pearson,
  perplexity,
  pinballLoss,
  rootMeanSquaredError,
  spearman,
  symmetricMape,
  weightedApe,
} from "./door/value-metrics.ts";
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
export { type FactToWrite, factToWrite } from "./estimate/fact-to-write.ts";
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
export { asksOpenly, type OpenQuestion, withOpenQuestion } from "./note/ask-openly.ts";
export { type Completion, completionsAt } from "./note/complete.ts";
export { describeSystem } from "./note/describe-system.ts";
export { type DesignEstimate, type DesignSimulation, estimateDesign, simulateDesign } from "./note/estimate-design.ts";
export { type EstimateInput, estimateInputs } from "./note/estimate-inputs.ts";
export { ESTIMATE_FUNCTIONS, ESTIMATES } from "./note/estimates.gen.ts";
export { type AskedFact, factsToAsk } from "./note/facts-to-ask.ts";
export { hoverAt } from "./note/hover.ts";
export { designJsonSchema, sectionJsonSchema } from "./note/json-schema.ts";
export { mendEffects } from "./note/mend-effects.ts";
export { type MovedFact, markOfFact, moveFact } from "./note/move-fact.ts";
export { printDesign } from "./note/print.ts";
export { PROSE_STEPS } from "./note/prose-steps.ts";
export { PROSE_TOPICS } from "./note/prose-topics.ts";
export { type ReadAnswer, readAnswer, writeFacts } from "./note/read-answer.ts";
export { reviewNote } from "./note/review-note.ts";
export { type ReviewedText, reviewText } from "./note/review-text.ts";
export { RULES } from "./note/rules.gen.ts";
export { setFact } from "./note/set-fact.ts";
export { type FactSweep, sweepFact } from "./note/sweep-fact.ts";
export { teamRule, type WrittenTeamRule } from "./note/team-rules/team-rule.ts";
export { waiveInNote } from "./note/waive-in-note.ts";
export { statesFact, type Variation, vary, withFacts } from "./note/with-fact.ts";
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
export type { TieCredit } from "./steps/5-evaluate/metrics/auc-roc.ts";
export type { BudgetResult } from "./steps/5-evaluate/metrics/budget-precision.ts";
export type { CalibrationBin, CalibrationOptions } from "./steps/5-evaluate/metrics/calibration.ts";
export type { CaughtCards } from "./steps/5-evaluate/metrics/card-precision.ts";
export { METRICS } from "./steps/5-evaluate/metrics/catalogue.ts";
export type { Confusion } from "./steps/5-evaluate/metrics/confusion.ts";
export type { CheapestThreshold, ClassificationCosts, ExpectedCost } from "./steps/5-evaluate/metrics/cost.ts";
export type { CostCurvePoint } from "./steps/5-evaluate/metrics/cost-curve.ts";
export type { Averaging } from "./steps/5-evaluate/metrics/f1.ts";
export type { GiniPopulation } from "./steps/5-evaluate/metrics/gini.ts";
export type { Box, CornerMeaning } from "./steps/5-evaluate/metrics/iou.ts";
export type { Clipping } from "./steps/5-evaluate/metrics/log-loss.ts";
export type { MapDivisor } from "./steps/5-evaluate/metrics/map.ts";
export { measureScores } from "./steps/5-evaluate/metrics/measure-scores.ts";
export type { RankedRequest, RecommendedLists, ScoredCases } from "./steps/5-evaluate/metrics/metric.ts";
export type { Gain } from "./steps/5-evaluate/metrics/ndcg.ts";
export type { ParsedMetric } from "./steps/5-evaluate/metrics/parse-metric.ts";
export { groupByScore, type ScoreGroups } from "./steps/5-evaluate/metrics/score-groups.ts";
export type { SmapeScale } from "./steps/5-evaluate/metrics/smape.ts";
export type { ThresholdRow } from "./steps/5-evaluate/metrics/threshold-table.ts";
export type { BootstrapEstimate, BootstrapOptions, PairedBootstrap } from "./steps/5-evaluate/protocols/bootstrap.ts";
export type { DecidingModel } from "./steps/5-evaluate/protocols/deciding-model.ts";
export type { Moments } from "./steps/5-evaluate/protocols/moments.ts";
export type { PairedTest } from "./steps/5-evaluate/protocols/paired-t-test.ts";
export type { AlwaysValidResult, Look } from "./steps/6-deploy/experiment/always-valid.ts";
export type { Analysis, AnalysisPlan, Guardrail, Reading } from "./steps/6-deploy/experiment/analysis.ts";
export type { ArmData, ExperimentData, MetricMoments } from "./steps/6-deploy/experiment/arm-data.ts";
export type {
  ClusterPlan,
  ClusterSize,
  SwitchbackPlan,
  SwitchbackSize,
} from "./steps/6-deploy/experiment/cluster-design.ts";
export type { Comparison as EffectComparison } from "./steps/6-deploy/experiment/comparison.ts";
export type { CupedAdjustment, CupedArms } from "./steps/6-deploy/experiment/cuped.ts";
export { describeAnalysis } from "./steps/6-deploy/experiment/describe-analysis.ts";
export { describePlan } from "./steps/6-deploy/experiment/describe-plan.ts";
export type { Duration, DurationPlan } from "./steps/6-deploy/experiment/duration.ts";
export type { CurvePlan, CurvePoint } from "./steps/6-deploy/experiment/duration-curve.ts";
export type {
  BoundaryShape,
  SequentialBoundary,
  SpendingFunction,
} from "./steps/6-deploy/experiment/group-sequential.ts";
export type { Correction } from "./steps/6-deploy/experiment/multiple-comparisons.ts";
export type { GuardrailPlan, GuardrailResult, GuardrailVerdict } from "./steps/6-deploy/experiment/non-inferiority.ts";
export type { PairedMoments } from "./steps/6-deploy/experiment/paired-moments.ts";
export type { ExperimentPlan } from "./steps/6-deploy/experiment/plan.ts";
export type { PlannedMetric, SizedComparison, SizeFormula } from "./steps/6-deploy/experiment/plan-size.ts";
export type { MeanPower, MeanReach, ProportionPower, ProportionReach } from "./steps/6-deploy/experiment/power.ts";
export type { Counted } from "./steps/6-deploy/experiment/proportion-interval.ts";
export type { RatioEstimate } from "./steps/6-deploy/experiment/ratio-metric.ts";
export type { LiftInput, RelativeLift } from "./steps/6-deploy/experiment/relative-lift.ts";
export type { SampleRatioCheck } from "./steps/6-deploy/experiment/sample-ratio.ts";
export type { MeanMethod, MeanPlan } from "./steps/6-deploy/experiment/sample-size-means.ts";
export type { ProportionMethod, ProportionPlan } from "./steps/6-deploy/experiment/sample-size-proportions.ts";
export type { PlanInput } from "./steps/6-deploy/experiment/sized-plan.ts";
export type { MeanTest } from "./steps/6-deploy/experiment/two-means.ts";
export type { ProportionOptions } from "./steps/6-deploy/experiment/two-proportions.ts";
export { type FeatureSkew, replayFeatures } from "./steps/6-deploy/serve/feature-skew.ts";
export {
  createFeatureState,
  type FeatureState,
} from "./steps/6-deploy/serve/feature-state.ts";
export type { Keys, Reason, Refusal, StateEvent, StateRequest } from "./steps/6-deploy/serve/state-event.ts";
export type { ReasonCounts } from "./steps/6-deploy/serve/state-faults.ts";
export type { Vocabulary } from "./steps/6-deploy/serve/state-layout.ts";
export type { FeatureStateOptions } from "./steps/6-deploy/serve/state-options.ts";
export type { Adwin, AdwinOptions } from "./steps/7-monitor/drift/adwin.ts";
export type { BinnedPair } from "./steps/7-monitor/drift/bins.ts";
export type { ChiSquareResult } from "./steps/7-monitor/drift/chi-square-test.ts";
export type { LogBase } from "./steps/7-monitor/drift/jensen-shannon.ts";
export type { KsMethod, KsResult } from "./steps/7-monitor/drift/kolmogorov-smirnov.ts";
export type { PageHinkley, PageHinkleyOptions } from "./steps/7-monitor/drift/page-hinkley.ts";
export type { EmptyBinPolicy, PsiOptions, PsiResult } from "./steps/7-monitor/drift/psi.ts";
export type { PsiNoise } from "./steps/7-monitor/drift/psi-noise.ts";
export type { StreamingMoments } from "./steps/7-monitor/drift/streaming-moments.ts";
export type { StreamingQuantile } from "./steps/7-monitor/drift/streaming-quantile.ts";
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
