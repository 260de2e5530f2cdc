/** What a metric is: a name, a direction, and a pure function over requests, lists, scores, decisions or predictions. */

/** One request as a ranking metric sees it. Relevance 0 is not relevant; higher is better, 1 where labels are binary. */
export interface RankedRequest {
  /** Relevance of the returned items, best rank first. */
  readonly relevance: ArrayLike<number>;
  /**
   * Relevance of every judged item of the request, returned or not, in any order: the pool the ideal ranking and the number
   * of relevant items come from. A pool made of the returned list alone flatters the model.
   */
  readonly judged: ArrayLike<number>;
}

/** What was shown to all requests together: the view of coverage, novelty and concentration. */
export interface RecommendedLists {
  /** Item numbers of each request, best rank first. */
  readonly lists: readonly ArrayLike<number>[];
  /** How many items could have been shown. */
  readonly catalogue: number;
  /** How often each item occurs in the training events, by item number. Needed by novelty alone. */
  readonly popularity?: ArrayLike<number>;
}

/** What the larger value of a metric means. */
export type Direction = "higher is better" | "lower is better";

interface MetricBase {
  /** The field's standard name, without a cutoff: `ndcg`. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly direction: Direction;
  /** One sentence: what it measures and which definition is meant. */
  readonly definition: string;
  /** Named definitions that other references use, `linear` before `exponential`: the first is the default. */
  readonly variants: readonly string[];
}

/** Every metric of a request lies in it. */
export const REQUEST_RANGE: readonly [number, number] = [0, 1];
/** Of one request, measured on two lists. */
export const DIFFERENCE_RANGE: readonly [number, number] = [-1, 1];

/** Measured for each request, then averaged over requests, those without a hit included. */
export interface RequestMetric extends MetricBase {
  readonly over: "requests";
  /** Whether `@k` must, may or must not follow the name. */
  readonly cutoff: "required" | "optional";
  readonly measure: (request: RankedRequest, k: number, variant: string) => number;
}

/** Measured once over all lists. */
export interface ListMetric extends MetricBase {
  readonly over: "lists";
  readonly cutoff: "optional";
  readonly measure: (lists: RecommendedLists, k: number, variant: string) => number;
}

/** Measured over binary labels and scores or probabilities. */
export interface ScoreMetric extends MetricBase {
  readonly over: "scores";
  readonly cutoff: "none" | "required";
  readonly measure: (labels: ArrayLike<number>, scores: ArrayLike<number>, k: number, variant: string) => number;
}

/** Measured over true and predicted numbers. */
export interface PredictionMetric extends MetricBase {
  readonly over: "predictions";
  readonly cutoff: "none";
  readonly measure: (truth: ArrayLike<number>, predicted: ArrayLike<number>, k: number, variant: string) => number;
}

/** Scored rows of many units over many days: transactions of cards. */
export interface ScoredCases {
  /** Day number of each row. */
  readonly day: ArrayLike<number>;
  /** Unit (card, account) of each row. */
  readonly unit: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
}

/** Measured over the rows of each day, then averaged over days. */
export interface CaseMetric extends MetricBase {
  readonly over: "cases";
  readonly cutoff: "required";
  readonly measure: (cases: ScoredCases, k: number, variant: string) => number;
}

/** Any metric; `over` says what it is measured over. */
export type MetricDefinition = RequestMetric | ListMetric | ScoreMetric | PredictionMetric | CaseMetric;
