/** The record of a run: what `run.json` holds and `--json` prints. Its schema is published as docs/run.schema.json. */

import { z } from "zod";
import type { Finding } from "../core/finding.ts";
import { CLAUSE_VERDICTS } from "../core/verdict.ts";
import { EVALUATION_STAGE, type Evaluation, evaluationIn, evaluationSchema } from "./evaluation.ts";
import { loadTakenSchema } from "./load-taken.ts";
import type { StageOutcome } from "./pipeline.ts";
import { type RunContext, runContextSchema } from "./run-context.ts";
import { type RunSummary, runSummarySchema } from "./run-summary.ts";

/** The version of the record. One of another version is refused: its figures would be read as something they are not. */
const RECORD_FORMAT = 4;

const step = z.int().min(1).max(7);

const figureSchema = z.strictObject({
  step,
  name: z.string(),
  subject: z.string(),
  against: z.string().optional().meta({ description: "Of a paired difference: the value is subject minus this" }),
  stated: z
    .enum(["users", "items"])
    .optional()
    .meta({ description: "The count of step 1 that this one stands beside" }),
  role: z.enum(["size", "cheat"]).optional().meta({
    description: "How much data there is, or a value that production cannot have",
  }),
  slice: z.string(),
  value: z.number(),
  unit: z.string(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  n: z.number().nullable(),
  note: z.string(),
  basis: z.enum(["granted", "estimated", "simulated"]).optional().meta({
    description: "Where it is not measured: granted by the note, estimated, or known only in a simulated world",
  }),
});

const alertSchema = z.strictObject({
  step,
  kind: z.enum(["alert", "budget", "acceptance"]),
  metric: z.string(),
  condition: z.string(),
  measured: z.number().nullable(),
  unit: z.string(),
  fires: z.boolean().nullable(),
  verdict: z
    .enum([...CLAUSE_VERDICTS, "broken", "fires", "quiet", "not measured"])
    .meta({ description: "From the interval where there is one; not settled where it reaches across the limit" }),
  interval: z.tuple([z.number(), z.number()]).nullable().meta({ description: "95 % interval of what was measured" }),
  n: z.number().nullable().meta({ description: "Independent units behind it: requests of the window, people" }),
  unitsToSettle: z
    .number()
    .nullable()
    .meta({ description: "About how many units would settle it at power 0.8, if the truth is the estimate" }),
  doubt: z.string().optional().meta({ description: "Why the verdict may not be what it seems" }),
  owner: z.string(),
  action: z.string(),
  note: z.string(),
});

const findingSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  severity: z.enum(["error", "warning", "advice"]),
  message: z.string(),
  consequence: z.string().nullable().meta({ description: "What comes of it if nobody acts; null for errors of form" }),
  line: z.number(),
  column: z.number(),
});

const waivedSchema = z.strictObject({ code: z.string(), name: z.string(), reason: z.string() });

const remarkSchema = z.strictObject({
  step,
  kind: z.enum(["answer", "assumption", "repair", "warning", "next", "doubt"]),
  text: z.string(),
  rank: z.number().optional().meta({ description: "Kinds next and doubt: the smaller, the earlier it is said" }),
  short: z.string().optional().meta({ description: "In at most eight words" }),
  command: z.string().optional().meta({ description: "What to type" }),
});

const chartSchema = z.looseObject({ form: z.string(), title: z.string(), caption: z.string() });

const fileSchema = z.strictObject({
  name: z.string().meta({ description: "In the folder of the run, beside run.json" }),
  bytes: z.number(),
  sha256: z.string(),
});

const measuredRunSchema = z.strictObject({
  format: z.literal(RECORD_FORMAT).meta({ description: "Version of the record" }),
  design: z.string().meta({ description: "The note, as it was named" }),
  title: z.string(),
  kind: z.string(),
  seed: z.number(),
  version: z.string().meta({ description: "Version of the program and of its code" }),
  data: z.strictObject({ source: z.string(), fingerprint: z.string(), simulated: z.boolean() }),
  steps: z.array(
    z.strictObject({
      step,
      stage: z.string(),
      key: z.string(),
      cached: z.boolean(),
      seconds: z.number(),
      peakBytes: z.number(),
    }),
  ),
  load: loadTakenSchema.optional().meta({
    description:
      "What was said of the run before it began beside what it took; absent where a part of it was kept from before",
  }),
  files: z
    .array(fileSchema)
    .optional()
    .meta({ description: "What the run made that others load: models of the open format" }),
  evaluation: evaluationSchema
    .nullable()
    .meta({ description: "Who was judged, by which metric, and what goes on; null where nothing was judged" }),
  figures: z.array(figureSchema),
  remarks: z.array(remarkSchema),
  charts: z.array(z.strictObject({ step, chart: chartSchema })),
  facts: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "What the note stated when it ran, by path; absent in records of earlier versions" }),
  findings: z.array(findingSchema),
  waived: z.array(waivedSchema).meta({ description: "Rules whose findings the note accepts, each with its reason" }),
  alerts: z.array(alertSchema),
  context: runContextSchema.meta({
    description: "What the note states and estimates, beside which the figures are read",
  }),
});

