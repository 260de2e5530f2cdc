/** Names of metrics as people write them, brought to one spelling: `PR-AUC`, `ndcg@10`, `recall @ 100`. */

export interface MetricName {
  /** The field's usual name: `average precision`, `ndcg`, `card precision`. */
  readonly name: string;
  /** The cut-off after `@`. */
  readonly k: number | undefined;
}

/** `ndcg@10` as `{ name: "ndcg", k: 10 }`. */
export function readMetricName(text: string): MetricName {
  const [, written = text, k] = /^([^@]*?)(?:\s*@\s*(\d+|k))?$/iu.exec(text.trim()) ?? [];
  const plain = written
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, " ")
    .trim();
  return { name: ALIASES.get(plain) ?? plain, k: k === undefined || /k/iu.test(k) ? undefined : Number(k) };
}

export interface ListedMetric extends MetricName {
  /** As written. */
  readonly text: string;
  /** Its place in the list. */
  readonly i: number;
  /** The stage it judges, where it says so. */
  readonly stage?: string;
}

/** The metrics of a list with their places in it. */
export function readMetricNames(
  listed: readonly { readonly metric: string; readonly stage?: string }[],
): ListedMetric[] {
  return listed.map(({ metric, stage }, i) => {
    const { name, k } = readMetricName(metric);
    return { name, k, text: metric, i, stage };
  });
}

const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "auc roc": ["roc auc", "auc", "auroc", "auc roc", "roc"],
    "average precision": ["pr auc", "auc pr", "auprc", "ap", "average precision", "area under pr"],
    "log loss": ["log loss", "logloss", "cross entropy", "binary cross entropy"],
    f1: ["f1", "f1 score", "f score"],
    mcc: ["mcc", "matthews correlation"],
    "hit rate": ["hit rate", "hr", "hitrate", "hit ratio"],
    map: ["map", "mean average precision"],
    mrr: ["mrr", "mean reciprocal rank"],
    rmse: ["rmse", "root mean squared error"],
    mae: ["mae", "mean absolute error"],
    mse: ["mse", "mean squared error"],
    r2: ["r2", "r squared", "r²"],
    brier: ["brier", "brier score"],
    ece: ["ece", "expected calibration error", "calibration error"],
    "calibration ratio": ["calibration", "calibration ratio"],
    "normalized entropy": ["normalized entropy", "ne", "normalised entropy"],
    "grouped auc": ["gauc", "grouped auc", "auc per group", "group auc"],
    "expected cost": ["cost", "expected cost", "cost per decision"],
    "precision at recall": ["precision at recall", "p@r"],
    "recall at precision": ["recall at precision", "r@p"],
    coverage: ["coverage", "catalog coverage", "catalogue coverage", "item coverage"],
    gini: ["gini", "gini index", "exposure gini"],
    diversity: ["diversity", "intra list diversity", "intra list distance"],
    "balanced accuracy": ["balanced accuracy"],
  }).flatMap(([name, spellings]) => spellings.map((spelling) => [spelling, name])),
);
