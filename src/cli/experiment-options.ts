/** What `heptad experiment` reads from its options: a plan's input, an analysis' settings, and what does not go together. */

import { type Failure, FailureError, type Outcome, unwrap } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import type { QuantityKind } from "../core/quantity-kind.ts";
import type { AnalysisPlan, Guardrail, Reading } from "../steps/6-deploy/experiment/analysis.ts";
import type { SizeFormula } from "../steps/6-deploy/experiment/plan-size.ts";
import { MEAN_METHODS } from "../steps/6-deploy/experiment/sample-size-means.ts";
import { PROPORTION_METHODS } from "../steps/6-deploy/experiment/sample-size-proportions.ts";
import type { PlanInput } from "../steps/6-deploy/experiment/sized-plan.ts";
import type { CommandInput, OptionRule } from "./command.ts";
import { notWhere, onlyFor, onlyWith } from "./option-rules.ts";

/** What the design of an experiment is held against. */
const DESIGN_ALONE = "--design is held against how units reach each other, and nothing is declared";
const DECLARE = "add --interference none, marketplace, social, …, or leave --design out";

const isAlwaysValid = (input: CommandInput): boolean => methodOf(input) === "always-valid";
const BOTH = "give both, or neither";

/** Of both actions: an option that belongs to the other, or whose companion is missing, would change nothing. */
export const EXPERIMENT_RULES: readonly OptionRule[] = [
  onlyFor(["baseline", "mean", "sd", "effect", "power", "arms", "split", "units-daily", "units-total"], "plan"),
  onlyFor(["traffic", "days", "past-correlation", "cluster-size", "cluster-correlation", "cluster-variation"], "plan"),
  onlyFor(["formula", "looks"], "plan"),
  onlyFor(["outcomes", "unit", "arm", "metric", "drop-malformed", "denominator", "past", "control"], "analyze"),
  onlyFor(["share", "guardrail", "correction", "look", "tau"], "analyze"),
  ...["looks", "look"].map((option) =>
    notWhere(
      [option],
      isAlwaysValid,
      "an always-valid reading has no planned looks",
      `leave --${option} out, or name another --method`,
    ),
  ),
  notWhere(
    ["method"],
    (input) => !isAlwaysValid(input) && !input.has("looks") && !input.has("look"),
    "--method needs --looks to plan, --look to analyze",
    BOTH,
  ),
  notWhere(["tau"], (input) => !isAlwaysValid(input), "--tau belongs to --method always-valid", BOTH),
  onlyWith(["mean"], "sd"),
  onlyWith(["sd"], "mean"),
  onlyWith(["cluster-size"], "cluster-correlation"),
  onlyWith(["cluster-correlation", "cluster-variation"], "cluster-size"),
  notWhere(
    ["denominator"],
    (input) => input.has("past"),
    "a ratio cannot be adjusted by its past",
    "give one of --denominator and --past",
  ),
  notWhere(
    ["design"],
    (input) => input.arguments[0] === "analyze" && !input.has("interference"),
    DESIGN_ALONE,
    DECLARE,
  ),
];

/** A level that is both a rate and a mean: one of them would be ignored. */
function refuseTwoMetrics(input: CommandInput): void {
  const mean = ["mean", "sd"].find((option) => input.has(option));
  if (mean !== undefined && input.has("baseline"))
    throw badOption(
      `--${mean}`,
      "the metric is a rate (--baseline) or a mean (--mean and --sd), not both",
      "leave out --baseline, or --mean and --sd",
    );
}

/** Days and traffic mean nothing where no units are known, a design where no interference is, from an option or the note. */
function refuseUnused(input: CommandInput, { unitsPerDay, unitsTotal, interference }: Partial<PlanInput>): void {
  if (input.has("design") && interference === undefined) throw badOption("--design", DESIGN_ALONE, DECLARE);
  if (input.has("days") && unitsPerDay === undefined)
    throw badOption(
      "--days",
      "--days needs --units-daily: how many units the days bring",
      "give --units-daily, or leave --days out",
    );
  if (input.has("traffic") && unitsPerDay === undefined && unitsTotal === undefined)
    throw badOption(
      "--traffic",
      "--traffic needs --units-daily or --units-total: what it is a share of",
      "give one of them, or leave --traffic out",
    );
}

