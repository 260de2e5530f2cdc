/** How a look over all steps says what to do next, and what not to believe yet. */

import { capital } from "../../core/capital.ts";
import type { MeasuredRun } from "../../system/run-record.ts";

export type Remark = MeasuredRun["remarks"][number];

export function next(step: number, rank: number, short: string, text: string, command?: string): Remark {
  return { step, kind: "next", rank, short, text, ...(command === undefined ? {} : { command }) };
}

export function doubt(step: number, rank: number, short: string, text: string): Remark {
  return { step, kind: "doubt", rank, short, text };
}

export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === "" ? "" : ` ${capital(trimmed)}`;
}
