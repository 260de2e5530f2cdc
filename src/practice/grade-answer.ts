/** Grades any answer that can be graded from its text alone: every kind but the ones that need a rubric's ticks. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import type { Grade } from "./grade.ts";
import { unanswered } from "./grade.ts";
import { gradeChoice } from "./grade-choice.ts";
import { gradeCritique, type Reviewer } from "./grade-critique.ts";
import { gradeEstimate } from "./grade-estimate.ts";
import { gradeFill } from "./grade-fill.ts";
import { gradeOrder } from "./grade-order.ts";
import { gradeRubric, readRubric } from "./grade-rubric.ts";
import type { PreparedQuestion } from "./prepare.ts";
import type { Variant } from "./variant.ts";

/** What grading needs from outside. */
export interface GradeOptions {
  /** Needed by critique questions. */
  readonly review?: Reviewer;
  /** The confirmed ticks: one for each point of the rubric, then one for each misconception that was found. Needed by explain and design questions. */
  readonly ticks?: readonly boolean[];
}

/** A failure means that the answer could not be read (ask again) or that what grading needs was not given. */
export function gradeAnswer(
  prepared: PreparedQuestion,
  variant: Variant,
  typed: string,
  { review, ticks }: GradeOptions = {},
): Outcome<Grade> {
  if ("answer" in prepared) return gradeEstimate(prepared, variant, typed);
  if ("claims" in prepared) return gradeChoice(prepared, variant, typed);
  const { question } = prepared;
  if (question.kind === "order") return gradeOrder(question, variant, typed);
  if (question.kind === "fill") return gradeFill(question, typed);
  if (question.kind === "critique") {
    if (review !== undefined) return gradeCritique(question, typed, review);
    return fail({ code: "no-reviewer", message: "a critique is graded by the reviewer, and none was given" });
  }
  const reading = readRubric(question, typed);
  if (typed.trim() === "") return succeed(unanswered(gradeRubric(question, reading, []).expected));
  if (ticks !== undefined) return succeed(gradeRubric(question, reading, ticks));
  return fail({
    code: "ticks-needed",
    message: "a free answer is graded point by point, and no one has confirmed the points",
    fix: "confirm each point of the rubric",
  });
}
