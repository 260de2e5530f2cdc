/** What a person writes by CONTRIBUTING's recipes for a rule, a metric, a model and a kind, each as small as it can be. */

import { readFileSync } from "node:fs";

export interface Recipe {
  /** As the table of CONTRIBUTING calls it. */
  readonly name: string;
  /** New files, by path. */
  readonly adds: Readonly<Record<string, string>>;
  /** Lines added to files: the text goes in right after the first place of `after`. */
  readonly edits: readonly { readonly path: string; readonly after: string; readonly text: string }[];
  /** Tests that have to pass with it. */
  readonly tests: readonly string[];
}

const rule: Recipe = {
  name: "rule",
  adds: {
    "src/steps/3-data/rules/split-without-test-rows.ts": `/** Finds splits whose test rows nobody has counted. */

import { defineRule, type Hit } from "../../../review/rule.ts";

export const rule = defineRule<Hit>({
  code: "HP399",
  name: "split-without-test-rows",
  step: 3,
  reads: ["3.split.rows"],
  severity: "advice",
  consequence: "false-figures",
  summary: "nothing says how many rows are tested on",
  why: "an interval cannot be planned without the number of test rows",
  fix: "write \`rows\` into \`split\`",
  sources: ["Leakage and the Reproducibility Crisis (2023), type L1.4"],
  examples: { bad: { 3: "split: { by: time }" }, good: { 3: "split: { by: time, rows: 50k }" } },
  check({ data: { split } }) {
    if (split === undefined) return "not applicable";
    return split.rows === undefined ? [{ at: "3.split.rows" }] : [];
  },
  say: () => ({ message: "the split does not say how many rows are tested on" }),
});
`,
  },
  edits: [],
  tests: ["src/review"],
};

const metric: Recipe = {
  name: "metric",
  adds: {
    "src/steps/5-evaluate/metrics/first-hit.ts": `/** first hit: the share of requests whose first item is relevant. */

import type { RankedRequest, RequestMetric } from "./metric.ts";

/** 1 where the item on top is relevant, else 0. */
export function firstHit({ relevance }: RankedRequest): number {
  return relevance.length > 0 && relevance[0] > 0 ? 1 : 0;
}

/** The metric \`first hit\`. */
export const firstHitMetric: RequestMetric = {
  name: "first hit",
  aliases: ["first-hit"],
  over: "requests",
  cutoff: "optional",
  direction: "higher is better",
  definition: "share of requests whose first item is relevant",
  variants: [],
  measure: firstHit,
};
`,
    "src/steps/5-evaluate/metrics/first-hit.test.ts": `import { expect, it } from "vitest";
import { firstHit } from "./first-hit.ts";
import { precisionAt } from "./precision.ts";

it("is precision at one", () => {
  for (const relevance of [[1, 0], [0, 1], [2, 2], [0, 0]]) {
    const request = { relevance, judged: relevance };
    expect(firstHit(request)).toBe(precisionAt(request, 1));
  }
});
`,
  },
  edits: [
    {
      path: "src/steps/5-evaluate/metrics/catalogue.ts",
      after: 'import { f1 } from "./f1.ts";\n',
      text: 'import { firstHitMetric } from "./first-hit.ts";\n',
    },
    { path: "src/steps/5-evaluate/metrics/catalogue.ts", after: "  hitRate,\n", text: "  firstHitMetric,\n" },
    {
      path: "src/door/ranking-metrics.ts",
      after: 'import * as entropy from "../steps/5-evaluate/metrics/exposure-entropy.ts";\n',
      text: 'import { firstHit as uncheckedFirstHit } from "../steps/5-evaluate/metrics/first-hit.ts";\n',
    },
    {
      path: "src/door/ranking-metrics.ts",
      after: 'export const hitAt = guarded("hitAt", { request, k: cutoff }, uncheckedHitAt);\n',
      text: 'export const firstHit = guarded("firstHit", { request }, uncheckedFirstHit);\n',
    },
    {
      path: "src/index.ts",
      after: "  exposureEntropyAt,\n",
      text: "  firstHit,\n",
    },
    {
      path: "tools/api.yaml",
      after: "# gives: to six digits; of an object the fields that are shown.\n",
      text: `- name: firstHit
  group: "Metrics of rankings"
  module: src/steps/5-evaluate/metrics/first-hit.ts
  units: "share"
  errors: "none"
  source: "precision at one"
  example: "firstHit({ relevance: [1, 0], judged: [1, 0] })"
  gives: 1
`,
    },
  ],
  tests: ["src/steps/5-evaluate/metrics", "test/api-page.test.ts"],
};

