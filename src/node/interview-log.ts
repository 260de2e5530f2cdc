/** The logs of interviews on disk: one file a session, an event a line, each on the disk before it is acted on. */

import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FailureError, unwrap } from "../core/outcome.ts";
import {
  foldEvents,
  type InterviewEvent,
  type InterviewState,
  readEvents,
} from "../practice/interview/interview-event.ts";
import { appendLine, repairLastLine } from "./append-lines.ts";
import { ownFolder } from "./own-folder.ts";
import { takeLock } from "./process-lock.ts";

export interface InterviewLog {
  readonly path: string;
  /** As it stands now: nobody else writes while it is open. Undefined for a session that was not begun. */
  read(): InterviewState | undefined;
  append(event: InterviewEvent): void;
  close(): void;
}

/** Names that we make: nothing that leads out of the folder. */
const OWN_NAME = /^[a-z0-9][a-z0-9-]{0,120}$/u;

/** Opens a session for writing. Throws a `FailureError` for a name that is not ours, and while another process is in it. */
export function openInterviewLog(root: string, session: string): InterviewLog {
  const path = join(folderOf(root), `${session}.jsonl`);
  if (!OWN_NAME.test(session) || isLink(path) || isLink(folderOf(root)))
    throw new FailureError({
      code: "not-a-session",
      message: "the interview's name is none that Heptad gives",
      where: path.slice(0, 200),
      fix: "logs are files of their own in history/interviews; begin another interview",
    });
  const lock = unwrap(takeLock(join(ownFolder(root, ".heptad"), `interview-${session}.lock`)));
  repairLastLine(path, (line) => readEvents(line).length === 1);
  return {
    path,
    read: () => (existsSync(path) ? stateIn(path, session) : undefined),
    append: (event) => appendLine(path, JSON.stringify(event)),
    close: lock.release,
  };
}

/** One session under `root`; undefined where there is none of this name. */
export function readInterview(root: string, session: string): InterviewState | undefined {
  const path = join(folderOf(root), `${session}.jsonl`);
  if (!OWN_NAME.test(session) || lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  return stateIn(path, session);
}

/** The file says which session it is; what stands inside is text that anybody may have written. */
function stateIn(path: string, session: string): InterviewState | undefined {
  const state = foldEvents(readEvents(readFileSync(path, "utf8")));
  return state === undefined ? undefined : { ...state, session };
}

/** The sessions under `root`, the latest last. */
export function readInterviews(root: string): readonly InterviewState[] {
  const folder = folderOf(root);
  if (!existsSync(folder)) return [];
  const states = readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl") && OWN_NAME.test(file.slice(0, -".jsonl".length)))
    .filter((file) => lstatSync(join(folder, file)).isFile())
    .flatMap((file) => stateIn(join(folder, file), file.slice(0, -".jsonl".length)) ?? []);
  return states.sort((a, b) => (a.lastAt < b.lastAt ? -1 : 1));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function folderOf(root: string): string {
  return join(root, "history", "interviews");
}
