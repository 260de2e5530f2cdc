/** An interview as text: the score with its evidence, and the interviewer's view of a problem. */

import { plural } from "../../core/plural.ts";
import { minutesLeft } from "./clock.ts";
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName, GRADE_NAMES, type Grade } from "./dimension.ts";
import type { InterviewState } from "./interview-event.ts";
import type { Problem } from "./problem.ts";
import type { InterviewScore } from "./score-interview.ts";
import type { Agreement } from "./sheet.ts";

export function renderScore({ scores, times, next }: InterviewScore): readonly string[] {
  const rows = scores.flatMap(({ dimension, grade, evidence, missing }) => {
    const bar = "■".repeat(grade) + "□".repeat(3 - grade);
    const upward = anchorAbove(dimension, grade);
    return [
      `${DIMENSIONS[dimension].title.padEnd(26)} ${bar}  ${GRADE_NAMES[grade]}`,
      ...evidence.slice(0, 3).map((one) => `    + ${one}`),
      ...missing.slice(0, 2).map((one) => `    - ${one}`),
      ...upward,
    ];
  });
  const minutes = times.map(
    ({ step, minutes: spent, usual, isLate }) =>
      `${step}: ${spent.toFixed(1)} of ${usual.toFixed(0)}${isLate ? " (long)" : ""}`,
  );
  return [
    "the score is a proposal from the words of your note; the evidence is quoted, so that you can overrule it",
    "",
    ...rows,
    "",
    `minutes by step, beside the usual: ${minutes.join(", ")}`,
    "",
    "next:",
    ...next.map((one, i) => `  ${i + 1}. ${one}`),
  ];
}

/** What the candidate does not see. */
export function renderInterviewerView(problem: Problem): string {
  const facts = problem.facts.map(
    ({ name, answer, key, changes }) =>
      `- **${name}**${key ? " (key)" : ""}: ${answer} What it does to the design: ${changes}.`,
  );
  const changes = problem.changes.map(({ after, say }) => `- after section ${after}: ${say}`);
  const points = DIMENSION_NAMES.map((name) => {
    const own = problem.points.filter(({ dimension }) => dimension === name).map(({ point }) => `  - ${point}`);
    const anchors = DIMENSIONS[name].anchors.map((anchor, i) => `  - ${GRADE_NAMES[i + 1]}: ${anchor}`);
    return [`- **${DIMENSIONS[name].title}**`, ...anchors, ...own.map((one) => `  ${one}`)].join("\n");
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

export function renderAgreement({ compared, same, withinOne, kappa, apart }: Agreement): readonly string[] {
  if (compared === 0) return ["the two sheets have no dimension that both graded"];
  const weighted = kappa === undefined ? "not defined, since one grade was given throughout" : kappa.toFixed(2);
  const talk = apart.map(
    ({ dimension, grades: [a, b] }) => `  ${DIMENSIONS[dimension].title}: ${GRADE_NAMES[a]} and ${GRADE_NAMES[b]}`,
  );
  return [
    `${same} of ${compared} dimensions graded alike, ${withinOne} within one level; weighted kappa ${weighted}`,
    ...(talk.length === 0 ? [] : ["to talk about:", ...talk]),
  ];
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
