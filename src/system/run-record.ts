/** The record of a run: what `run.json` holds and `--json` prints. Its schema is published as docs/run.schema.json. */

import { z } from "zod";
import type { Finding } from "../core/finding.ts";
import type { StageOutcome } from "./pipeline.ts";

const step = z.int().min(1).max(7);

const figureSchema = z.strictObject({
  step,
  name: z.string(),
  subject: z.string(),
  slice: z.string(),
  value: z.number(),
  unit: z.string(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  n: z.number().nullable(),
  note: z.string(),
});

const alertSchema = z.strictObject({
  step,
  kind: z.enum(["alert", "budget", "acceptance"]),
  metric: z.string(),
  condition: z.string(),
  measured: z.number().nullable(),
  unit: z.string(),
  fires: z.boolean().nullable(),
  owner: z.string(),
  action: z.string(),
  note: z.string(),
});

const findingSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  severity: z.enum(["error", "warning", "advice"]),
  message: z.string(),
  line: z.number(),
  column: z.number(),
});

const remarkSchema = z.strictObject({
  step,
  kind: z.enum(["answer", "assumption", "repair", "warning", "next"]),
  text: z.string(),
});

const chartSchema = z.looseObject({ form: z.string(), title: z.string(), caption: z.string() });

export const runRecordSchema = z.strictObject({
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
  figures: z.array(figureSchema),
  remarks: z.array(remarkSchema),
  charts: z.array(z.strictObject({ step, chart: chartSchema })),
  findings: z.array(findingSchema),
  alerts: z.array(alertSchema),
});

export type RunRecord = z.output<typeof runRecordSchema>;

export interface RunDescription {
  readonly design: string;
  readonly title: string;
  readonly kind: string;
  readonly seed: number;
  readonly version: string;
  readonly data: RunRecord["data"];
  readonly findings: readonly Finding[];
}

/** The record of what the stages left. Values that JSON cannot hold are a fault of a stage, and named. */
export function createRunRecord(run: RunDescription, outcomes: readonly StageOutcome[]): RunRecord {
  const record = {
    ...run,
    steps: outcomes.map(({ stage, key, cached, seconds, peakBytes }) => ({
      step: stage.step,
      stage: stage.name,
      key,
      cached,
      seconds,
      peakBytes,
    })),
    figures: outcomes.flatMap(({ result }) => result.figures),
    remarks: outcomes.flatMap(({ stage, result }) => result.remarks.map((remark) => ({ step: stage.step, ...remark }))),
    charts: outcomes.flatMap(({ stage, result }) => result.charts.map((chart) => ({ step: stage.step, chart }))),
    findings: run.findings.map(({ code, name, severity, message, at }) => ({
      code,
      name,
      severity,
      message,
      line: at.start.line,
      column: at.start.column,
    })),
    alerts: outcomes.flatMap(({ result }) => result.alerts),
  };
  return runRecordSchema.parse(record);
}