/** The design's facts, and the options over them. */
export async function planInput(file: string | undefined, input: CommandInput): Promise<PlanInput> {
  const { parseArmShares } = await import("../steps/6-deploy/experiment/arm-shares.ts");
  const base = file === undefined ? undefined : await readPlan(file, input);
  refuseTwoMetrics(input);
  const metric = metricOf(input) ?? base?.metric;
  const effect = effectOf(input) ?? base?.effect;
  if (metric === undefined)
    throw badOption("--baseline", "today's level is missing", "give --baseline 4%, or --mean 12 --sd 30, or a design");
  if (effect === undefined)
    throw badOption("--effect", "the effect is missing", 'give --effect "2% relative", or a design');
  const split = input.value("split");
  const clusterSize = number(input, "cluster-size", "count");
  const given = {
    alpha: number(input, "alpha", "share"),
    power: number(input, "power", "share"),
    arms: number(input, "arms", "count"),
    shares: split === undefined ? undefined : unwrap(parseArmShares(split)),
    unitsPerDay: number(input, "units-daily", "count"),
    unitsTotal: number(input, "units-total", "count"),
    traffic: number(input, "traffic", "share"),
    days: number(input, "days", "count"),
    pastCorrelation: number(input, "past-correlation", "number"),
    cluster:
      clusterSize === undefined
        ? undefined
        : {
            meanSize: clusterSize,
            correlation: number(input, "cluster-correlation", "number") ?? Number.NaN,
            sizeVariation: number(input, "cluster-variation", "number"),
          },
    sequential: sequentialOf(input),
    formula: formulaOption(input),
    ...(await circumstances(input)),
  };
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  refuseUnused(input, { ...base, ...chosen });
  return { ...base, ...chosen, metric, effect };
}

async function readPlan(file: string, input: CommandInput): Promise<Partial<PlanInput>> {
  const { readDesign } = await import("../node/run-design.ts");
  const { planOfDesign } = await import("../steps/6-deploy/experiment/plan-of-design.ts");
  const { placeOf } = await import("../steps/design.ts");
  const design = readDesign(file);
  const planned = planOfDesign(design);
  if (planned.ok) return planned.value;
  // What the note leaves open may be given as an option.
  const isGiven = metricOf(input) !== undefined && effectOf(input) !== undefined;
  if (isGiven && planned.failure.code === "missing-fact") return {};
  const { where = "6.experiment" } = planned.failure;
  throw new FailureError({ ...planned.failure, at: placeOf(design, where).key });
}

/** Where a number that cannot be planned with stands: its option, else its fact in the note. */
export async function placePlanFailure(
  failure: Failure,
  file: string | undefined,
  input: CommandInput,
): Promise<Failure> {
  const { where = "" } = failure;
  const option = OPTIONS_OF[where] ?? where;
  if (where === "") return failure;
  if (file === undefined || input.has(option)) return { ...failure, where: `--${option}` };
  const { readDesign } = await import("../node/run-design.ts");
  const { placeOf } = await import("../steps/design.ts");
  return { ...failure, at: placeOf(readDesign(file), `6.experiment.${FACTS_OF[where] ?? where}`).value };
}

/** Numbers of a plan whose option, or whose fact, has another name. */
const OPTIONS_OF: Readonly<Record<string, string>> = {
  units: "units-daily",
  "units in all": "units-total",
  duration: "days",
  shares: "split",
  "number of shares": "split",
  "sum of shares": "split",
  "smallest share": "split",
  "units per day": "units-daily",
  "correlation with the past": "past-correlation",
  "intra-cluster correlation": "cluster-correlation",
  "mean cluster size": "cluster-size",
};
const FACTS_OF: Readonly<Record<string, string>> = {
  units: "units-daily",
  "units in all": "units-total",
  sd: "deviation",
  shares: "split",
};

function metricOf(input: CommandInput): PlanInput["metric"] | undefined {
  const baseline = number(input, "baseline", "share");
  if (baseline !== undefined) return { baseline };
  const mean = number(input, "mean");
  const sd = number(input, "sd");
  return mean === undefined || sd === undefined ? undefined : { mean, sd };
}

function effectOf(input: CommandInput): PlanInput["effect"] | undefined {
  const text = input.value("effect");
  if (text === undefined) return undefined;
  const match = /^(?<amount>.*?)\s*(?<kind>relative|absolute)?$/u.exec(text.trim());
  const size = unwrapAt("--effect", parseQuantity(match?.groups?.amount ?? "", "number")).value;
  return { size, kind: match?.groups?.kind === "absolute" ? "absolute" : "relative" };
}

