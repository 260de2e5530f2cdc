import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RankedParts } from "../src/steps/5-evaluate/optimize/ranked-compression.ts";
import { rankedCompression } from "../src/steps/5-evaluate/optimize/ranked-compression.ts";
import { type ScoredParts, scoredCompression } from "../src/steps/5-evaluate/optimize/scored-compression.ts";
import { type RankedWatch, rankedMonitor } from "../src/steps/7-monitor/health/ranked-monitor.ts";
import { type ScoredWatch, scoredMonitor } from "../src/steps/7-monitor/health/scored-monitor.ts";
import { describeCompressionSource } from "./contracts/compression-source.ts";
import { describeMonitorSource } from "./contracts/monitor-source.ts";
import type { StoredResults } from "./contracts/stored-run.ts";
import { outcomesOf } from "./golden-record.ts";

interface StoredRun {
  readonly results: StoredResults;
  /** The plans of the stages, as they were hashed. */
  readonly plans: ReadonlyMap<string, string>;
}

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "fixtures", name), "utf8");

/** The plan of a stage as JSON, which knows neither what was left out nor the infinite. */
function planOf({ plans }: StoredRun, name: string): string {
  const plan = plans.get(name) ?? "";
  return plan
    .replaceAll(/,?"[^"]*":undefined/gu, "")
    .replaceAll("{,", "{")
    .replaceAll(":Infinity", ":1e999");
}

/** Runs once, when first asked. */
function storedRun(note: string): () => Promise<StoredRun> {
  let run: Promise<StoredRun> | undefined;
  return () => {
    run ??= outcomesOf(note).then(({ outcomes }) => ({
      results: new Map(outcomes.map(({ stage, result }) => [stage.name, result])),
      plans: new Map(outcomes.map(({ stage }) => [stage.name, stage.plan])),
    }));
    return run;
  };
}

const ranked = storedRun(
  fixture("small-recommendation.md").replace("members: 250, items: 120", "members: 80, items: 50"),
);
const scored = storedRun(fixture("click-prediction.md").replace("members: 800", "members: 300"));

describeMonitorSource("a ranked task", async () => {
  const run = await ranked();
  const { watched }: { watched: RankedWatch } = JSON.parse(planOf(run, "alerts"));
  return {
    source: rankedMonitor(watched.task, watched.subjects),
    results: run.results,
    feature: "item_mean_rating_90d",
  };
});

describeMonitorSource("a scored task", async () => {
  const run = await scored();
  const { watched }: { watched: ScoredWatch } = JSON.parse(planOf(run, "alerts"));
  const classifiers = ["rules", "logistic", "scoring"].map((subject) => ({ subject }));
  return {
    source: scoredMonitor(watched.task, watched.declarations, classifiers),
    results: run.results,
    feature: "user_click_rate",
  };
});

describeCompressionSource("a ranked task", async () => {
  const run = await ranked();
  const { parts }: { parts: RankedParts } = JSON.parse(planOf(run, "compression"));
  return {
    source: () => rankedCompression(parts),
    results: run.results,
    trees: "ranking",
    subject: "ranking",
    metric: "ndcg@10",
  };
});

describeCompressionSource("a scored task", async () => {
  const run = await scored();
  const { parts }: { parts: ScoredParts } = JSON.parse(planOf(run, "compression"));
  return {
    source: (entries) => scoredCompression(parts, entries),
    results: run.results,
    trees: "scoring",
    subject: "scoring",
    metric: "average precision",
  };
});
