/** Interviews as the studio serves them: every line is in the log before it is answered, so that any tab or process can go on. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { newRecordId } from "../../node/history-folder.ts";
import { type InterviewLog, openInterviewLog, readInterview, readInterviews } from "../../node/interview-log.ts";
import { problemNames, readProblem } from "../../node/problem-files.ts";
import { reviewNote } from "../../note/review-note.ts";
import { minutesLeft } from "../../practice/interview/clock.ts";
import { DIMENSION_NAMES } from "../../practice/interview/dimension.ts";
import {
  applyEvent,
  foldEvents,
  type InterviewEvent,
  type InterviewState,
  OVERRULERS,
} from "../../practice/interview/interview-event.ts";
import { draftNote } from "../../practice/interview/interview-note.ts";
import { type InterviewSession, resumeSession, type SessionTurn, takeSaid } from "../../practice/interview/session.ts";
import { clockOf, conductOf, describe, HEADINGS, scoreOf } from "./interview-view.ts";
import { placeOf } from "./start-note.ts";
import type { StudioProject } from "./studio-project.ts";
import { openTabs } from "./tabs-open.ts";

/** Logs of interviews about one's own note are the terminal's: their name begins so. */
const NOTE_MARK = "note:";
const session = z.string().max(160);
export const beginSchema = z.strictObject({
  problem: z.string().max(120),
  minutes: z.number().min(5).max(240).default(45),
});
export const sessionSchema = z.strictObject({ session });
/** `seen` is how many turns the page knew of when the line was typed. */
export const lineSchema = z.strictObject({ session, line: z.string().max(20_000), seen: z.int().min(0).optional() });
export const tabSchema = z.strictObject({ session, tab: z.string().max(40) });
export const overruleSchema = z.strictObject({
  session,
  dimension: z.enum(DIMENSION_NAMES),
  grade: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).nullable(),
  reason: z.string().trim().max(2000).default(""),
  by: z.enum(OVERRULERS),
});

/** Open pages show that they are there every 15 seconds, hidden ones as seldom as once a minute: longer without a sign, and nobody was. */
const AWAY_MS = 90_000;
/** Signs of life that come sooner than this add nothing to the log. */
const TICK_MS = 10_000;

export type InterviewDesk = ReturnType<typeof openInterviewDesk>;

