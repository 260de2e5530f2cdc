/** What happens in an interview, event by event: the log that a session is rebuilt from after any interruption. */

import { z } from "zod";

const at = z.iso.datetime();
const step = z.int().min(1).max(7);

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), at, session: z.string(), problem: z.string(), minutes: z.number().positive() }),
  /** The clock stands still between the last event before it and this one. */
  z.object({ type: z.literal("resume"), at }),
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
  /** Seconds spent in each step, pauses left out. */
  readonly seconds: Readonly<Record<number, number>>;
  readonly lastAt: string;
  readonly ended: boolean;
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
    ended: false,
  };
  for (const event of events.slice(1)) state = applyEvent(state, event);
  return state;
}

export function applyEvent(before: InterviewState, event: InterviewEvent): InterviewState {
  const state = event.type === "resume" ? { ...before, lastAt: event.at } : withTime(before, event.at);
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
    default:
      return state;
  }
}

function withTime(state: InterviewState, now: string): InterviewState {
  const spent = Math.max(0, (Date.parse(now) - Date.parse(state.lastAt)) / 1000);
  const seconds = { ...state.seconds, [state.step]: (state.seconds[state.step] ?? 0) + spent };
  return { ...state, seconds, lastAt: now };
}
