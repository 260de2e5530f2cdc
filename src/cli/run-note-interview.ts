/** An interview about one's own note: each probe holds the note against its run and its review, and every answer is kept at once. */

import { readFileSync, statSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { createInterface } from "node:readline";
import { FailureError } from "../core/outcome.ts";
import { plural } from "../core/plural.ts";
import { newRecordId } from "../node/history-folder.ts";
import { type InterviewLog, openInterviewLog, readInterviews } from "../node/interview-log.ts";
import { newestRun, unreadRun } from "../node/newest-run.ts";
import { projectRoot } from "../node/project-folder.ts";
import { isWithin } from "../node/project-path.ts";
import { refusePlainNote } from "../note/plain-note.ts";
import { reviewNote } from "../note/review-note.ts";
import {
  applyEvent,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
} from "../practice/interview/interview-event.ts";
import { type NoteClaims, probesOfNote } from "../practice/interview/probe-note.ts";
import { stepsNotBegun } from "../review/draft.ts";
import { latencyLimitOf } from "../steps/1-clarify/latency-limit.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import type { InterviewOptions } from "./interview-options.ts";
import type { Terminal } from "./terminal.ts";
import { wrapLines } from "./wrap-text.ts";

/** How a log names a note: `note:` and its path from the folder of the history. */
export const NOTE_MARK = "note:";
const STEPS = 7;
/** A note of more bytes is none. */
const MOST_BYTES = 2 ** 20;

/** The exit code: 0 at the end, 130 when it was left to be resumed. `note` is a path; `resumed` a session that was left. */
export async function runNoteInterview(
  terminal: Terminal,
  options: InterviewOptions,
  note: string,
  resumed?: InterviewState,
): Promise<number> {
  const text = readNote(note);
  const { design } = parseDesign(text, note);
  refusePlainNote({ text, file: note }, design);
  if (design === undefined)
    throw new FailureError({
      code: "not-a-design",
      message: "this is no design note",
      where: note,
      fix: "`heptad check` says what is missing; `heptad new` writes one",
    });
  if (stepsNotBegun(design).size === STEPS)
    throw new FailureError({
      code: "nothing-written",
      message: "nothing is written in this note yet, so there is nothing to ask about",
      where: note,
      fix: "fill in section 1 first; heptad interview --list names the problems that need no note",
    });
  const found = newestRun(projectRoot(note), note);
  const run = found === "older" || found === "altered" ? undefined : found;
  const probes = probesOfNote(
    claimsOf(design),
    run && { ...run.record.summary, figures: run.record.figures },
    reviewNote(text, note),
  );
  const { state: start, log } = open(options, note, resumed);
  const { holdsRun } = await import("../kinds/registry.ts");
  const say = (line: string): void =>
    terminal.out(options.json ? JSON.stringify({ say: line }) : wrapLines([line], terminal.width));
  say(`${basename(note)}: ${plural(probes.length, "question")}. Answer in a sentence or more; - leaves one open.`);
  say(
    run === undefined
      ? found === "older" || found === "altered"
        ? `(the run at hand ${unreadRun(found)}: \`heptad run\` again lets me ask about figures)`
        : `(no run of this note is at hand${holdsRun(design) ? ": `heptad run` lets me ask about figures" : ", and it names no system that is run here: I ask about what it says"})`
      : `(figures from ${relative(process.cwd(), run.path)})`,
  );
  const reader = createInterface({
    input: terminal.input,
    output: terminal.interactive ? process.stdout : undefined,
    terminal: terminal.interactive,
  });
  const lines = reader[Symbol.asyncIterator]();
  reader.on("SIGINT", () => reader.close());
  let state = start;
  const keep = (event: InterviewEvent): void => {
    log.append(event);
    state = applyEvent(state, event);
  };
  try {
    const asked = new Set(state.probes.map(({ finding }) => finding));
    for (const { about, question } of probes.filter((probe) => !asked.has(probe.about))) {
      say(question);
      if (terminal.interactive) process.stdout.write(terminal.paint("cyan", "answer › "));
      const { done, value } = await lines.next();
      if (done === true) {
        say("everything is kept: `heptad interview --resume` goes on");
        return 130;
      }
      const answer = value.trim() === "-" ? "" : value.trim();
      keep({ type: "probe", at: new Date().toISOString(), finding: about, question, answer });
    }
    keep({ type: "end", at: new Date().toISOString() });
    if (options.json) terminal.out(JSON.stringify({ state }));
    else terminal.out(wrapLines(["", ...closing(state), "", `the log: ${log.path}`], terminal.width));
    return 0;
  } finally {
    reader.close();
    log.close();
  }
}

/** What was answered, in your words, and what was left open. No grade: only you know whether it is true of your system. */
function closing({ probes }: InterviewState): readonly string[] {
  const open = probes.filter(({ answer }) => answer === "");
  return [
    `${probes.length - open.length} of ${plural(probes.length, "question")} answered`,
    ...open.map(({ question }) => `  left open: ${question}`),
    open.length === 0
      ? "write what you said into the note, and run `heptad check` again"
      : "these are what an interviewer would come back to: answer them in the note",
  ];
}

function claimsOf(design: Design): NoteClaims {
  const limit = latencyLimitOf(design);
  const { metric, value } = design.frame.baseline ?? {};
  const budgets = Object.entries(design.deploy.serving?.budget ?? {});
  return {
    budgets: budgets.map(([stage, { value: seconds }]) => ({ stage, seconds })),
    ...(limit === undefined ? {} : { latency: { percentile: limit.name, text: limit.text, seconds: limit.seconds } }),
    ...(typeof metric === "string" && typeof value === "number" ? { baseline: { metric, value } } : {}),
  };
}

function open(
  { folder, minutes }: InterviewOptions,
  note: string,
  resumed: InterviewState | undefined,
): { state: InterviewState; log: InterviewLog } {
  const at = new Date().toISOString();
  if (resumed !== undefined) {
    const log = openInterviewLog(folder, resumed.session);
    const event: InterviewEvent = { type: "resume", at };
    // Another process may have gone on since the list was read.
    const current = readInterviews(folder).find(({ session }) => session === resumed.session) ?? resumed;
    log.append(event);
    return { state: applyEvent(current, event), log };
  }
  const name = basename(note, ".md")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "")
    .slice(0, 40);
  const session = `${name || "note"}-${newRecordId(new Date(at))}`;
  const log = openInterviewLog(folder, session);
  const path = relative(resolve(folder), resolve(note)).split(sep).join("/");
  const event: InterviewEvent = { type: "start", at, session, problem: `${NOTE_MARK}${path}`, minutes };
  log.append(event);
  const state = foldEvents([event]);
  if (state === undefined) throw new Error("a session begins with its start");
  return { state, log };
}

/** The note that a log speaks of, only where it lies inside the folder. */
export function noteOfSession({ problem }: InterviewState, folder: string): string | undefined {
  const path = resolve(folder, problem.slice(NOTE_MARK.length));
  return isWithin(resolve(folder), path) && path.endsWith(".md") ? path : undefined;
}

function readNote(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() === true && stat.size <= MOST_BYTES) return readFileSync(path, "utf8");
  throw new FailureError({
    code: "no-note",
    message: stat === undefined ? "there is no such note" : "this is no note: a file of at most 1 MB is wanted",
    where: path,
    fix: "name a design note, such as designs/feed.md",
  });
}
