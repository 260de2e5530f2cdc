/** The logs of interviews on disk: one file a session, an event a line, each on the disk before it is acted on. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  foldEvents,
  type InterviewEvent,
  type InterviewState,
  readEvents,
} from "../practice/interview/interview-event.ts";
import { appendLine, repairLastLine } from "./append-lines.ts";

export interface InterviewLog {
  readonly path: string;
  append(event: InterviewEvent): void;
}

export function openInterviewLog(root: string, session: string): InterviewLog {
  const path = join(folderOf(root), `${session}.jsonl`);
  repairLastLine(path, (line) => readEvents(line).length === 1);
  return { path, append: (event) => appendLine(path, JSON.stringify(event)) };
}

/** The sessions under `root`, the latest last. */
export function readInterviews(root: string): readonly InterviewState[] {
  const folder = folderOf(root);
  if (!existsSync(folder)) return [];
  const states = readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => foldEvents(readEvents(readFileSync(join(folder, file), "utf8"))) ?? []);
  return states.sort((a, b) => (a.lastAt < b.lastAt ? -1 : 1));
}

function folderOf(root: string): string {
  return join(root, "history", "interviews");
}
