/** Writes questions for other places: an Anki deck, a table, a page to print, a challenge to send. */

import { FailureError } from "../core/outcome.ts";
import { plural } from "../core/plural.ts";
import { createRandom } from "../core/random.ts";
import { reviewNote } from "../note/review-note.ts";
import { AREA_NAMES, AREAS } from "../practice/area.ts";
import { writeChallenge } from "../practice/challenge.ts";
import { guardFormula, writeCsv } from "../practice/csv.ts";
import { type FlashCard, writeCards } from "../practice/flash-card.ts";
import type { PreparedQuestion } from "../practice/prepare.ts";
import { writeDeck } from "./anki-deck.ts";
import { writeFileAtomically } from "./atomic-write.ts";

export interface ExportOptions {
  /** anki, csv, markdown or challenge. */
  readonly format: string;
  readonly file: string;
  readonly count: number;
  readonly seed: number;
}

/** Returns how many questions were written. */
export async function exportQuestions(
  bank: readonly PreparedQuestion[],
  { format, file, count, seed }: ExportOptions,
): Promise<number> {
  const random = createRandom(seed, "export");
  const chosen = count >= bank.length ? bank : random.shuffle([...bank]).slice(0, count);
  if (format === "challenge") {
    const items = chosen.map(({ question }) => ({ question: question.id, seed: random.below(2 ** 31) }));
    writeFileAtomically(file, writeChallenge(plural(items.length, "question"), items));
    return items.length;
  }
  const cards = writeCards(chosen, seed, reviewNote);
  if (format === "csv") writeFileAtomically(file, table(cards));
  else if (format === "markdown") writeFileAtomically(file, page(cards));
  else if (format === "anki") writeFileAtomically(file, await writeDeck(cards, Math.floor(Date.now() / 1000)));
  else {
    throw new FailureError({
      code: "unknown-format",
      message: `\`${format}\` is no format of export`,
      fix: "use anki, csv, markdown or challenge",
    });
  }
  return cards.length;
}

function table(cards: readonly FlashCard[]): string {
  const head = ["id", "title", "area", "level", "step", "front", "back"];
  return writeCsv([
    head,
    ...cards.map(({ id, title, area, level, step, front, back }) => [
      id,
      guardFormula(title),
      area,
      level,
      step,
      guardFormula(front),
      guardFormula(back),
    ]),
  ]);
}

/** Questions by area; each answer folded away, as GitHub shows it. */
function page(cards: readonly FlashCard[]): string {
  const sections = AREA_NAMES.flatMap((area) => {
    const own = cards.filter((card) => card.area === area);
    if (own.length === 0) return [];
    const written = own.map(
      ({ id, title, level, front, back }) =>
        `### ${title}\n\n\`${id}\`, level ${level}\n\n${fence(front)}\n\n<details><summary>answer</summary>\n\n${fence(back)}\n\n</details>\n`,
    );
    return [`## ${AREAS[area]}\n\n${written.join("\n")}`];
  });
  return `# Questions\n\n${sections.join("\n")}`;
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
