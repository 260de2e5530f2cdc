/** `heptad experiment`: plans an online experiment, or reads the rows of one that ran. */

import { FailureError } from "../../core/outcome.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import {
  analysisSettings,
  badOption,
  EXPERIMENT_RULES,
  parseGuardrail,
  placePlanFailure,
  planInput,
} from "../experiment-options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "experiment",
  summary: "plan an online experiment, or analyse the rows of one that ran",
  description:
    "`plan` gives units, days and the smallest effect that fewer days can find, from a design's section 6 or from options, which win over it. `analyze` reads assignments and outcomes (CSV, TSV or Parquet; rows of one unit are added up) and reports effects with intervals, a verdict in words, and what would make them wrong. docs/statistics.md says which formulas are meant.",
  arguments: [
    { name: "plan|analyze", description: "what to do", actions: ["plan", "analyze"] },
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
    { name: "units-total", value: "COUNT", description: "plan: different units that can take part at all" },
    { name: "traffic", value: "SHARE", description: "plan: share of the units that take part" },
    { name: "days", value: "N", description: "plan: days it may take" },
    { name: "past-correlation", value: "RHO", description: "plan: correlation with the unit's own past, for CUPED" },
    { name: "cluster-size", value: "N", description: "plan: units randomised together, with --cluster-correlation" },
    { name: "cluster-correlation", value: "RHO", description: "plan: how alike the units of a cluster are, 0 to 1" },
    {
      name: "cluster-variation",
      value: "CV",
      description: "plan: spread of the clusters' sizes over their mean; 0 where absent",
    },
    {
      name: "formula",
      value: "NAME",
      description:
        "plan: the plain test's formula: pooled-null (default for rates), unpooled, average, baseline, baseline-null, arcsine, arcsine-both-tails, continuity-corrected, rule-of-16; z (default for means), t, t-one-tail",
    },
    { name: "outcomes", value: "FILE", description: "analyze: the outcomes, where they are in a file of their own" },
    { name: "unit", value: "COLUMN", description: "analyze: the randomised unit; `unit` where absent" },
    { name: "arm", value: "COLUMN", description: "analyze: the arm; `arm` where absent" },
    { name: "metric", value: "COLUMN", description: "analyze: the primary metric; `value` where absent" },
    {
      name: "drop-malformed",
      description: "analyze: leave out rows that do not parse, and say how many; an error where absent",
    },
    { name: "denominator", value: "COLUMN", description: "analyze: what the metric is divided by (ratio metric)" },
    { name: "past", value: "COLUMN", description: "analyze: the metric before the experiment, for CUPED" },
    { name: "control", value: "ARM", description: "analyze: the arm the others are compared with" },
    {
      name: "share",
      value: "ARM=SHARE",
      description: "analyze: planned share of an arm; arms without one share the rest equally",
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
    { name: "verbose", description: "analyze: every reading and every doubt with its numbers" },
    { name: "json", description: "print the result as JSON" },
  ],
  rules: EXPERIMENT_RULES,
  examples: [
    { line: 'heptad experiment plan --baseline 4% --effect "2% relative" --units-daily 200k', says: "units and days" },
    {
      line: 'heptad experiment plan --baseline 10% --effect "1% absolute" --formula arcsine --split 80/20 --units-daily 10k',
      says: "by Cohen's h, with a small treated arm",
    },
    {
      line: 'heptad experiment plan --mean 100 --sd 25 --effect "2 absolute" --past-correlation 0.7 --method always-valid --units-daily 5k',
      says: "a mean with CUPED that may be read at any time",
    },
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
    { code: 130, means: "interrupted; nothing was written" },
  ],
  stopped: (input, again) =>
    input.arguments[0] === "plan" ? undefined : `nothing was written; \`${again}\` begins again`,
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [action, file] = input.arguments;
  return action === "plan" ? plan(file, input, terminal) : analyze(file, input, terminal);
}

async function plan(file: string | undefined, input: CommandInput, terminal: Terminal): Promise<number> {
  const { planExperiment } = await import("../../steps/6-deploy/experiment/plan.ts");
  const { describePlan } = await import("../../steps/6-deploy/experiment/describe-plan.ts");
  const wanted = await planInput(file, input);
  const planned = planExperiment(wanted);
  if (!planned.ok) throw new FailureError(await placePlanFailure(planned.failure, file, input));
  const result = planned.value;
  const { tightShares, wrapLines } = await import("../wrap-text.ts");
  const width = Math.max(60, Math.min(terminal.width, 100));
  terminal.out(
    input.has("json") ? JSON.stringify(result, null, 2) : tightShares(wrapLines(describePlan(wanted, result), width)),
  );
  return EXITS.done.code;
}

async function analyze(file: string | undefined, input: CommandInput, terminal: Terminal): Promise<number> {
  if (file === undefined) throw badOption("FILE", "there is nothing to analyse", "give the file of assignments");
  const { openDuckdb } = await import("../../node/duckdb.ts");
  const { createInputFiles } = await import("../../node/input-files.ts");
  const { openEndOf } = await import("../../node/open-end.ts");
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
        dropsMalformed: input.has("drop-malformed"),
      },
    );
    const files = [file, ...(input.value("outcomes") === undefined ? [] : input.values("outcomes"))];
    const openEnds = files.flatMap((one) => openEndOf(one) ?? []);
    const control = findControl(data.arms, input.value("control")).name;
    const analyzed = analyzeExperiment({ ...data, openEnds }, { ...settings, control, guardrails });
    if (!analyzed.ok) throw new FailureError({ where: file, ...analyzed.failure });
    const analysis = analyzed.value;
    terminal.clearProgress();
    const { readCounted } = await import("../../service/counted-beside.ts");
    const counted = readCounted(file);
    if (input.has("json"))
      terminal.out(JSON.stringify({ ...analysis, ...(counted !== undefined && { counted }) }, null, 2));
    else {
      const { renderAnalysis } = await import("../render-analysis.ts");
      terminal.out(renderAnalysis(analysis, terminal, { isWhole: input.has("verbose") }));
      if (counted !== undefined) terminal.out(counted);
    }
    const harmed = analysis.guardrails.some(({ result }) => result.verdict === "harmed");
    return analysis.readable && !harmed ? EXITS.done.code : EXITS.found.code;
  } finally {
    sql.close();
  }
}
