/** Conducts an interview: what the candidate types goes in, events to record and lines to say come out. */

import type { Finding } from "../../core/finding.ts";
import { clockWarning, type StepTime, stepTimes } from "./clock.ts";
import { applyEvent, type InterviewEvent, type InterviewState } from "./interview-event.ts";
import { matchFacts } from "./match-fact.ts";
import { nextProbes, type Probe } from "./probe.ts";
import type { Problem } from "./problem.ts";

export interface Turn {
  readonly state: InterviewState;
  /** To be recorded in this order before anything is said. */
  readonly events: readonly InterviewEvent[];
  readonly lines: readonly string[];
}

export interface Conduct {
  readonly problem: Problem;
  /** The reviewer over the candidate's sections. */
  readonly review: (sections: Readonly<Record<number, string>>) => readonly Finding[];
}

export const HELP: readonly string[] = [
  "a line that ends with ? asks the interviewer; any other line is written into the present section",
  "facts such as `latency: { p99: 100 ms }` at the head of a section are read by the reviewer; prose is fine too",
  "/next  go on    /back  go back    /not NAME  your question meant another fact, or /not none    /show  the note    /time    /end",
];

/** Whoever goes by words cannot know that there is no such figure, and does not say so. */
const NOT_UNDERSTOOD =
  "I cannot tell which figure you ask for. Ask in other words, or make an assumption and write it down.";

/** One line of the candidate. */
export function takeLine(conduct: Conduct, state: InterviewState, line: string, at: string): Turn {
  const text = line.trimEnd();
  const command = /^\/(\w+)\s*(.*)$/u.exec(text.trim());
  if (command !== null) return takeCommand(conduct, state, command[1], command[2].trim(), at);
  if (text.trim() === "") return { state, events: [], lines: [] };
  if (/\?\s*$/u.test(text)) return answerQuestion(conduct, state, text.trim(), at);
  return turn(state, [{ type: "write", at, step: state.step, text }], []);
}

function turn(before: InterviewState, events: readonly InterviewEvent[], lines: readonly string[]): Turn {
  const state = events.reduce(applyEvent, before);
  const warning = events.length === 0 ? undefined : clockWarning(state);
  const isNew = warning !== undefined && warning !== clockWarning(before);
  return { state, events, lines: isNew ? [...lines, `(${warning})`] : lines };
}

function answerQuestion({ problem }: Conduct, state: InterviewState, text: string, at: string): Turn {
  const [best, second] = matchFacts(problem, text);
  if (best === undefined) {
    return turn(state, [{ type: "ask", at, text, fact: null }], [NOT_UNDERSTOOD]);
  }
  const { fact, words } = best;
  const isClose = second !== undefined && second.score > 0.7 * best.score;
  const other = !isClose ? "" : `, or did you mean ${second.fact.name}`;
  return turn(
    state,
    [{ type: "ask", at, text, fact: fact.name }],
    [fact.answer, `(understood as ${fact.name}, by “${words.join(", ")}”${other}; /not NAME corrects it)`],
  );
}

function takeCommand(conduct: Conduct, state: InterviewState, command: string, argument: string, at: string): Turn {
  switch (command) {
    case "next":
      return state.step === 7
        ? { state, events: [], lines: ["this is the last step; /end finishes"] }
        : moveTo(conduct, state, state.step + 1, at);
    case "back":
      return moveTo(conduct, state, Math.max(1, state.step - 1), at);
    case "not":
      return correct(conduct, state, argument, at);
    case "show": {
      const sections = Object.entries(state.sections).flatMap(([step, text]) => [
        `${step}.`,
        ...text.split("\n").map((one) => `  ${one}`),
      ]);
      return { state, events: [], lines: sections.length === 0 ? ["nothing is written yet"] : sections };
    }
    case "end":
      return turn(state, [{ type: "end", at }], []);
    case "time":
      return { state, events: [], lines: [stepTimes(state).map(writeStepTime).join(", ")] };
    case "help":
      return { state, events: [], lines: HELP };
    default:
      return { state, events: [], lines: [`there is no /${command}`, ...HELP] };
  }
}

function writeStepTime({ step, minutes, usual, isLate }: StepTime): string {
  return `step ${step} ${Math.round(minutes)} of ${Math.round(usual)} min${isLate ? " (long)" : ""}`;
}

/** Leaving a section for the first time may bring a change of the constraints. */
function moveTo({ problem }: Conduct, state: InterviewState, step: number, at: string): Turn {
  const due = problem.changes.findIndex(({ after }, i) => step > after && !state.changes.includes(i));
  const moved: InterviewEvent = { type: "step", at, step };
  if (due < 0) return turn(state, [moved], []);
  const { say, touches } = problem.changes[due];
  const lines = [
    `One moment, something has changed. ${say}`,
    `(it touches ${touches.length === 1 ? "step" : "steps"} ${touches.join(" and ")}; go back, or say here what you would change)`,
  ];
  return turn(state, [moved, { type: "change", at, change: due }], lines);
}

function correct({ problem }: Conduct, state: InterviewState, name: string, at: string): Turn {
  if (state.asked.length === 0) return { state, events: [], lines: ["you have not asked anything yet"] };
  if (name === "" || name === "none")
    return turn(state, [{ type: "correct", at, fact: null }], ["then I have no figure for it; make an assumption"]);
  const fact = problem.facts.find((one) => one.name === name);
  if (fact === undefined) {
    // Naming the facts would give away what there is to ask.
    return { state, events: [], lines: [`I know no fact \`${name}\`; ask again in other words, or /not none`] };
  }
  return turn(state, [{ type: "correct", at, fact: fact.name }], [fact.answer]);
}

/** The probes that are still to be asked, for the note as it stands. */
export function probesFor({ problem, review }: Conduct, state: InterviewState): readonly Probe[] {
  return nextProbes(problem, state, review(state.sections));
}

/** The answer to a probe; an empty one is recorded as none. */
export function takeProbeAnswer(state: InterviewState, probe: Probe, answer: string, at: string): Turn {
  return turn(state, [{ type: "probe", at, finding: probe.about, question: probe.question, answer }], []);
}
