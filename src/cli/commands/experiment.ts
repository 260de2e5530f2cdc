/** `heptad experiment`: plans an online experiment, or reads the rows of one that ran. */

import { FailureError, type Outcome, unwrap } from "../../core/outcome.ts";
import { parseQuantity, type QuantityKind } from "../../core/quantity.ts";
import type { AnalysisPlan, Guardrail, Reading } from "../../steps/6-deploy/experiment/analyze.ts";
import type { PlanInput } from "../../steps/6-deploy/experiment/plan.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "experiment",
  summary: "plan an online experiment, or analyse the rows of one that ran",
  description:
    "`plan` gives units, days and the smallest effect that fewer days can find, from a design's section 6 or from options, which win over it. `analyze` reads assignments and outcomes (CSV, TSV or Parquet; rows of one unit are added up) and reports effects with intervals, a verdict in words, and what would make them wrong. docs/statistics.md says which formulas are meant.",
  arguments: [
    { name: "plan|analyze", description: "what to do" },
    { name: "FILE", description: "plan: a design; analyze: the assignments", optional: true },
  ],
  options: [
    { name: "baseline", value: "RATE", description: "plan: today's rate, such as 4%" },
    { name: "mean", value: "NUMBER", description: "plan: today's mean, with --sd" },
    { name: "sd", value: "NUMBER", description: "plan: standard deviation per unit" },
    {
      name: "effect",
      value: "CHANGE",
      description: 'plan: smallest change worth finding, "2% relative" or "0.5 absolute"',
    },
    { name: "power", value: "SHARE", description: "plan: chance of finding it; 0.8 where absent" },
    { name: "arms", value: "N", description: "plan: arms with the control; 2 where absent" },
    { name: "split", value: "A/B", description: "plan: shares of the arms, the control first, such as 90/10" },
    { name: "units-daily", value: "COUNT", description: "plan: new units a day" },
    { name: "traffic", value: "SHARE", description: "plan: share of the units that take part" },
    { name: "days", value: "N", description: "plan: days it may take" },
    { name: "past-correlation", value: "RHO", description: "plan: correlation with the unit's own past, for CUPED" },
    { name: "cluster-size", value: "N", description: "plan: units randomised together, with --cluster-correlation" },
    { name: "cluster-correlation", value: "RHO", description: "plan: how alike the units of a cluster are, 0 to 1" },
    { name: "outcomes", value: "FILE", description: "analyze: the outcomes, where they are in a file of their own" },
    { name: "unit", value: "COLUMN", description: "analyze: the randomised unit; `unit` where absent" },
    { name: "arm", value: "COLUMN", description: "analyze: the arm; `arm` where absent" },
    { name: "metric", value: "COLUMN", description: "analyze: the primary metric; `value` where absent" },
    { name: "denominator", value: "COLUMN", description: "analyze: what the metric is divided by (ratio metric)" },
    { name: "past", value: "COLUMN", description: "analyze: the metric before the experiment, for CUPED" },
    { name: "control", value: "ARM", description: "analyze: the arm the others are compared with" },
    {
      name: "share",
      value: "ARM=SHARE",
      description: "analyze: planned share of an arm; equal where absent",
      repeatable: true,
    },
    {
      name: "guardrail",
      value: "COLUMN=±MARGIN",
      description: "analyze: harm is a rise (+) or a fall (-) of more than the margin",
      repeatable: true,
    },
    { name: "correction", value: "NAME", description: "analyze: for several treated arms; holm where absent" },
    { name: "alpha", value: "SHARE", description: "error of the first kind, two-sided; 0.05 where absent" },
    { name: "looks", value: "N", description: "plan: planned looks" },
    { name: "look", value: "K/N", description: "analyze: this is look K of N planned ones" },
    {
      name: "method",
      value: "NAME",
      description: "how looks are paid for: obrien-fleming (default), pocock, always-valid",
    },
    {
      name: "tau",
      value: "NUMBER",
      description: "analyze: the effect an always-valid test is quickest at, in the metric's unit",
    },
    {
      name: "interference",
      value: "KIND",
      description: "how units reach each other: none, marketplace, shared-budget, social, …",
    },
    {
      name: "design",
      value: "KIND",
      description: "ab (default), switchback, cluster, budget-split, separate-training",
    },
    { name: "json", description: "print the result as JSON" },
  ],
  examples: [
    { line: 'heptad experiment plan --baseline 4% --effect "2% relative" --units-daily 200k', says: "units and days" },
    { line: "heptad experiment plan designs/movie-recommendations.md --looks 4", says: "a design's, with four looks" },
    {
      line: "heptad experiment analyze assignments.parquet --outcomes events.parquet --metric watch_minutes",
      says: "effect, interval, verdict",
    },
    {
      line: "heptad experiment analyze rows.csv --metric clicks --denominator views --guardrail hides=+0.01",
      says: "a ratio with a guardrail",
    },
  ],
  exits: [
    EXITS.done,
    { code: 1, means: "done, and the experiment cannot be read or a guardrail is harmed" },
    EXITS.failed,
  ],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [action, file] = input.arguments;
  if (action === "plan") return plan(file, input, terminal);
  if (action === "analyze") return analyze(file, input, terminal);
  throw badOption(
    "",
    `\`${action.slice(0, 60)}\` is not one of plan and analyze`,
    "write `heptad experiment plan` or `… analyze`",
  );
}

