/** Which classifiers a note asks for: each stage of step 4 as a choice of model, with the settings that are still to be chosen. */

import { nearest } from "../../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { type Imbalance, imbalanceOf, NOT_HANDLED } from "../../3-data/sample/imbalance.ts";
import type { DataFacts } from "../../3-data/schema.ts";
import type { ClassifierChoice } from "../models/classifier.ts";
import { openRules } from "../models/rule-list.ts";
import { type ModelFacts, modelName, type StageFacts } from "../schema.ts";
import type { TreesOptions } from "./trees-options.ts";

/** How scores become probabilities. */
export type CalibrationMethod = "none" | "platt" | "isotonic";

export interface ClassifierPlan {
  /** The stage's name in the note. */
  readonly subject: string;
  /** The settings to choose from, on earlier rounds; one where the note fixes all. */
  readonly choices: readonly ClassifierChoice[];
  readonly calibration: CalibrationMethod;
  /** What is done about rare frauds in training; nothing for a model that does not learn from labels. */
  readonly imbalance: Imbalance;
}

const MODELS = ["rules", "logistic-regression", "gbdt", "isolation-forest"] as const;

/**
 * The classifiers in the order of the note. Fails for a model, a feature or a rule that does not exist, for facts that the model would
 * not read or that step 3's `imbalance` contradicts, and where no trees are asked for.
 */
export function planClassifiers(
  { stages = [] }: ModelFacts,
  features: readonly string[],
  imbalance: DataFacts["imbalance"],
): Outcome<readonly ClassifierPlan[]> {
  const plans: ClassifierPlan[] = [];
  for (const facts of stages) {
    const choices = choicesOf(facts, features);
    if (!choices.ok) return choices;
    const handled = stageImbalance(facts, choices.value[0].model, imbalance);
    if (!handled.ok) return handled;
    plans.push({
      subject: facts.name,
      choices: choices.value,
      calibration: facts.calibration ?? "platt",
      imbalance: handled.value,
    });
  }
  if (plans.some(({ choices }) => choices[0].model === "gbdt")) return succeed(plans);
  return fail({
    code: "no-model",
    message: "no stage of step 4 trains boosted trees, which is what decides",
    where: "4.stages",
    fix: "stages: [{ name: scoring, model: gbdt }]",
  });
}

function choicesOf(facts: StageFacts, known: readonly string[]): Outcome<readonly ClassifierChoice[]> {
  const features = facts.features ?? known;
  const stray = [...features, ...Object.keys(facts.monotone ?? {})].find((name) => !known.includes(name));
  if (stray !== undefined) {
    const suggestion = nearest(stray, known);
    return fail({
      code: "unknown-feature",
      message: `the stage \`${facts.name}\` reads \`${stray}\`, which step 3 does not declare`,
      where: "4.stages",
      fix: suggestion === undefined ? "declare it under `features`" : `did you mean \`${suggestion}\`?`,
    });
  }
  const model = MODELS.find((one) => one === (modelName(facts) ?? facts.rule));
  const unread = model === undefined ? undefined : unreadFact(facts, model);
  if (unread !== undefined) return unread;
  switch (model) {
    case "rules": {
      const rules = facts.rules ?? [];
      const opened = openRules({ format: "heptad rule list", version: 1, rules }, known);
      return opened.ok ? succeed([{ model, rules }]) : opened;
    }
    case "logistic-regression":
      return succeed([{ model, features, l2: facts.regularization ?? 1 }]);
    case "isolation-forest":
      return succeed([{ model, features, trees: facts.trees ?? 100 }]);
    case "gbdt":
      return succeed(treeSettings(facts, features).map((options) => ({ model, options })));
    case undefined:
      return fail({
        code: "unknown-model",
        message: `the stage \`${facts.name}\` asks for \`${modelName(facts) ?? facts.rule ?? "nothing"}\`; what can be trained is ${MODELS.join(", ")}`,
        where: "4.stages",
        fix: "write one of them as `model`",
      });
    default:
      return model satisfies never;
  }
}

const LEARNS_FROM_LABELS: readonly string[] = ["logistic-regression", "gbdt"];

