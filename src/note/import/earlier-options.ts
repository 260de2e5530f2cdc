/** By which options an import was made that stands on the disk: where a heading stands in it is what was said of that heading. */

import type { StepNumber } from "../../core/figure.ts";
import { keyOfHeading } from "../../review/prose-placement.ts";
import { STEPS } from "../../steps/design.ts";
import type { ImportedNote } from "./import-note.ts";

export interface EarlierOptions {
  readonly map: ReadonlyMap<string, StepNumber | 0>;
  readonly title?: string;
}

/** So many headings are moved before it is taken for changed by hand. */
const MOST_MOVES = 50;

/**
 * The options that give `there` to the letter; undefined where none do, as somebody has changed it. `by` makes the design anew, `textOf` gives
 * it as it would be written. Headings are moved one after the other in their order, as what stands below one moves with it.
 */
export function earlierOptions(
  there: string,
  by: (options: EarlierOptions) => ImportedNote | undefined,
  textOf: (made: ImportedNote) => string,
): EarlierOptions | undefined {
  const own = by({ map: new Map() });
  if (own === undefined || !holdsEveryLine(textOf(own), there)) return undefined;
  const sections = sectionsOf(there);
  const tried = new Set<string>();
  const title = titleOf(there);
  let now: EarlierOptions = titleOf(own.text) === title ? { map: new Map() } : { map: new Map(), title };
  for (let moves = 0; moves <= MOST_MOVES; moves++) {
    const made = by(now);
    if (made === undefined) return undefined;
    if (textOf(made) === there) return now;
    let moved = false;
    for (const { text, steps, how } of made.headings) {
      const key = keyOfHeading(text);
      if (how === "title" || key === "" || tried.has(key)) continue;
      const found = placesOf(key, sections);
      if (found.size !== 1) continue;
      const [step] = found;
      if (step === (steps[0] ?? 0)) continue;
      tried.add(key);
      now = { ...now, map: new Map(now.map).set(text, step) };
      moved = true;
      break;
    }
    if (!moved) return undefined;
  }
  return undefined;
}

/** Options move lines and facts, and give another title: a line of another kind that is new was written by somebody. */
function holdsEveryLine(made: string, there: string): boolean {
  const known = new Set(made.split(/\r\n|\n|\r/u).map((line) => line.trim()));
  let inFacts = false;
  return there.split(/\r\n|\n|\r/u).every((line) => {
    if (line === "```yaml") inFacts = true;
    else if (line === "```") inFacts = false;
    return inFacts || known.has(line.trim()) || /^(?:#|title:|system:|[ \t]*(?:`{3,}|~{3,}|-->))/u.test(line);
  });
}

function titleOf(text: string): string {
  return /^# (?<words>.*)$/mu.exec(text)?.groups?.words ?? "";
}

type Sections = ReadonlyMap<StepNumber | 0, readonly string[]>;

/** The lines of each section as headings are told apart; 0 is *Unsorted*. */
function sectionsOf(text: string): Sections {
  const opening = new Map<string, StepNumber | 0>([
    ...STEPS.map(({ number, title }): [string, StepNumber] => [`## ${number}. ${title}`, number]),
    ["## Unsorted", 0],
  ]);
  const sections = new Map<StepNumber | 0, string[]>();
  let lines: string[] | undefined;
  for (const line of text.split(/\r\n|\n|\r/u)) {
    const step = opening.get(line);
    if (step === undefined) lines?.push(keyOfHeading(line));
    else {
      lines = [];
      sections.set(step, lines);
    }
  }
  return sections;
}

/** The sections with a line of just these words, or, where none is, with a line that holds them. */
function placesOf(key: string, sections: Sections): ReadonlySet<StepNumber | 0> {
  const withLine = (is: (line: string) => boolean): Set<StepNumber | 0> =>
    new Set([...sections].flatMap(([step, lines]) => (lines.some(is) ? [step] : [])));
  const exact = withLine((line) => line === key);
  return exact.size > 0 ? exact : withLine((line) => ` ${line} `.includes(` ${key} `));
}
