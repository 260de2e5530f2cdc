/** Questions as flash cards: a front and a back in plain text, the form that every export is made of. */

import { gradeAnswer } from "./grade-answer.ts";
import { rightOptions } from "./grade-choice.ts";
import type { Reviewer } from "./grade-critique.ts";
import { answerOf, writeAnswer } from "./grade-estimate.ts";
import type { PreparedQuestion } from "./prepare.ts";
import { askLines, revealLines, type Sitting, sit } from "./sitting.ts";

export interface FlashCard {
  readonly id: string;
  readonly title: string;
  readonly area: string;
  readonly level: number;
  readonly step: number;
  readonly seed: number;
  readonly front: string;
  readonly back: string;
}

/** One card for each question, all in the variant of one seed. Critiques need a reviewer for their back. */
export function writeCards(
  bank: readonly PreparedQuestion[],
  seed: number,
  review: Reviewer = () => [],
): readonly FlashCard[] {
  return bank.map((prepared) => {
    const sitting = sit(prepared, seed);
    const { id, title, area, level, step } = prepared.question;
    return { id, title, area, level, step, seed, front: askLines(sitting).join("\n"), back: backOf(sitting, review) };
  });
}

function backOf(sitting: Sitting, review: Reviewer): string {
  const { question } = sitting.prepared;
  const ticks = question.kind === "explain" || question.kind === "design" ? question.rubric.map(() => true) : undefined;
  const graded = gradeAnswer(sitting.prepared, sitting.variant, rightAnswer(sitting, review), { review, ticks });
  if (!graded.ok) return `${question.sources.join("; ")}`;
  const { expected } = graded.value;
  const lines = revealLines(sitting, graded.value)
    .slice(1)
    .filter((line) => line !== `a good answer: ${expected}`);
  const points =
    question.kind === "explain" ? ["", "points:", ...question.rubric.map(({ point }) => `- ${point}`)] : [];
  const mistakes = mistakeLines(sitting);
  return [expected, ...lines, ...points, ...(mistakes.length === 0 ? [] : ["", "slips:", ...mistakes])].join("\n");
}

/** An answer that grades right, or any text where the ticks decide. */
function rightAnswer({ prepared, variant }: Sitting, review: Reviewer): string {
  if ("answer" in prepared) return writeAnswer(prepared, answerOf(prepared, variant));
  if ("claims" in prepared) {
    const right = rightOptions(prepared, variant);
    return variant.shown.flatMap((option, place) => (right[option] ? ["abcdefgh"[place]] : [])).join(", ");
  }
  const { question } = prepared;
  if (question.kind === "order")
    return question.items.map((_, item) => "abcdefgh"[variant.shown.indexOf(item)]).join(" ");
  if (question.kind === "fill") return question.blanks.map(({ accept }) => String(accept[0])).join("; ");
  if (question.kind !== "critique") return "-";
  const asked = review(question.note).filter(({ name }) => question.finds.includes(name));
  return asked.map(({ at }) => String(at.start.line)).join(", ");
}

function mistakeLines({ prepared: { question } }: Sitting): readonly string[] {
  if (question.kind === "estimate") return question.mistakes.map(({ why }) => `- ${why}`);
  if (question.kind === "choose" || question.kind === "diagnose") {
    return question.options.flatMap(({ text, right, why }) => (right === false ? [`- ${text}: ${why}`] : []));
  }
  if (question.kind === "explain" || question.kind === "design" || question.kind === "order")
    return question.mistakes.map(({ why }) => `- ${why}`);
  if (question.kind === "critique") return question.mistakes.map(({ key, why }) => `- ${key} is sound: ${why}`);
  return question.blanks.flatMap(({ mistakes }) => mistakes.map(({ answer, why }) => `- ${answer}: ${why}`));
}
