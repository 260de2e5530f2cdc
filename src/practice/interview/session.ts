/** An interview without anybody to talk to: lines in, events to keep and lines to say out, through the sections, the probes and the end. */

import { type Conduct, probesFor, type Turn, takeLine, takeProbeAnswer } from "./conduct.ts";
import { applyEvent, type InterviewEvent, type InterviewState } from "./interview-event.ts";
import type { Probe } from "./probe.ts";

export interface InterviewSession {
  readonly state: InterviewState;
  /** The note is being written, the interviewer asks about it, or it is over. */
  readonly phase: "sections" | "probes" | "ended";
  /** The probes that are left, the one that stands first. */
  readonly probes: readonly Probe[];
}

/** What a line did: `events` have to be on the disk before anything else happens. */
export interface SessionTurn {
  readonly session: InterviewSession;
  readonly events: readonly InterviewEvent[];
  readonly lines: readonly string[];
}

/** Where a session stands by its log: one whose probes have begun goes on with them. */
export function resumeSession(conduct: Conduct, state: InterviewState): InterviewSession {
  if (state.ended) return { state, phase: "ended", probes: [] };
  if (!state.closed && state.probes.length === 0) return { state, phase: "sections", probes: [] };
  return { state, phase: "probes", probes: probesFor(conduct, state) };
}

/** One line of the candidate. In the probes it is the answer to the one that stands; an empty one leaves it open. */
export function takeSaid(conduct: Conduct, session: InterviewSession, line: string, at: string): SessionTurn {
  if (session.phase === "ended") return { session, events: [], lines: [] };
  if (session.phase === "probes") return takeAnswer(session, line, at);
  if (/^\/end\s*$/u.test(line.trim())) return beginProbes(conduct, session, at);
  const turn = takeLine(conduct, session.state, line, at);
  return { ...saidBy(turn), session: { ...session, state: turn.state } };
}

function saidBy({ events, lines }: Turn): Pick<SessionTurn, "events" | "lines"> {
  return { events, lines };
}

/** Kept as an event of its own: whoever is interrupted before the first answer goes on with the questions. */
function beginProbes(conduct: Conduct, { state: before }: InterviewSession, at: string): SessionTurn {
  const closed: InterviewEvent = { type: "close", at };
  const state = applyEvent(before, closed);
  return onTo({ state, phase: "probes", probes: probesFor(conduct, state) }, [closed], at);
}

function takeAnswer({ state, probes }: InterviewSession, line: string, at: string): SessionTurn {
  const [probe, ...rest] = probes;
  if (probe === undefined) return onTo({ state, phase: "probes", probes: [] }, [], at);
  const turn = takeProbeAnswer(state, probe, line, at);
  const next = onTo({ state: turn.state, phase: "probes", probes: rest }, turn.events, at);
  return { ...next, lines: [...turn.lines, ...next.lines] };
}

/** The next probe is said; after the last one the interview is over. */
function onTo(session: InterviewSession, events: readonly InterviewEvent[], at: string): SessionTurn {
  const [probe] = session.probes;
  if (probe !== undefined) return { session, events, lines: ["", probe.question] };
  const ended: InterviewEvent = { type: "end", at };
  const state = applyEvent(session.state, ended);
  return { session: { state, phase: "ended", probes: [] }, events: [...events, ended], lines: [] };
}
