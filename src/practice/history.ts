/** The history of practice: one JSON object a line, only ever appended, so that two copies merge by putting their lines together. */

import { z } from "zod";
import { AREA_NAMES } from "./area.ts";

const common = {
  /** Unique among all machines: merging drops repeats by it. */
  id: z.string().min(8),
  /** ISO time of the end of the answer. */
  at: z.iso.datetime(),
};

const answerSchema = z.object({
  type: z.literal("answer"),
  ...common,
  question: z.string(),
  area: z.enum(AREA_NAMES),
  level: z.number().min(1).max(6),
  /** The chance of guessing it. */
  guess: z.number().min(0).max(1).default(0),
  /** The variant that was asked. */
  seed: z.int(),
  typed: z.string(),
  verdict: z.enum(["right", "close", "wrong", "unanswered"]),
  /** After hints were paid for. */
  score: z.number().min(0).max(1),
  mistake: z.int().optional(),
  /** 0 to 1, stated before the answer was shown. */
  confidence: z.number().min(0).max(1).optional(),
  hints: z.int().default(0),
  seconds: z.number().min(0),
  mode: z.string().default("practice"),
});

const planSchema = z.object({
  type: z.literal("plan"),
  ...common,
  until: z.iso.date(),
  hoursPerWeek: z.number().positive(),
  target: z.number().min(1).max(6),
});

const recordSchema = z.discriminatedUnion("type", [answerSchema, planSchema]);

export type AnswerRecord = z.output<typeof answerSchema>;
export type PlanRecord = z.output<typeof planSchema>;
export type HistoryRecord = z.output<typeof recordSchema>;

export interface History {
  /** In the order of time; records of one moment in the order of their ids. */
  readonly records: readonly HistoryRecord[];
  /** Lines that are no record, such as one that was cut off; they are kept in the file and not read. */
  readonly damaged: readonly { readonly file: number; readonly line: number; readonly text: string }[];
}

/** Conflict marks of `git merge`: both sides stand between them, and both are wanted. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/u;

/** Reads any number of files as one history: repeats dropped, conflict marks passed over, sorted by time. */
export function readHistory(texts: readonly string[]): History {
  const records = new Map<string, HistoryRecord>();
  const damaged: { file: number; line: number; text: string }[] = [];
  texts.forEach((text, file) => {
    text.split("\n").forEach((raw, i) => {
      const line = raw.trim();
      if (line === "" || CONFLICT.test(line)) return;
      const record = parseRecord(line);
      if (record === undefined) damaged.push({ file, line: i + 1, text: line.slice(0, 200) });
      else if (!records.has(record.id)) records.set(record.id, record);
    });
  });
  const sorted = [...records.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
  return { records: sorted, damaged };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One record as its line, without the line end. */
export function writeRecord(record: HistoryRecord): string {
  return JSON.stringify(record);
}

function parseRecord(line: string): HistoryRecord | undefined {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
