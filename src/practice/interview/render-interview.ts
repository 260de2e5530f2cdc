/** An interview as text: the score with its evidence, and the interviewer's view of a problem. */

import { plural } from "../../core/plural.ts";
import { minutesLeft } from "./clock.ts";
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName, GRADE_NAMES, type Grade } from "./dimension.ts";
import type { InterviewState } from "./interview-event.ts";
import type { Problem } from "./problem.ts";
import type { Evidence, InterviewScore, ProbeScore } from "./score-interview.ts";
import type { Agreement, GradedTwice, Unlike } from "./sheet.ts";

export function renderScore({ scores, probes, counts, times, atTheEnd, next }: InterviewScore): readonly string[] {
  const rows = scores.flatMap(({ dimension, grade, evidence, missing, overruled }) => [
    `${DIMENSIONS[dimension].title.padEnd(26)} ${barOf(grade)}  ${GRADE_NAMES[grade]}${overruled === undefined ? "" : " (proposed)"}`,
    ...(overruled === undefined
      ? []
      : [
          `${" ".repeat(26)} ${barOf(overruled.grade)}  ${GRADE_NAMES[overruled.grade]}, says the ${overruled.by}: “${overruled.reason}”`,
        ]),
    ...evidence.map((one) => `    + ${writeEvidence(one)}`),
    ...missing.map((one) => `    - ${one}`),
    ...anchorAbove(dimension, grade),
  ]);
  const minutes = times.map(
    ({ step, minutes: spent, usual, isLate }) =>
      `${step}: ${spent.toFixed(1)} of ${usual.toFixed(0)}${isLate ? " (long)" : ""}`,
  );
  return [
    "the score is a proposal from the words of your note; the evidence is quoted, so that you can overrule it",
    writeCounts(counts),
    "",
    ...rows,
    "",
    ...(probes.length === 0 ? [] : ["asked at the end:", ...probes.flatMap(writeProbe), ""]),
    `minutes by step, beside the usual: ${minutes.join(", ")}; questions at the end: ${atTheEnd.toFixed(1)}`,
    "",
    "next:",
    ...next.map((one, i) => `  ${i + 1}. ${one}`),
  ];
}

/** `6 questions asked, 5 of them told a fact; 4 of 6 key facts, 9 of 16 points, 3 of 5 questions at the end answered`. */
export function writeCounts({ questions, keyFacts, points, probes }: InterviewScore["counts"]): string {
  const asked =
    questions.of === 0
      ? "no question asked"
      : `${plural(questions.of, "question")} asked, ${questions.count} of them told a fact`;
  const ended = probes.of === 0 ? "" : `, ${probes.count} of ${plural(probes.of, "question")} at the end answered`;
  return `${asked}; ${keyFacts.count} of ${plural(keyFacts.of, "key fact")}, ${points.count} of ${plural(points.of, "point")} made${ended}`;
}

/** `Index memory is computed: “100M × 2 kB = 200 GB” (section 6)`. */
export function writeEvidence({ says, quote, place }: Evidence): string {
  return quote === undefined ? says : `${says}: “${quote}” (${place})`;
}

function writeProbe({ question, answer, isAnswered, carries }: ProbeScore, i: number): readonly string[] {
  const said = answer.trim() === "" ? "left open" : isAnswered ? `“${answer.trim()}”` : `no answer: “${answer.trim()}”`;
  const carried = carries.length === 0 ? "nothing of the sheet is quoted from it" : `it carries: ${carries.join("; ")}`;
  return [`  ${i + 1}. ${question}`, `     ${said}`, ...(isAnswered ? [`     ${carried}`] : [])];
}

function barOf(grade: Grade): string {
  return "■".repeat(grade) + "□".repeat(3 - grade);
}

/** What the candidate does not see. */
export function renderInterviewerView(problem: Problem): string {
  const facts = problem.facts.map(
    ({ name, answer, key, changes }) =>
      `- **${name}**${key ? " (key)" : ""}: ${answer} What it does to the design: ${changes}.`,
  );
  const changes = problem.changes.map(({ after, say }) => `- after section ${after}: ${say}`);
  const points = DIMENSION_NAMES.map((name) => {
    const own = problem.points.filter(({ dimension }) => dimension === name).map(({ point }) => `    - ${point}`);
    const anchors = DIMENSIONS[name].anchors.map((anchor, i) => `  - ${GRADE_NAMES[i + 1]}: ${anchor}`);
    // Beside the grades, not below the last of them: they are no part of what staff means.
    const ofProblem = own.length === 0 ? [] : ["  - in this problem:", ...own];
    return [`- **${DIMENSIONS[name].title}**`, ...anchors, ...ofProblem].join("\n");
  });
  const followUps = problem.follow_ups.map((one) => `- ${one}`);
  return [
    `# ${problem.title}`,
    `Say only this: “${problem.prompt.trim()}”`,
    "## Facts, told when asked for",
    facts.join("\n"),
    "## Changes",
    changes.join("\n"),
    "## Rubric",
    points.join("\n"),
    "## Follow-ups",
    followUps.join("\n"),
    "",
  ].join("\n\n");
}

