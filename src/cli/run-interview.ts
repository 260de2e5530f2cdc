/** Runs a mock interview at the terminal or from piped lines: every event is on the disk before it is answered. */

import { createInterface } from "node:readline";
import { FailureError } from "../core/outcome.ts";
import { newRecordId } from "../node/history-folder.ts";
import { type InterviewLog, openInterviewLog, readInterviews } from "../node/interview-log.ts";
import { readProblem } from "../node/problem-files.ts";
import { reviewNote } from "../note/review-note.ts";
import { type Conduct, HELP } from "../practice/interview/conduct.ts";
import {
  applyEvent,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
} from "../practice/interview/interview-event.ts";
import { writeNote } from "../practice/interview/interview-note.ts";
import type { Problem } from "../practice/interview/problem.ts";
import { renderScore, statusLine } from "../practice/interview/render-interview.ts";
import { scoreInterview } from "../practice/interview/score-interview.ts";
import { resumeSession, type SessionTurn, takeSaid } from "../practice/interview/session.ts";
import { STEPS } from "../steps/design.ts";
import type { InterviewOptions } from "./interview-options.ts";
import { NOTE_MARK, noteOfSession, runNoteInterview } from "./run-note-interview.ts";
import type { Terminal } from "./terminal.ts";
import { wrapLines } from "./wrap-text.ts";

const HEADINGS = STEPS.map(({ title }) => title);

/** The exit code: 0 at the end, 130 when it was left to be resumed. */
export async function runInterview(terminal: Terminal, options: InterviewOptions): Promise<number> {
  const now = (): string => new Date().toISOString();
  if (options.problem?.endsWith(".md") === true && !options.resume)
    return runNoteInterview(terminal, options, options.problem);
  const left = options.resume ? lastOpen(options) : undefined;
  if (left?.problem.startsWith(NOTE_MARK) === true) {
    const note = noteOfSession(left, options.folder);
    if (note !== undefined) return runNoteInterview(terminal, options, note, left);
    throw new FailureError({
      code: "note-elsewhere",
      message: "the interview that was left last is about a note outside of this project",
      fix: "begin it again: `heptad interview NOTE.md`",
    });
  }
  const { state: start, log } = options.resume ? resumeLast(options, now()) : begin(options, now());
  const problem = readProblem(start.problem);
  const conduct: Conduct = { problem, review: (sections) => reviewNote(noteOf(problem, sections)) };
  const say = (lines: readonly string[]): void => {
    for (const line of lines) {
      const text = wrapLines([line], terminal.width);
      const spoken = line.startsWith("(") ? terminal.paint("dim", text) : text;
      terminal.out(options.json ? JSON.stringify({ say: line }) : spoken);
    }
  };
  say([
    problem.title,
    problem.prompt.trim(),
    ...(options.resume ? ["", "you were here:", statusLine(start)] : ["", ...HELP]),
  ]);
  const reader = createInterface({
    input: terminal.input,
    output: terminal.interactive ? process.stdout : undefined,
    terminal: terminal.interactive,
  });
  const lines = reader[Symbol.asyncIterator]();
  // Without this, Ctrl-C would end the process before the farewell; nothing is lost either way.
  reader.on("SIGINT", () => reader.close());
  let session = resumeSession(conduct, start);
  const keep = (turn: SessionTurn): void => {
    for (const event of turn.events) log.append(event);
    session = turn.session;
    say(turn.lines);
  };
  const read = async (prompt: string): Promise<string | undefined> => {
    if (terminal.interactive) process.stdout.write(terminal.paint("cyan", prompt));
    const { done, value } = await lines.next();
    return done === true ? undefined : value;
  };
  try {
    const [standing] = session.probes;
    if (standing !== undefined) say(["", standing.question]);
    while (session.phase !== "ended") {
      const { step } = session.state;
      const isProbing = session.phase === "probes";
      const line = await read(isProbing ? "answer › " : `${step} ${STEPS[step - 1].name} › `);
      if (line === undefined) return leave(terminal, options, session.state);
      keep(takeSaid(conduct, session, line, now()));
      if (isProbing || session.phase !== "sections") continue;
      const { state } = session;
      const isStatus = /^\/(?:time|next|back)/u.test(line.trim());
      if (isStatus || state.step !== step) say([`(${statusLine(state)}: ${STEPS[state.step - 1].title})`]);
    }
    finish(terminal, options, conduct, session.state, log.path);
    return 0;
  } finally {
    reader.close();
    log.close();
  }
}

function finish(
  terminal: Terminal,
  options: InterviewOptions,
  { problem, review }: Conduct,
  state: InterviewState,
  path: string,
): void {
  const score = scoreInterview(problem, state, review(state.sections));
  if (options.json) terminal.out(JSON.stringify({ score, state }));
  else terminal.out(wrapLines(["", ...renderScore(score), "", `the log: ${path}`], terminal.width));
}

function leave(terminal: Terminal, options: InterviewOptions, state: InterviewState): number {
  const text = "everything is kept: `heptad interview --resume` goes on";
  terminal.out(options.json ? JSON.stringify({ left: state.session }) : `\n${text}`);
  return 130;
}

function begin(
  { problem, minutes, folder }: InterviewOptions,
  at: string,
): { state: InterviewState; log: InterviewLog } {
  if (problem === undefined)
    throw new FailureError({
      code: "no-problem",
      message: "nothing was named to be interviewed about",
      fix: "`heptad interview NOTE.md` asks about your own design, `heptad interview PROBLEM` about one of those that `heptad interview --list` shows, `heptad interview --resume` goes on",
    });
  readProblem(problem);
  const session = `${problem}-${newRecordId(new Date(at))}`;
  const log = openInterviewLog(folder, session);
  const event: InterviewEvent = { type: "start", at, session, problem, minutes };
  log.append(event);
  const state = foldEvents([event]);
  if (state === undefined) throw new Error("a session begins with its start");
  return { state, log };
}

function lastOpen({ problem, folder }: InterviewOptions): InterviewState {
  const open = readInterviews(folder).filter((one) => !one.ended && (problem === undefined || one.problem === problem));
  const last = open.at(-1);
  if (last === undefined)
    throw new FailureError({
      code: "nothing-to-resume",
      message: "there is no interview that was left open",
      fix: "begin one: `heptad interview PROBLEM`",
    });
  return last;
}

function resumeLast(options: InterviewOptions, at: string): { state: InterviewState; log: InterviewLog } {
  const { session } = lastOpen(options);
  const log = openInterviewLog(options.folder, session);
  // Read under the lock: another process may have gone on since.
  const last = readInterviews(options.folder).find((one) => one.session === session);
  if (last === undefined) throw new Error("a session that is open has a log");
  const event: InterviewEvent = { type: "resume", at };
  log.append(event);
  return { state: applyEvent(last, event), log };
}

/** The candidate's sections as a note that the reviewer can read. */
export function noteOf(problem: Problem, sections: Readonly<Record<number, string>>): string {
  return writeNote(problem.title, problem.name, HEADINGS, sections);
}
