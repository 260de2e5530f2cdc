/** What happens in an interview, event by event: the log that a session is rebuilt from after any interruption. */

import { z } from "zod";
import { DIMENSION_NAMES, type DimensionName, type Grade } from "./dimension.ts";

const at = z.iso.datetime();
const step = z.int().min(1).max(7);

export const OVERRULERS = ["interviewer", "candidate"] as const;

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), at, session: z.string(), problem: z.string(), minutes: z.number().positive() }),
  /** The clock stands still between the last event before it and this one. */
  z.object({ type: z.literal("resume"), at }),
  /** The clock stands from here until the next `resume`: somebody asked for it, or nobody was there. */
  z.object({ type: z.literal("pause"), at, isAway: z.boolean().optional() }),
  /** Somebody is there: the time up to here counts. */
  z.object({ type: z.literal("tick"), at }),
  z.object({ type: z.literal("ask"), at, text: z.string(), fact: z.string().nullable() }),
  /** The last question meant another fact, or none. */
  z.object({ type: z.literal("correct"), at, fact: z.string().nullable() }),
  z.object({ type: z.literal("write"), at, step, text: z.string() }),
  z.object({ type: z.literal("step"), at, step }),
  z.object({ type: z.literal("change"), at, change: z.int().min(0) }),
  /** The note is done: the interviewer's questions about it begin. */
  z.object({ type: z.literal("close"), at }),
  z.object({ type: z.literal("probe"), at, finding: z.string(), question: z.string(), answer: z.string() }),
  z.object({ type: z.literal("end"), at }),
  /** Somebody sees a dimension otherwise than it is proposed; without a grade they take that back. */
  z.object({
    type: z.literal("overrule"),
    at,
    dimension: z.enum(DIMENSION_NAMES),
    grade: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    reason: z.string(),
    by: z.enum(OVERRULERS),
  }),
]);

export type InterviewEvent = z.output<typeof eventSchema>;

/** The events of a log; a damaged line is left out. */
export function readEvents(text: string): readonly InterviewEvent[] {
  return text.split("\n").flatMap((line) => {
    try {
      const parsed = eventSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

/** A grade that a person gives in place of the proposed one, and why. */
export interface Overruling {
  readonly grade: Grade;
  readonly reason: string;
  readonly by: (typeof OVERRULERS)[number];
}

/** Under this the time of the questions at the end is kept: they belong to no section. */
export const AT_THE_END = 0;

/** The state of a session, folded from its events. */
export interface InterviewState {
  readonly session: string;
  readonly problem: string;
  readonly minutes: number;
  readonly step: number;
  /** The note's sections by step, as written. */
  readonly sections: Readonly<Record<number, string>>;
  readonly asked: readonly { readonly text: string; readonly fact: string | null }[];
  /** Facts that were told, in order. */
  readonly revealed: readonly string[];
  readonly changes: readonly number[];
  /** The note is done. */
  readonly closed: boolean;
  readonly probes: readonly { readonly finding: string; readonly question: string; readonly answer: string }[];
  /** Seconds spent in each step and, under `AT_THE_END`, in the questions after it; pauses left out. */
  readonly seconds: Readonly<Record<number, number>>;
  readonly lastAt: string;
  /** The clock goes on since `lastAt`. */
  readonly running: boolean;
  /** It stands since nobody was there, and nobody asked for that. */
  readonly isAway: boolean;
  /** How often something was said or done, the clock left out: whoever has seen as many knows all of it. */
  readonly turns: number;
  readonly ended: boolean;
  readonly overruled: Readonly<Partial<Record<DimensionName, Overruling>>>;
}

/** Undefined for a log without a beginning. */
export function foldEvents(events: readonly InterviewEvent[]): InterviewState | undefined {
  const start = events[0];
  if (start?.type !== "start") return undefined;
  let state: InterviewState = {
    session: start.session,
    problem: start.problem,
    minutes: start.minutes,
    step: 1,
    sections: {},
    asked: [],
    revealed: [],
    changes: [],
    closed: false,
    probes: [],
    seconds: {},
    lastAt: start.at,
    running: true,
    isAway: false,
    turns: 0,
    ended: false,
    overruled: {},
  };
  for (const event of events.slice(1)) state = applyEvent(state, event);
  return state;
}

export function applyEvent(before: InterviewState, event: InterviewEvent): InterviewState {
  const state = counted(before, event);
  switch (event.type) {
    case "ask": {
      const revealed = event.fact === null ? state.revealed : [...new Set([...state.revealed, event.fact])];
      return { ...state, asked: [...state.asked, { text: event.text, fact: event.fact }], revealed };
    }
    case "correct": {
      const last = state.asked.at(-1);
      if (last === undefined) return state;
      const asked = [...state.asked.slice(0, -1), { ...last, fact: event.fact }];
      const wasOnlyThere = !state.asked.slice(0, -1).some(({ fact }) => fact === last.fact);
      const kept = state.revealed.filter((fact) => fact !== last.fact || !wasOnlyThere);
      return { ...state, asked, revealed: event.fact === null ? kept : [...new Set([...kept, event.fact])] };
    }
    case "write": {
      const earlier = state.sections[event.step];
      const text = earlier === undefined ? event.text : `${earlier}\n${event.text}`;
      return { ...state, step: event.step, sections: { ...state.sections, [event.step]: text } };
    }
    case "step":
      return { ...state, step: event.step };
    case "change":
      return { ...state, changes: [...state.changes, event.change] };
    case "close":
      return { ...state, closed: true };
    case "probe": {
      const { finding, question, answer } = event;
      return { ...state, probes: [...state.probes, { finding, question, answer }] };
    }
    case "end":
      return { ...state, ended: true };
    case "overrule": {
      const { dimension, grade, reason, by } = event;
      return {
        ...state,
        overruled: { ...state.overruled, [dimension]: grade === null ? undefined : { grade, reason, by } },
      };
    }
    default:
      return state;
  }
}

/** The clock and the count of turns, whatever else the event does. */
function counted(before: InterviewState, event: InterviewEvent): InterviewState {
  const turns = before.turns + 1;
  switch (event.type) {
    case "resume":
      return { ...before, lastAt: event.at, running: true, isAway: false };
    case "overrule":
      return { ...before, turns };
    case "tick":
      return asOf(before, event.at);
    case "pause":
      return { ...asOf(before, event.at), running: false, isAway: event.isAway === true };
    default:
      return { ...asOf(before, event.at), running: event.type !== "end", isAway: false, turns };
  }
}

/** The clock as it stands at a later moment, nothing else having happened. */
export function asOf(state: InterviewState, now: string): InterviewState {
  if (!state.running) return { ...state, lastAt: now };
  const spent = Math.max(0, (Date.parse(now) - Date.parse(state.lastAt)) / 1000);
  const place = state.closed ? AT_THE_END : state.step;
  return { ...state, seconds: { ...state.seconds, [place]: (state.seconds[place] ?? 0) + spent }, lastAt: now };
}