const model: Recipe = {
  name: "model",
  adds: {
    "src/steps/4-model/models/least-popular.ts": `/** The least popular items: what nobody has looked at yet comes first. */

import { artefactFloats, type ModelArtefact, type Recommender, type RecommenderModel } from "./recommender.ts";

/** Scores an item by how few entries it has, whoever asks. */
export const leastPopular: RecommenderModel<Record<string, never>> = {
  name: "least-popular",
  defaults: {},
  async fit({ interactions }) {
    const counts = new Float32Array(interactions.columns);
    for (const item of interactions.indices) counts[item]--;
    return create(counts);
  },
  fromArtefact: (artefact: ModelArtefact) => create(artefactFloats(artefact, "counts")),
};

function create(counts: Float32Array): Recommender {
  return {
    model: leastPopular.name,
    items: counts.length,
    score: () => counts.slice(),
    toArtefact: () => ({ model: leastPopular.name, meta: {}, arrays: { counts } }),
  };
}
`,
    "src/steps/4-model/models/least-popular.test.ts": `import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { leastPopular } from "./least-popular.ts";

it("puts first what has the fewest entries", async () => {
  const interactions = sparseFromEntries(3, 3, [0, 0, 1, 2], [0, 1, 0, 1], [1, 1, 1, 1]);
  const fitted = await leastPopular.fit({ interactions }, {}, { random: createRandom(1) });
  const history = { indices: new Int32Array(0), values: new Float32Array(0) };
  expect([...fitted.score(history)]).toEqual([-2, -2, 0]);
});
`,
  },
  edits: [
    {
      path: "src/steps/4-model/models/recommenders.ts",
      after: 'import { itemKnn } from "./item-knn.ts";\n',
      text: 'import { leastPopular } from "./least-popular.ts";\n',
    },
    {
      path: "src/steps/4-model/models/recommenders.ts",
      after: "  content: () => settle(contentBased, {}),\n",
      text: '  "least-popular": () => settle(leastPopular, {}),\n',
    },
  ],
  tests: ["src/steps/4-model/models/least-popular.test.ts"],
};