async function plan(file: string | undefined, input: CommandInput, terminal: Terminal): Promise<number> {
  const { planExperiment } = await import("../../steps/6-deploy/experiment/plan.ts");
  const { describePlan } = await import("../../steps/6-deploy/experiment/describe-plan.ts");
  const wanted = await planInput(file, input);
  const result = unwrap(planExperiment(wanted));
  terminal.out(input.has("json") ? JSON.stringify(result, null, 2) : describePlan(wanted, result).join("\n"));
  return EXITS.done.code;
}

/** The design's facts, and the options over them. */
async function planInput(file: string | undefined, input: CommandInput): Promise<PlanInput> {
  const { parseArmShares } = await import("../../steps/6-deploy/experiment/arm-shares.ts");
  const base = file === undefined ? undefined : await readPlan(file, input);
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
    traffic: number(input, "traffic", "share"),
    days: number(input, "days", "count"),
    pastCorrelation: number(input, "past-correlation", "number"),
    cluster:
      clusterSize === undefined
        ? undefined
        : { meanSize: clusterSize, correlation: number(input, "cluster-correlation", "number") ?? Number.NaN },
    sequential: sequentialOf(input),
    ...(await circumstances(input)),
  };
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...base, ...chosen, metric, effect };
}

async function readPlan(file: string, input: CommandInput): Promise<Partial<PlanInput>> {
  const { readDesign } = await import("../../node/run-design.ts");
  const { planOfDesign } = await import("../../steps/6-deploy/experiment/plan-of-design.ts");
  const planned = planOfDesign(readDesign(file));
  if (planned.ok) return planned.value;
  // What the note leaves open may be given as an option.
  const isGiven = metricOf(input) !== undefined && effectOf(input) !== undefined;
  if (isGiven && planned.failure.code === "missing-fact") return {};
  throw new FailureError(planned.failure);
}

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
  const size = unwrapAt("--effect", parseQuantity(match?.groups?.amount ?? "")).value;
  return { size, kind: match?.groups?.kind === "absolute" ? "absolute" : "relative" };
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
  const { INTERFERENCES } = await import("../../steps/6-deploy/experiment/interference.ts");
  return {
    interference: oneOf(input, "interference", INTERFERENCES),
    design: oneOf(input, "design", ["ab", "switchback", "cluster", "budget-split", "separate-training"] as const),
  };
}

async function analyze(file: string | undefined, input: CommandInput, terminal: Terminal): Promise<number> {
  if (file === undefined) throw badOption("FILE", "there is nothing to analyse", "give the file of assignments");
  const { openDuckdb } = await import("../../node/duckdb.ts");
  const { createInputFiles } = await import("../../node/input-files.ts");
  const { findControl, readExperiment } = await import("../../steps/6-deploy/experiment/read-experiment.ts");
  const { analyzeExperiment } = await import("../../steps/6-deploy/experiment/analyze.ts");
  const guardrails = input.values("guardrail").map(parseGuardrail);
  const settings = await analysisSettings(input);
  const sql = await openDuckdb({ memoryLimit: "4GB" });
  terminal.progress("adding up the rows of each unit");
  try {
    const data = await readExperiment(
      { sql, files: createInputFiles() },
      {
        assignments: file,
        outcomes: input.value("outcomes"),
        unit: input.value("unit"),
        arm: input.value("arm"),
        metrics: [...new Set([input.value("metric") ?? "value", ...guardrails.map(({ metric }) => metric)])],
        denominator: input.value("denominator"),
        past: input.value("past"),
      },
    );
    const control = findControl(data.arms, input.value("control")).name;
    const analysis = unwrap(analyzeExperiment(data, { ...settings, control, guardrails }));
    terminal.clearProgress();
    if (input.has("json")) terminal.out(JSON.stringify(analysis, null, 2));
    else {
      const { renderAnalysis } = await import("../render-analysis.ts");
      terminal.out(renderAnalysis(analysis, terminal));
    }
    const harmed = analysis.guardrails.some(({ result }) => result.verdict === "harmed");
    return analysis.readable && !harmed ? EXITS.done.code : EXITS.found.code;
  } finally {
    sql.close();
  }
}

async function analysisSettings(input: CommandInput): Promise<Omit<AnalysisPlan, "control">> {
  const { CORRECTIONS } = await import("../../steps/6-deploy/experiment/multiple-comparisons.ts");
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
function parseGuardrail(text: string): Guardrail {
  const [metric, amount] = assignment("--guardrail", text);
  if (!/^[+-]/u.test(amount))
    throw badOption(
      "--guardrail",
      `\`${text.slice(0, 60)}\` does not say which way is harm`,
      "write +0.01 where a rise is harm, -0.01 where a fall is",
    );
  const margin = unwrapAt("--guardrail", parseQuantity(amount.slice(1))).value;
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

function badOption(where: string, message: string, fix: string): FailureError {
  return new FailureError({ code: "bad-option", message, where: where || undefined, fix });
}