/** Facts of a stage that would change nothing about its model. */
function unreadFact(facts: StageFacts, model: (typeof MODELS)[number]): Outcome<never> | undefined {
  const { name, objective, monotone } = facts;
  if (facts["class-weight"] !== undefined && !LEARNS_FROM_LABELS.includes(model))
    return refuse(
      `\`${name}\` (${model}) does not learn from labels, so a \`class-weight\` does nothing`,
      "leave it out",
    );
  if (monotone !== undefined && model !== "gbdt")
    return refuse(`only trees (\`model: gbdt\`) keep \`monotone\`, and \`${name}\` is ${model}`, "leave it out");
  if (facts["early-stopping"] !== undefined)
    return refuse(
      `\`${name}\` is not stopped early: its number of trees is fixed, or chosen on earlier rounds`,
      "leave `early-stopping` out",
    );
  if (objective === undefined || (model === "gbdt" && objective === "log-loss")) return undefined;
  return refuse(
    `\`${name}\` asks for \`objective: ${objective}\`; a probability is trained by log loss`,
    model === "gbdt" ? "objective: log-loss" : "leave it out",
  );
}

/** A stage's `class-weight` is its own weight: it stands where step 3 says `class-weight` without a rate, or says nothing. */
function stageImbalance(
  facts: StageFacts,
  model: (typeof MODELS)[number],
  imbalance: DataFacts["imbalance"],
): Outcome<Imbalance> {
  const general = imbalanceOf(imbalance);
  if (!general.ok) return general;
  const weight = facts["class-weight"];
  if (!LEARNS_FROM_LABELS.includes(model)) return succeed(NOT_HANDLED);
  if (weight === undefined) return general;
  const { handling = "class-weight", "rate-after": rateAfter } = imbalance ?? {};
  if (weight === 1 && (handling === "class-weight" || handling === "none")) return succeed(NOT_HANDLED);
  if (handling === "class-weight" && rateAfter === undefined)
    return succeed({ handling, odds: weight, rateAfter: null, corrected: imbalance?.corrected ?? false });
  const said = handling === "class-weight" ? "gives the weight by `rate-after`" : `says \`handling: ${handling}\``;
  return refuse(
    `the stage \`${facts.name}\` has \`class-weight: ${weight}\`, and step 3 ${said}`,
    "say it once: `imbalance: { handling: class-weight }` with the stage's weight, or no `class-weight` in the stage",
  );
}

function refuse(message: string, fix: string): Outcome<never> {
  return fail({ code: "bad-stage", message, where: "4.stages", fix });
}

/** Tried where the note says nothing: leaves, and steps of a size with as many trees as they need. */
const LEAVES = [8, 16];
const STEPS = [
  { learningRate: 0.1, trees: 100 },
  { learningRate: 0.05, trees: 200 },
];

/** Cuts are spread to the tails, where fraud is. */
function treeSettings(facts: StageFacts, features: readonly string[]): readonly TreesOptions[] {
  const monotone = Object.entries(facts.monotone ?? {}).map(([name, way]): [string, 1 | -1] => [
    name,
    way === "increasing" ? 1 : -1,
  ]);
  const fixed = {
    objective: "log-loss" as const,
    binning: "tails" as const,
    features,
    monotone: Object.fromEntries(monotone),
    maxBins: facts.bins ?? 255,
    maxDepth: facts.depth ?? 64,
    minRowsInLeaf: facts["minimum-rows"] ?? 20,
    l2: facts.regularization ?? 5,
    rowShare: facts["row-sample"]?.value ?? 1,
    featureShare: facts["feature-sample"]?.value ?? 1,
  };
  const leaves = facts.leaves === undefined ? LEAVES : [facts.leaves];
  const steps = STEPS.map((step) => ({
    learningRate: facts["learning-rate"] ?? step.learningRate,
    trees: facts.trees ?? step.trees,
  }));
  const distinct = steps.filter(
    (one, at) => steps.findIndex((it) => it.learningRate === one.learningRate && it.trees === one.trees) === at,
  );
  return leaves.flatMap((count) => distinct.map((step) => ({ ...fixed, leaves: count, ...step })));
}