/** A formula's name; a dash may stand for a space. */
function formulaOption(input: CommandInput): SizeFormula | undefined {
  const written = input.value("formula");
  if (written === undefined) return undefined;
  const formulas = [...PROPORTION_METHODS, ...MEAN_METHODS];
  const found = formulas.find((one) => one === written.toLowerCase().replaceAll("-", " "));
  if (found !== undefined) return found;
  throw badOption("--formula", `\`${written.slice(0, 60)}\` is no formula`, `use one of ${formulas.join(", ")}`);
}

function sequentialOf(input: CommandInput): PlanInput["sequential"] {
  const looks = number(input, "looks", "count");
  const method = methodOf(input);
  if (method === "always-valid") return { shape: method };
  return looks === undefined ? undefined : { shape: method ?? "obrien-fleming", looks };
}

function methodOf(input: CommandInput): "obrien-fleming" | "pocock" | "always-valid" | undefined {
  return oneOf(input, "method", ["obrien-fleming", "pocock", "always-valid"]);
}

async function circumstances(input: CommandInput) {
  const { INTERFERENCES } = await import("../steps/6-deploy/experiment/interference.ts");
  return {
    interference: oneOf(input, "interference", INTERFERENCES),
    design: oneOf(input, "design", ["ab", "switchback", "cluster", "budget-split", "separate-training"] as const),
  };
}

/** The plan of an analysis, all but its control and guardrails. */
export async function analysisSettings(input: CommandInput): Promise<Omit<AnalysisPlan, "control">> {
  const { CORRECTIONS } = await import("../steps/6-deploy/experiment/multiple-comparisons.ts");
  const shares = input.values("share").map((text): [string, number] => {
    const [arm, amount] = assignment("--share", text);
    return [arm, unwrapAt("--share", parseQuantity(amount, "share")).value];
  });
  return {
    alpha: number(input, "alpha", "share"),
    shares: shares.length === 0 ? undefined : new Map(shares),
    correction: oneOf(input, "correction", CORRECTIONS),
    reading: readingOf(input),
    ...(await circumstances(input)),
  };
}

function readingOf(input: CommandInput): Reading {
  const method = methodOf(input);
  const look = input.value("look");
  if (method === "always-valid") {
    const tau = number(input, "tau");
    if (tau === undefined)
      throw badOption("--tau", "an always-valid test needs --tau", "give the smallest effect worth finding");
    return { kind: "always-valid", tau };
  }
  if (look === undefined) return { kind: "fixed" };
  const [now, looks] = look.split("/").map(Number);
  return { kind: "group-sequential", shape: method ?? "obrien-fleming", look: now, looks: looks ?? Number.NaN };
}

/** `hides=+0.01`: a rise of more than 0.01 is harm. */
export function parseGuardrail(text: string): Guardrail {
  const [metric, amount] = assignment("--guardrail", text);
  if (!/^[+-]/u.test(amount))
    throw badOption(
      "--guardrail",
      `\`${text.slice(0, 60)}\` does not say which way is harm`,
      "write +0.01 where a rise is harm, -0.01 where a fall is",
    );
  const margin = unwrapAt("--guardrail", parseQuantity(amount.slice(1), "number")).value;
  return { metric, margin, harmful: amount.startsWith("+") ? "increase" : "decrease" };
}

function assignment(where: string, text: string): readonly [name: string, value: string] {
  const at = text.lastIndexOf("=");
  if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw badOption(where, `\`${text.slice(0, 60)}\` is no NAME=VALUE`, "write the name, `=`, and the value");
}

function number(input: CommandInput, option: string, kind: QuantityKind = "number"): number | undefined {
  const text = input.value(option);
  return text === undefined ? undefined : unwrapAt(`--${option}`, parseQuantity(text, kind)).value;
}

function oneOf<T extends string>(input: CommandInput, option: string, allowed: readonly T[]): T | undefined {
  const text = input.value(option);
  if (text === undefined) return undefined;
  const found = allowed.find((one) => one === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw badOption(`--${option}`, `\`${text.slice(0, 60)}\` is no ${option}`, `use one of ${allowed.join(", ")}`);
}

function unwrapAt<T>(where: string, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new FailureError({ ...outcome.failure, where });
}

/** A failure of an option; `where` empty for the command as a whole. */
export function badOption(where: string, message: string, fix: string): FailureError {
  return new FailureError({ code: "bad-option", message, where: where || undefined, fix });
}