/** What the comparison cannot say, the counts, and whose grades stand first. */
export function writeAgreement({ sheets: [a, b], unlike, compared, same, withinOne, kappa }: Agreement): {
  readonly warnings: readonly string[];
  readonly counts: string;
  readonly names: readonly [string, string];
} {
  const isOfOthers = unlike.some(({ what }) => what !== "unnamed");
  const undefinedFor = compared < 2 ? "for one dimension" : "since one grade was given throughout";
  const weighted = kappa === undefined ? `not defined, ${undefinedFor}` : kappa.toFixed(2);
  const agreement = `${same} of ${compared} dimensions graded alike, ${withinOne} within one level`;
  const counts = isOfOthers ? agreement : `${agreement}; weighted kappa ${weighted}`;
  // Of two candidates by their names, else by interviewer, else as they were given.
  const key = unlike.some(({ what }) => what === "candidate") ? "candidate" : "interviewer";
  const [first, second] = [a[key].trim(), b[key].trim()];
  const isTold = first !== "" && second !== "" && first !== second;
  return {
    warnings: unlike.map(writeUnlike),
    counts: compared === 0 ? "the two sheets have no dimension that both graded" : counts,
    names: isTold ? [first, second] : ["the first sheet", "the second"],
  };
}

/** In words: every dimension with both grades, those that are further apart first. */
export function renderAgreement(agreement: Agreement): readonly string[] {
  const { compared, both, ungraded } = agreement;
  const { warnings, counts, names } = writeAgreement(agreement);
  if (compared === 0) return [...warnings, counts];
  const differing = both
    .filter(({ grades: [a, b] }) => a !== b)
    .toSorted((one, two) => gapOf(two) - gapOf(one))
    .map((one) => `  ${writePair(one)}`);
  const alike = both
    .filter(({ grades: [a, b] }) => a === b)
    .map(({ dimension, grades: [a] }) => `${DIMENSIONS[dimension].title} (${GRADE_NAMES[a]})`);
  return [
    ...warnings,
    counts,
    ...(differing.length === 0 ? [] : [`graded otherwise, ${names.join(", then ")}:`, ...differing]),
    ...(alike.length === 0 ? [] : [`graded alike: ${alike.join(", ")}`]),
    ...(ungraded.length === 0
      ? []
      : [`not graded by both: ${ungraded.map((name) => DIMENSIONS[name].title).join(", ")}`]),
  ];
}

function writePair(pair: GradedTwice): string {
  const { dimension, grades } = pair;
  const [[a, b], gap] = [grades, gapOf(pair)];
  return `${DIMENSIONS[dimension].title}: ${GRADE_NAMES[a]} and ${GRADE_NAMES[b]}${gap > 1 ? `, ${gap} levels apart: talk about it` : ""}`;
}

function gapOf({ grades: [a, b] }: GradedTwice): number {
  return Math.abs(a - b);
}

function writeUnlike(unlike: Unlike): string {
  switch (unlike.what) {
    case "problem":
      return `two problems (${unlike.names.join(", ")}): a difference of grades is no progress and no disagreement`;
    case "candidate":
      return `two candidates (${unlike.names.join(", ")}): a difference of grades is one between people, no progress and no disagreement`;
    default:
      return "a sheet names no candidate: whether both are of one person is not known";
  }
}

/** Where one stands: the step, the time left, and what was told. */
export function statusLine(state: InterviewState): string {
  const left = minutesLeft(state);
  const facts = `${plural(state.revealed.length, "fact")} known`;
  const time = left < 0 ? `${Math.ceil(-left)} min over` : `${Math.ceil(left)} min left`;
  return `step ${state.step} of 7, ${time}, ${facts}`;
}

function anchorAbove(dimension: DimensionName, grade: Grade): readonly string[] {
  const [mid, senior, staff] = DIMENSIONS[dimension].anchors;
  if (grade === 3) return [];
  const anchor = grade === 0 ? mid : grade === 1 ? senior : staff;
  return [`    ${GRADE_NAMES[grade + 1]}: ${anchor}`];
}
