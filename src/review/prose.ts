/** Reviews a note that holds no facts by what its prose speaks of: no fact is invented, only silence is pointed out. */

import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import { createLocator } from "../design/locate.ts";
import { type Heading, readOutline } from "../design/markdown.ts";
import type { Review, RuleOutcome } from "./review.ts";

/** Something a design should speak of, and the words that show that it does. */
export interface ProseTopic {
  readonly step: StepNumber;
  /** Kebab-case: `rollback`. */
  readonly name: string;
  /** What is missing, in words that follow "nothing is said about". */
  readonly about: string;
  /** Any of these shows that the prose speaks of it. */
  readonly words: RegExp;
  readonly why: string;
  /** What to write. */
  readonly ask: string;
  readonly sources: readonly string[];
}

/** A step as headings name it. */
export interface ProseStep {
  readonly number: StepNumber;
  readonly title: string;
  /** Headings that open it, by their words. */
  readonly headings: RegExp;
}

/** The steps that a heading speaks of: the first of the list, or several where it names several. */
export function stepsOfHeading(text: string, steps: readonly ProseStep[]): StepNumber[] {
  const plain = text.toLowerCase();
  const parts = plain.split(/\s(?:and|&|\/|\+)\s|,/u);
  const found = parts.flatMap((part) => steps.find(({ headings }) => headings.test(part))?.number ?? []);
  return [...new Set(found)];
}

/** Fewer steps than this in the headings, and the text is no design. */
const FEWEST_STEPS = 4;

/** The review of a plain note; undefined where its headings are not those of a design. `steps` in the order they are tried. */
export function reviewProse(
  text: string,
  file: string,
  steps: readonly ProseStep[],
  topics: readonly ProseTopic[],
): Review | undefined {
  const spanAt = createLocator(text, file);
  const outline = readOutline(text);
  const openedBy = new Map<StepNumber, Heading>();
  for (const heading of outline.headings) {
    for (const step of stepsOfHeading(heading.text, steps)) if (!openedBy.has(step)) openedBy.set(step, heading);
  }
  if (openedBy.size < FEWEST_STEPS) return undefined;
  const top = outline.headings[0];
  const placeOf = (step: StepNumber) => {
    const heading = openedBy.get(step) ?? top;
    return spanAt(heading.start, heading.end);
  };
  const inOrder = steps.toSorted((a, b) => a.number - b.number);
  const absent = inOrder
    .filter(({ number }) => !openedBy.has(number))
    .map(
      ({ number, title }): Finding => ({
        code: "HP030",
        name: "step-missing-in-prose",
        severity: "warning",
        message: `from prose: no heading covers step ${number}, ${title.toLowerCase()}`,
        at: placeOf(number),
        why: "an interviewer and an on-call engineer both ask about every step; the one that is skipped is the one that fails",
        fix: `add a section on it, such as \`## ${number}. ${title}\``,
      }),
    );
  const silent = topics.filter(({ step, words }) => openedBy.has(step) && !words.test(text));
  const findings = silent.map(
    ({ step, name, about, why, ask }): Finding => ({
      code: "HP031",
      name: `prose-without-${name}`,
      severity: "advice",
      message: `from prose: nothing is said about ${about}`,
      at: placeOf(step),
      label: `step ${step}`,
      why,
      fix: ask,
    }),
  );
  const outcomes = topics.map(
    ({ name, words }): RuleOutcome => ({
      code: "HP031",
      name: `prose-without-${name}`,
      outcome: words.test(text) ? "pass" : "fires",
    }),
  );
  const all = [...absent, ...findings].sort((a, b) => a.at.start.offset - b.at.start.offset);
  return { file, findings: all, waived: [], outcomes, fromProse: true };
}