export const runRecordSchema = measuredRunSchema.extend({
  summary: runSummarySchema.meta({ description: "What is said first, on the report and on the command line" }),
});

/** What was measured, before anything is said of it. */
export type MeasuredRun = z.output<typeof measuredRunSchema>;
export type RunRecord = z.output<typeof runRecordSchema>;

export interface RunDescription {
  readonly design: string;
  readonly title: string;
  readonly kind: string;
  readonly seed: number;
  readonly version: string;
  readonly data: RunRecord["data"];
  readonly files?: RunRecord["files"];
  readonly load?: RunRecord["load"];
  readonly findings: readonly (Finding & { readonly consequence?: string })[];
  readonly waived: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly context: RunContext;
  readonly facts?: RunRecord["facts"];
}

/** Says what a run shows, as its kind would say it. */
export type Summarize = (run: MeasuredRun) => {
  readonly summary: RunSummary;
  readonly remarks: MeasuredRun["remarks"];
};

/**
 * The record of what the stages left, with what `summarize` says of it. Values that JSON cannot hold are a fault of a stage, and
 * named.
 */
export function createRunRecord(
  run: RunDescription,
  outcomes: readonly StageOutcome[],
  summarize: Summarize,
): RunRecord {
  const measured = measuredRunSchema.parse({
    format: RECORD_FORMAT,
    ...run,
    steps: outcomes.map(({ stage, key, cached, seconds, peakBytes }) => ({
      step: stage.step,
      stage: stage.name,
      key,
      cached,
      seconds,
      peakBytes,
    })),
    evaluation: evaluationOf(outcomes) ?? null,
    figures: outcomes.flatMap(({ result }) => result.figures),
    remarks: outcomes.flatMap(({ stage, result }) => result.remarks.map((remark) => ({ step: stage.step, ...remark }))),
    charts: outcomes.flatMap(({ stage, result }) => result.charts.map((chart) => ({ step: stage.step, chart }))),
    findings: run.findings.map(({ code, name, severity, message, consequence, at }) => ({
      code,
      name,
      severity,
      message,
      consequence: consequence ?? null,
      line: at.start.line,
      column: at.start.column,
    })),
    waived: waivedRules(run.waived),
    alerts: outcomes.flatMap(({ result }) => result.alerts.map(judged)),
  });
  const { summary, remarks } = summarize(measured);
  return runRecordSchema.parse({ ...measured, remarks: [...measured.remarks, ...remarks], summary });
}

/** A rule once, however many places it was found at. */
function waivedRules(waived: RunDescription["waived"]): MeasuredRun["waived"] {
  const byCode = new Map(waived.map(({ finding: { code, name }, reason }) => [code, { code, name, reason }]));
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The record that a run.json holds; undefined where it holds none, `older` where it is a run's that lacks what this version reads. */
export function readRunRecord(json: unknown): RunRecord | "older" | undefined {
  const parsed = runRecordSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const known = z.looseObject({ design: z.string(), figures: z.array(z.unknown()) }).safeParse(json);
  return known.success ? "older" : undefined;
}

function evaluationOf(outcomes: readonly StageOutcome[]): Evaluation | undefined {
  const judged = outcomes.find(({ stage }) => stage.name === EVALUATION_STAGE);
  return judged === undefined ? undefined : evaluationIn(judged.result.json);
}

type Outcome = StageOutcome["result"]["alerts"][number];

/** An outcome that says no verdict of its own has the one of its point: what is certain has no interval. */
function judged(alert: Outcome) {
  return { interval: null, n: null, unitsToSettle: null, ...alert, verdict: alert.verdict ?? pointVerdict(alert) };
}

function pointVerdict({ kind, fires }: Outcome): MeasuredRun["alerts"][number]["verdict"] {
  if (fires === null) return "not measured";
  if (kind === "alert") return fires ? "fires" : "quiet";
  return fires ? "broken" : "kept";
}
