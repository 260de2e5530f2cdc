/** The score of an interview by dimension, each with the evidence it rests on: a proposal that a person may overrule. */

import type { Finding } from "../../core/finding.ts";
import { plural } from "../../core/plural.ts";
import { quantitiesIn } from "../../core/quantities-in-text.ts";
import { sentencesOf } from "../cue.ts";
import { isAboutAbsence } from "./absence.ts";
import { isAnswer } from "./answered.ts";
import { stepTimes } from "./clock.ts";
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName, type Grade } from "./dimension.ts";
import { AT_THE_END, type InterviewState, type Overruling } from "./interview-event.ts";
import {
  answerAt,
  firstQuoted,
  type PointHeard,
  pointsMet,
  type Quotation,
  raisedIn,
  saidTexts,
} from "./points-met.ts";
import type { Problem } from "./problem.ts";
import { unsaid } from "./said-in-prose.ts";
import { workedOutIn } from "./worked-out.ts";

/** One thing that speaks for a grade, with the words that carry it where words do. */
export interface Evidence extends Partial<Quotation> {
  readonly says: string;
}

export interface DimensionScore {
  readonly dimension: DimensionName;
  /** What is proposed. */
  readonly grade: Grade;
  /** What speaks for it, each with the words that carry it. */
  readonly evidence: readonly Evidence[];
  /** What is missing or wrong. */
  readonly missing: readonly string[];
  /** What a person says instead: the proposal stands beside it. */
  readonly overruled?: Overruling;
}

/** A question of the interviewer at the end, what was answered, and what that counts for. */
export interface ProbeScore {
  readonly question: string;
  readonly answer: string;
  readonly isAnswered: boolean;
  readonly carries: readonly string[];
}

/** So many of so many. */
export interface Share {
  readonly of: number;
  readonly count: number;
}

export interface InterviewScore {
  readonly scores: readonly DimensionScore[];
  readonly probes: readonly ProbeScore[];
  readonly counts: {
    /** Questions of the candidate, and those that told a fact. */
    readonly questions: Share;
    /** What a senior candidate asks for. */
    readonly keyFacts: Share;
    /** What a good answer says. */
    readonly points: Share;
    readonly probes: Share;
  };
  readonly times: ReturnType<typeof stepTimes>;
  /** Minutes of the questions at the end. */
  readonly atTheEnd: number;
  /** Three things to do next. */
  readonly next: readonly string[];
}

/** The step whose findings speak against a dimension. */
const STEPS_OF: Readonly<Partial<Record<DimensionName, readonly number[]>>> = {
  framing: [2],
  data: [3],
  modelling: [4],
  evaluation: [5],
  serving: [6],
  operations: [7],
};

export function scoreInterview(problem: Problem, state: InterviewState, findings: readonly Finding[]): InterviewScore {
  const open = unsaid(findings, state);
  // Hearing costs the most of a score: each point is heard once.
  const points = pointsMet(problem, state);
  const scores = DIMENSION_NAMES.map((dimension): DimensionScore => {
    const proposed = scoreDimension(dimension, problem, state, points, open);
    const overruled = state.overruled[dimension];
    return overruled === undefined ? proposed : { ...proposed, overruled };
  });
  const probes = state.probes.map(({ question, answer }, i) => ({
    question,
    answer,
    isAnswered: isAnswer(answer),
    carries: scores.flatMap(({ evidence }) => evidence.flatMap((one) => (one.place === answerAt(i) ? [one.says] : []))),
  }));
  const keys = problem.facts.filter(({ key }) => key);
  return {
    scores,
    probes,
    counts: {
      questions: { count: state.asked.filter(({ fact }) => fact !== null).length, of: state.asked.length },
      keyFacts: { count: keys.filter(({ name }) => state.revealed.includes(name)).length, of: keys.length },
      points: { count: points.filter(({ quote }) => quote !== undefined).length, of: points.length },
      probes: { count: probes.filter(({ isAnswered }) => isAnswered).length, of: probes.length },
    },
    times: stepTimes(state),
    atTheEnd: (state.seconds[AT_THE_END] ?? 0) / 60,
    next: nextThings(scores, open),
  };
}

function scoreDimension(
  dimension: DimensionName,
  problem: Problem,
  state: InterviewState,
  heard: readonly PointHeard[],
  findings: readonly Finding[],
): DimensionScore {
  if (dimension === "ambiguity") return scoreAmbiguity(problem, state);
  if (dimension === "numbers") return scoreNumbers(state);
  const points = heard.filter((one) => one.dimension === dimension);
  const met = points.filter(({ quote }) => quote !== undefined);
  const steps = STEPS_OF[dimension] ?? [];
  const errors = findings.filter(
    ({ code, name, severity }) => severity === "error" && !isAboutAbsence(name) && steps.includes(Number(code[2])),
  );
  const answered = new Set(state.probes.filter(({ answer }) => isAnswer(answer)).map(({ finding }) => finding));
  const open = errors.filter(({ name }) => !answered.has(name));
  const share = points.length === 0 ? 0 : met.length / points.length;
  const raised = raisedIn(dimension, state);
  const grade = gradeOf(share, open.length, raised !== undefined);
  return {
    dimension,
    grade,
    evidence: [...met.map(({ point, quote, place }) => ({ says: point, quote, place })), ...beyond(raised)],
    missing: [
      ...points.filter(({ quote }) => quote === undefined).map(({ point }) => point),
      ...open.map(({ message }) => `the reviewer: ${message}`),
    ],
  };
}