/** Churn of people whose days are drawn: a scored task, and stages that exist. */
const kind: Recipe = {
  name: "kind of system",
  adds: {
    "src/kinds/visitor-churn/visits-stage.ts": `/** The stage that draws visits of people, some of whom do not come back. */

import { DAY } from "../../core/day.ts";
import { figure } from "../../core/figure.ts";
import { type ScoredWords, scoredTaskToStored } from "../../steps/3-data/scored-task.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";

export const VISITS_STAGE = "visits";

const WORDS: ScoredWords = {
  ...{ case: "visit", cases: "visits", row: "visit", rows: "visits", unit: "person", units: "people" },
  ...{ positive: "loss", positives: "losses", others: "people who stay", negatives: "visits of people who stay" },
  ...{ party: "person", parties: "people", idle: "expecting that all stay" },
  ...{ labelled: "lost", meanwhile: "who stays away now shows in it after the delay" },
};

export function visitsStage(): Stage {
  return stage({
    name: VISITS_STAGE,
    step: 3,
    title: "drawing visits",
    inputs: [],
    data: NO_FILES,
    plan: { people: 40, days: 70 },
    run: draw,
  });
}

async function draw(
  { people, days }: { readonly people: number; readonly days: number },
  { random }: Pick<StageContext, "random">,
): Promise<StageResult> {
  const count = people * days;
  const rows = Int32Array.from({ length: count }, (_, at) => at % people);
  const time = Float64Array.from({ length: count }, (_, at) => Date.UTC(2024, 0, 1) / 1000 + Math.floor(at / people) * DAY);
  const mood = Float64Array.from({ length: count }, () => random.uniform());
  const label = Uint8Array.from(mood, (value) => Number(random.uniform() < (value > 0.8 ? 0.5 : 0.05)));
  return stageResult({
    ...scoredTaskToStored({
      time,
      label,
      entities: new Map([["user", { count: people, rows }]]),
      values: new Map([["mood", mood]]),
      summed: [],
      leaves: "",
      words: WORDS,
    }),
    figures: [figure({ step: 3, name: "visits", subject: "data", value: count, unit: "visits", role: "size" })],
  });
}
`,
    "src/kinds/visitor-churn/visitor-churn.ts": `/** Churn: who will not come back, by classifiers on point-in-time features. */

import { type Outcome, succeed } from "../../core/outcome.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { goalsStage } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { featuresStage } from "../../steps/3-data/features/features-stage.ts";
import { checkLateLabelSplit } from "../../steps/3-data/split/check-split.ts";
import { lateLabelSplitStage } from "../../steps/3-data/split/late-label-split-stage.ts";
import { planClassifiers } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStage } from "../../steps/4-model/train/classifier-stage.ts";
import { scoredEvaluationStage } from "../../steps/5-evaluate/protocols/scored-evaluation-stage.ts";
import { trainByAveragePrecision } from "../../steps/5-evaluate/protocols/train-by-average-precision.ts";
import type { Kind, RunPlan } from "../kind.ts";
import { VISITS_STAGE, visitsStage } from "./visits-stage.ts";

export const churn: Kind = {
  name: "visitor-churn",
  questions: [betterThanBaseline],
  async plan({ design }): Promise<Outcome<RunPlan>> {
    const split = checkLateLabelSplit(design.data.split);
    if (!split.ok) return split;
    const declarations = declaredFeatures(design.data);
    const names = declarations.map(({ name }) => name);
    const classifiers = planClassifiers(design.model, names, design.data.imbalance);
    if (!classifiers.ok) return classifiers;
    const judged = { task: VISITS_STAGE, policy: null, units: 0, reviewCost: 0, slices: [] };
    return succeed({
      stages: [
        goalsStage(design.clarify),
        objectiveStage(design.frame, "the first stage of section 4"),
        visitsStage(),
        lateLabelSplitStage(VISITS_STAGE, design.data),
        featuresStage(VISITS_STAGE, declarations, "visit"),
        ...classifiers.value.map((plan) => classifierStage(VISITS_STAGE, plan, { run: trainByAveragePrecision })),
        scoredEvaluationStage({ ...judged, classifiers: classifiers.value }),
      ],
      data: { source: "drawn visits", fingerprint: "", simulated: true },
    });
  },
};
`,
    "src/kinds/visitor-churn/visitor-churn.test.ts": `import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sealedEnvironment as environment } from "../../../test/sealed-environment.ts";
import { unwrap } from "../../core/outcome.ts";
import { parseDesign } from "../../steps/design.ts";
import { runPipeline } from "../../system/pipeline.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { planRun } from "../plan-run.ts";
import { churn } from "./visitor-churn.ts";

it("runs, and finds what the drawn labels follow", async () => {
  const { design } = parseDesign(readFileSync("designs/visitor-churn.md", "utf8"), "churn.md");
  if (design === undefined) throw new Error("the note is no design");
  const { files, sql } = environment;
  const { stages } = unwrap(await planRun(churn, { design, resolve: (path) => path, files, sql }));
  const outcomes = await runPipeline(stages, { environment, store: createMemoryStore(), seed: 7, codeVersion: "test" });
  const figures = outcomes.flatMap(({ result }) => result.figures);
  const found = figures.find(({ name, subject }) => name === "auc roc" && subject === "scoring");
  expect(found?.value).toBeGreaterThan(0.6);
});
`,
    "designs/visitor-churn.md": readFileSync("test/fixtures/click-prediction.md", "utf8")
      .replace("title: Click prediction\nsystem: binary-classification", "title: Churn\nsystem: visitor-churn")
      .replace("# Click prediction", "# Churn")
      .replace(/^source: .*$/mu, "source: { format: simulated, members: 40, days: 70 }")
      .replace(
        /^features:\n(?: {2}- .*\n)+/mu,
        "features:\n  - { name: mood, entity: visit, aggregate: value(mood), identifier: none }\n",
      )
      .replace('rules: ["ad_click_rate > 0.1"]', 'rules: ["mood > 0.8"]')
      .replace("of: user_click_rate", "of: mood"),
  },
  edits: [
    {
      path: "src/kinds/registry.ts",
      after: 'import { binaryClassification } from "./binary-classification/binary-classification.ts";\n',
      text: 'import { churn } from "./visitor-churn/visitor-churn.ts";\n',
    },
    {
      path: "src/kinds/registry.ts",
      after: "export const KINDS: readonly Kind[] = [\n",
      text: "  churn,\n",
    },
  ],
  tests: ["src/kinds/visitor-churn", "test/planned-values.test.ts"],
};

export const RECIPES: readonly Recipe[] = [rule, metric, model, kind];
