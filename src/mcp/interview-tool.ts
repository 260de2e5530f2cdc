/** The tool that holds a mock interview, a line at a time; sessions live in the server's memory and are on no disk. */

import { randomUUID } from "node:crypto";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { problemNames, readProblem } from "../node/problem-files.ts";
import { reviewNote } from "../note/review-note.ts";
import { type Conduct, HELP, probesFor, takeLine, takeProbeAnswer } from "../practice/interview/conduct.ts";
import { applyEvent, foldEvents, type InterviewState } from "../practice/interview/interview-event.ts";
import { writeNote } from "../practice/interview/interview-note.ts";
import type { Probe } from "../practice/interview/probe.ts";
import { renderScore } from "../practice/interview/render-interview.ts";
import { scoreInterview } from "../practice/interview/score-interview.ts";
import { STEPS } from "../steps/design.ts";
import { type Tool, tool } from "./tool.ts";

interface Session {
  readonly conduct: Conduct;
  state: InterviewState;
  /** Once the candidate has ended: what is still asked. */
  probes: Probe[] | undefined;
}

const MOST_SESSIONS = 20;
const sessions = new Map<string, Session>();

export const interviewTurnTool: Tool = tool({
  name: "interview_turn",
  title: "One turn of an interview",
  description:
    "Begins a mock interview (give `problem`, and a first `line` where there is one) or takes the candidate's next line (give `session` and `line`). A line that ends with ? asks for " +
    "a fact, any other is written into the present section; /next goes on, /end ends it, then probes are asked and the score comes with its evidence.",
  input: z.strictObject({
    problem: z.string().max(100).optional().describe("Such as visual-search"),
    minutes: z.number().int().min(5).max(180).default(45),
    session: z.string().max(100).optional(),
    line: z.string().max(20_000).optional(),
  }),
  readOnly: true,
  async run({ problem, minutes, session, line }) {
    if (session === undefined) {
      const begun = begin(problem, minutes);
      const opened = sessions.get(begun.session);
      if (line === undefined || opened === undefined) return begun;
      const turn = takeTurn(begun.session, opened, line);
      return { ...turn, say: [...begun.say, ...turn.say] };
    }
    const known = sessions.get(session);
    if (known === undefined) {
      const fix = "begin one with `problem`; sessions end with the server";
      throw new FailureError({ code: "no-session", message: `there is no session \`${session}\``, fix });
    }
    if (line === undefined)
      throw new FailureError({ code: "bad-argument", message: "a turn needs a `line`", fix: "give one" });
    return takeTurn(session, known, line);
  },
});

function begin(name: string | undefined, minutes: number) {
  if (name === undefined) {
    const fix = `give one of ${problemNames().join(", ")}`;
    throw new FailureError({ code: "no-problem", message: "no problem was named", fix });
  }
  const problem = readProblem(name);
  const titles = STEPS.map(({ title }) => title);
  const review: Conduct["review"] = (sections) => reviewNote(writeNote(problem.title, problem.name, titles, sections));
  const id = randomUUID();
  const state = foldEvents([{ type: "start", at: now(), session: id, problem: name, minutes }]);
  if (state === undefined) throw new Error("a session begins with its start");
  // The oldest goes: a server that runs for weeks keeps no more than a handful.
  for (const old of [...sessions.keys()].slice(0, Math.max(0, sessions.size - MOST_SESSIONS + 1))) sessions.delete(old);
  sessions.set(id, { conduct: { problem, review }, state, probes: undefined });
  return { session: id, say: [problem.title, problem.prompt.trim(), ...HELP], step: state.step };
}

function takeTurn(id: string, session: Session, line: string) {
  const { conduct } = session;
  if (session.probes !== undefined) {
    const [asked, ...left] = session.probes;
    session.state = takeProbeAnswer(session.state, asked, line, now()).state;
    session.probes = left;
    return goOn(id, session, []);
  }
  if (/^\/end\s*$/u.test(line.trim())) {
    session.state = applyEvent(session.state, { type: "close", at: now() });
    session.probes = [...probesFor(conduct, session.state)];
    return goOn(id, session, []);
  }
  const turn = takeLine(conduct, session.state, line, now());
  session.state = turn.state;
  if (session.state.ended) session.probes = [];
  return goOn(id, session, turn.lines);
}

/** What is said next: the next probe, or the score at the end. */
function goOn(id: string, session: Session, said: readonly string[]) {
  const { conduct, state, probes } = session;
  if (probes === undefined) return { session: id, say: said, step: state.step };
  if (probes.length > 0) return { session: id, say: [...said, probes[0].question], probesLeft: probes.length };
  sessions.delete(id);
  const score = scoreInterview(
    conduct.problem,
    applyEvent(state, { type: "end", at: now() }),
    conduct.review(state.sections),
  );
  return { session: id, say: [...said, ...renderScore(score)], score, ended: true };
}

function now(): string {
  return new Date().toISOString();
}