/** What is raised in an answer was asked for, and is said so. */
function beyond(raised: Quotation | undefined): readonly Evidence[] {
  if (raised === undefined) return [];
  return [{ says: raised.place.startsWith("answer") ? "raised when asked" : "raised unasked", ...raised }];
}

/**
 * The points of a problem are what a senior candidate says; some of them are mid, and staff is what is raised beyond them.
 * Two errors that were left standing cost a level.
 */
function gradeOf(share: number, openErrors: number, raised: boolean): Grade {
  const isLowered = openErrors >= 2;
  if (share < 0.3) return 0;
  if (share < 0.85) return isLowered ? 0 : 1;
  if (!raised) return isLowered ? 1 : 2;
  return isLowered ? 2 : 3;
}

function scoreAmbiguity(problem: Problem, state: InterviewState): DimensionScore {
  const { revealed } = state;
  const keys = problem.facts.filter(({ key }) => key).map(({ name }) => name);
  const found = keys.filter((name) => revealed.includes(name));
  const others = revealed.filter((name) => !keys.includes(name));
  const share = keys.length === 0 ? 0 : found.length / keys.length;
  const missing = problem.facts
    .filter(({ key, name }) => key && !revealed.includes(name))
    .map(({ name, changes }) => `did not ask for ${name.replaceAll("-", " ")} (${changes})`);
  const raised = raisedIn("ambiguity", state);
  const evidence = [...found, ...others].map((name) => askedFor(name, state));
  const grade = gradeOf(share, 0, raised !== undefined);
  // Whoever asks for everything and puts no number to anything has not yet stated what the design assumes.
  const isAssumed = grade < 2 || quantitiesStated(state).length >= ASSUMPTIONS;
  return {
    dimension: "ambiguity",
    grade: isAssumed ? grade : 1,
    evidence: [...evidence, ...beyond(raised)],
    missing: isAssumed ? missing : [...missing, "states no assumptions with numbers"],
  };
}

/** The question that told the fact is what carries the credit. */
function askedFor(name: string, { asked }: InterviewState): Evidence {
  const says = `asked for ${name.replaceAll("-", " ")}`;
  const at = asked.findIndex(({ fact }) => fact === name);
  return at < 0 ? { says } : { says, quote: asked[at].text, place: `question ${at + 1}` };
}

/** As many quantities in one's own words are assumptions with numbers. */
const ASSUMPTIONS = 2;
/** So many quantities of a senior answer. */
const DOZEN = 12;

function quantitiesStated(state: InterviewState): readonly string[] {
  return [
    ...new Set(
      quantitiesIn(
        saidTexts(state)
          .map(({ text }) => text)
          .join("\n"),
      ),
    ),
  ];
}

const TAIL = /\bp9[59]|p99\.9|percentile/iu;

function scoreNumbers(state: InterviewState): DimensionScore {
  const texts = saidTexts(state);
  const distinct = quantitiesStated(state);
  const derived = firstQuoted(texts, (text) => workedOutIn([text]));
  const tail = firstQuoted(texts, (text) => sentencesOf(text).find((sentence) => TAIL.test(sentence)));
  const raised = raisedIn("numbers", state);
  const count = Math.min(1, distinct.length / DOZEN);
  const share = 0.5 * count + (derived === undefined ? 0 : 0.25) + (tail === undefined ? 0 : 0.25);
  const grade = gradeOf(share, 0, raised !== undefined);
  const counted = plural(distinct.length, "quantity", "quantities");
  const shown = distinct.length > DOZEN ? `${DOZEN} of ${counted}` : counted;
  return {
    dimension: "numbers",
    // What the sheet says that a senior answer has, a senior answer has.
    grade: distinct.length < DOZEN && grade > 1 ? 1 : grade,
    evidence: [
      ...(distinct.length === 0 ? [] : [{ says: `${shown}: ${distinct.slice(0, DOZEN).join(", ")}` }]),
      ...(derived === undefined ? [] : [{ says: "an estimate is worked out", ...derived }]),
      ...(tail === undefined ? [] : [{ says: "a percentile is named", ...tail }]),
      ...beyond(raised),
    ],
    missing: [
      ...(distinct.length < DOZEN ? [`${counted} with a unit; a senior answer has a dozen`] : []),
      ...(derived === undefined ? ["no estimate is worked out"] : []),
      ...(tail === undefined ? ["no percentile is named"] : []),
    ],
  };
}

/** The lowest first; of two that are graded alike, the one that lacks more. */
export function weakestFirst(scores: readonly DimensionScore[]): readonly DimensionScore[] {
  const lacks = ({ evidence, missing }: DimensionScore): number => missing.length / (missing.length + evidence.length);
  return scores.toSorted((a, b) => a.grade - b.grade || (lacks(b) || 0) - (lacks(a) || 0));
}

function nextThings(scores: readonly DimensionScore[], findings: readonly Finding[]): readonly string[] {
  const weakest = weakestFirst(scores).slice(0, 2);
  const drills = weakest.map(({ dimension, missing }) => {
    const { title, area } = DIMENSIONS[dimension];
    const first = missing[0] === undefined ? "" : `: ${missing[0]}`;
    return `${title}${first} (drill it: heptad practice --area ${area})`;
  });
  const written = findings.filter(({ name }) => !isAboutAbsence(name));
  const gravest = written.find(({ severity }) => severity === "error") ?? written[0];
  const last =
    gravest === undefined
      ? "write the note again with facts in each section and run heptad check"
      : `go over section ${gravest.code[2]} of your note: ${gravest.message}`;
  return [...drills, last];
}
