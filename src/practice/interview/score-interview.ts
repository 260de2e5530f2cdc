/** The score of an interview by dimension, each with the evidence it rests on: a proposal that a person may overrule. */

import type { Finding } from "../../core/finding.ts";
import { plural } from "../../core/plural.ts";
import { quantitiesIn } from "../../core/quantities-in-text.ts";
import { hearIn } from "../ear/hear.ts";
import { isAboutAbsence } from "./absence.ts";
import { isAnswer } from "./answered.ts";
import { stepTimes } from "./clock.ts";
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName, type Grade } from "./dimension.ts";
import type { InterviewState } from "./interview-event.ts";
import type { Problem } from "./problem.ts";
import { unsaid } from "./said-in-prose.ts";
import { isWorkedOut } from "./worked-out.ts";

export interface DimensionScore {
  readonly dimension: DimensionName;
  readonly grade: Grade;
  /** What speaks for it, quoted. */
  readonly evidence: readonly string[];
  /** What is missing or wrong. */
  readonly missing: readonly string[];
}

export interface InterviewScore {
  readonly scores: readonly DimensionScore[];
  readonly times: ReturnType<typeof stepTimes>;
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
  const scores = DIMENSION_NAMES.map((dimension) => scoreDimension(dimension, problem, state, open));
  return { scores, times: stepTimes(state), next: nextThings(scores, open) };
}

/** Which of the problem's points the note and the answers to probes make, with the sentence that makes each. */
export function pointsMet(
  { points }: Pick<Problem, "points">,
  { sections, probes }: Pick<InterviewState, "sections" | "probes">,
) {
  const texts = [...Object.values(sections), ...probes.map(({ answer }) => answer)];
  return points.map(({ dimension, point, cues, or }) => ({
    dimension,
    point,
    quote: hearIn(texts, [cues, ...or]),
  }));
}

function scoreDimension(
  dimension: DimensionName,
  problem: Problem,
  state: InterviewState,
  findings: readonly Finding[],
): DimensionScore {
  if (dimension === "ambiguity") return scoreAmbiguity(problem, state);
  if (dimension === "numbers") return scoreNumbers(state);
  // Hearing costs the most of a score: each point is heard once, for its own dimension.
  const points = pointsMet({ points: problem.points.filter((one) => one.dimension === dimension) }, state);
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
    evidence: [
      ...met.map(({ point, quote }) => `${point}: “${quote}”`),
      ...(raised === undefined ? [] : [`raised unasked: “${raised}”`]),
    ],
    missing: [
      ...points.filter(({ quote }) => quote === undefined).map(({ point }) => point),
      ...open.map(({ message }) => `the reviewer: ${message}`),
    ],
  };
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

/** The sentence that raises what only a staff candidate is expected to. */
export function raisedIn(
  dimension: DimensionName,
  { sections, probes, asked }: Pick<InterviewState, "sections" | "probes" | "asked">,
): string | undefined {
  const texts = [...Object.values(sections), ...probes.map(({ answer }) => answer), ...asked.map(({ text }) => text)];
  return hearIn(texts, DIMENSIONS[dimension].raises);
}

function scoreAmbiguity(problem: Problem, state: InterviewState): DimensionScore {
  const { revealed, asked } = state;
  const keys = problem.facts.filter(({ key }) => key);
  const found = keys.filter(({ name }) => revealed.includes(name));
  const share = keys.length === 0 ? 0 : found.length / keys.length;
  const others = revealed.length - found.length;
  const missing = keys
    .filter(({ name }) => !revealed.includes(name))
    .map(({ name, changes }) => `did not ask for ${name.replaceAll("-", " ")} (${changes})`);
  const evidence = [
    ...found.map(({ name }) => `asked for ${name.replaceAll("-", " ")}`),
    ...(others > 0 ? [`and ${plural(others, "other fact")}, in ${plural(asked.length, "question")}`] : []),
  ];
  const raised = raisedIn("ambiguity", state);
  const shown = raised === undefined ? evidence : [...evidence, `raised unasked: “${raised}”`];
  const grade = gradeOf(share, 0, raised !== undefined);
  // Whoever asks for everything and puts no number to anything has not yet stated what the design assumes.
  if (grade < 2 || quantitiesStated(state).length >= ASSUMPTIONS)
    return { dimension: "ambiguity", grade, evidence: shown, missing };
  return {
    dimension: "ambiguity",
    grade: 1,
    evidence: shown,
    missing: [...missing, "states no assumptions with numbers"],
  };
}

/** As many quantities in one's own words are assumptions with numbers. */
const ASSUMPTIONS = 2;

function quantitiesStated({ sections, probes }: InterviewState): readonly string[] {
  const text = [...Object.values(sections), ...probes.map(({ answer }) => answer)].join("\n");
  return [...new Set(quantitiesIn(text))];
}

function scoreNumbers(state: InterviewState): DimensionScore {
  const { sections, probes } = state;
  const text = [...Object.values(sections), ...probes.map(({ answer }) => answer)].join("\n");
  const distinct = quantitiesStated(state);
  const isDerived = isWorkedOut(text);
  const isTail = /\bp9[59]|p99\.9|percentile/iu.test(text);
  const count = Math.min(1, distinct.length / 12);
  const share = 0.5 * count + (isDerived ? 0.25 : 0) + (isTail ? 0.25 : 0);
  const missing = [
    ...(distinct.length < 12
      ? [`${plural(distinct.length, "quantity", "quantities")} with a unit; a senior answer has a dozen`]
      : []),
    ...(isDerived ? [] : ["no estimate is worked out"]),
    ...(isTail ? [] : ["no percentile is named"]),
  ];
  return {
    dimension: "numbers",
    grade: gradeOf(share, 0, raisedIn("numbers", state) !== undefined),
    evidence:
      distinct.length === 0
        ? []
        : [`${plural(distinct.length, "quantity", "quantities")}: ${distinct.slice(0, 8).join(", ")}`],
    missing,
  };
}

function nextThings(scores: readonly DimensionScore[], findings: readonly Finding[]): readonly string[] {
  const weakest = [...scores].sort((a, b) => a.grade - b.grade).slice(0, 2);
  const drills = weakest.map(({ dimension, missing }) => {
    const { title, area } = DIMENSIONS[dimension];
    const first = missing[0] === undefined ? "" : `: ${missing[0]}`;
    return `${title}${first} (drill it: heptad practice --area ${area})`;
  });
  const gravest = findings.find(({ name, severity }) => severity === "error" && !isAboutAbsence(name)) ?? findings[0];
  const last =
    gravest === undefined
      ? `write the note again with facts in each section and run heptad check`
      : `mend your note: ${gravest.message}${gravest.fix === undefined ? "" : ` (${gravest.fix.split("\n")[0]})`}`;
  return [...drills, last];
}