/** `tell` lets every page know that a session went on, and how far, or that its clock stands or goes on. */
export function openInterviewDesk(
  { root, now }: StudioProject,
  tell: (session: string, turns: number) => void = () => undefined,
) {
  const at = (): string => now().toISOString();
  const tabs = openTabs(AWAY_MS);
  const stateOf = (name: string): InterviewState => ofStudio(readInterview(root, name), name);
  const show = (one: InterviewSession, said: readonly string[] = []) => describe(one, at(), said);
  /** Reads, decides and writes while nobody else can: another process may have gone on since the page was shown. */
  const goOn = <T>(name: string, act: (kept: KeptInterview) => T): T => {
    stateOf(name);
    const log = openInterviewLog(root, name);
    try {
      const before = ofStudio(log.read(), name);
      const kept = keep(log, before);
      const done = act(kept);
      if (kept.state.turns !== before.turns || kept.state.running !== before.running) tell(name, kept.state.turns);
      return done;
    } finally {
      log.close();
    }
  };
  /** Whoever gave no sign for long was asleep or gone, and their clock stood since the last one. */
  const isGone = ({ running, ended, lastAt }: InterviewState): boolean =>
    running && !ended && now().getTime() - Date.parse(lastAt) > AWAY_MS;
  const settle = (kept: KeptInterview): void => {
    if (isGone(kept.state)) kept.add({ type: "pause", at: kept.state.lastAt, isAway: true });
  };
  const sessionOf = ({ state }: KeptInterview): InterviewSession => resumeSession(conductOf(state.problem), state);
  return {
    problems: () =>
      problemNames().map((name) => {
        const { title, prompt } = readProblem(name);
        return { name, title, prompt: prompt.trim() };
      }),
    list: () =>
      readInterviews(root)
        .filter(({ problem }) => !problem.startsWith(NOTE_MARK) && problemNames().includes(problem))
        .map((state) => ({
          session: state.session,
          title: readProblem(state.problem).title,
          step: state.step,
          isProbing: state.closed,
          ended: state.ended,
          lastAt: state.lastAt,
          left: minutesLeft(state),
        }))
        .toReversed(),
    begin({ problem, minutes }: z.output<typeof beginSchema>) {
      readProblem(problem);
      const start = at();
      const name = `${problem}-${newRecordId(now())}`;
      const event: InterviewEvent = { type: "start", at: start, session: name, problem, minutes };
      const log = openInterviewLog(root, name);
      try {
        log.append(event);
      } finally {
        log.close();
      }
      return show(resumeSession(conductOf(problem), folded([event])));
    },
    show(name: string) {
      const found = stateOf(name);
      const state = isGone(found) ? { ...found, running: false, isAway: true } : found;
      return show(resumeSession(conductOf(state.problem), state));
    },
    say: ({ session: name, line, seen }: z.output<typeof lineSchema>) =>
      goOn(name, (kept) => {
        // What was typed for one question must not answer another.
        if (seen !== undefined && seen !== kept.state.turns)
          throw new FailureError({
            code: "went-on",
            message: "this interview went on elsewhere meanwhile, so your line was not sent",
            fix: "it still stands in the field; look at what was said, then send it",
          });
        settle(kept);
        if (isPause(line)) {
          if (kept.state.running) kept.add({ type: "pause", at: at() });
          return show(sessionOf(kept));
        }
        if (!kept.state.running && !kept.state.ended) kept.add({ type: "resume", at: at() });
        const turn: SessionTurn = takeSaid(conductOf(kept.state.problem), sessionOf(kept), line, at());
        for (const event of turn.events) kept.add(event);
        return show({ ...turn.session, state: kept.state }, turn.lines);
      }),
    /** The clock goes on with the next word, or when this is undone. */
    pause: (name: string) =>
      goOn(name, (kept) => {
        settle(kept);
        if (kept.state.running) kept.add({ type: "pause", at: at() });
        return show(sessionOf(kept));
      }),
    resume: (name: string) =>
      goOn(name, (kept) => {
        settle(kept);
        if (!kept.state.running && !kept.state.ended) kept.add({ type: "resume", at: at() });
        return show(sessionOf(kept));
      }),
    /** A page is open and shows it: its time counts. */
    tick: ({ session: name, tab }: z.output<typeof tabSchema>) => {
      tabs.here(name, tab, now().getTime());
      return goOn(name, (kept) => {
        settle(kept);
        const { running, lastAt } = kept.state;
        if (running && now().getTime() - Date.parse(lastAt) >= TICK_MS) kept.add({ type: "tick", at: at() });
        return clockOf(kept.state, at());
      });
    },
    /** A page was closed or left: with the last one the clock stands. */
    leave: ({ session: name, tab }: z.output<typeof tabSchema>) => {
      if (tabs.left(name, tab, now().getTime()) > 0) return clockOf(stateOf(name), at());
      return goOn(name, (kept) => {
        settle(kept);
        if (kept.state.running && !kept.state.ended) kept.add({ type: "pause", at: at(), isAway: true });
        return clockOf(kept.state, at());
      });
    },
    score: (name: string) => scoreOf(stateOf(name)),
    /** A person's grade beside the proposed one; without a grade the proposal alone stands again. */
    overrule: ({ session: name, dimension, grade, reason, by }: z.output<typeof overruleSchema>) =>
      goOn(name, (kept) => {
        if (!kept.state.ended)
          throw new FailureError({ code: "not-over", message: "an interview that goes on has no grades yet" });
        if (grade !== null && reason === "")
          throw new FailureError({
            code: "no-reason",
            message: "another grade wants a reason",
            fix: "say in a sentence what it rests on",
          });
        kept.add({ type: "overrule", at: at(), dimension, grade, reason, by });
        return scoreOf(kept.state);
      }),
    /** The sections as a design note of the project, written the first time. */
    note: (name: string, create: (path: string, text: string) => string): { readonly path: string } => {
      const { problem, sections } = stateOf(name);
      const path = placeOf(root, name);
      const { title } = readProblem(problem);
      if (!existsSync(join(root, path))) create(path, draftNote(title, problem, HEADINGS, sections, reviewNote));
      return { path };
    },
  };
}

/** A session that is written to: `add` keeps an event on the disk, then in `state`. */
interface KeptInterview {
  readonly state: InterviewState;
  add(event: InterviewEvent): void;
}

function keep(log: InterviewLog, before: InterviewState): KeptInterview {
  let state = before;
  return {
    get state() {
      return state;
    },
    add(event) {
      log.append(event);
      state = applyEvent(state, event);
    },
  };
}

function ofStudio(found: InterviewState | undefined, name: string): InterviewState {
  if (found !== undefined && !found.problem.startsWith(NOTE_MARK)) return found;
  throw new FailureError({ code: "no-interview", message: "there is no such interview", where: name.slice(0, 160) });
}

function isPause(line: string): boolean {
  return /^\/pause\s*$/u.test(line.trim());
}

function folded(events: readonly InterviewEvent[]): InterviewState {
  const state = foldEvents(events);
  if (state === undefined) throw new Error("a session begins with its start");
  return state;
}
