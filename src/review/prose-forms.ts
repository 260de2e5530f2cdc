/** The rarer forms of headings: questions with answers, rows of a table, folds; and where the parts that they begin end. */

import { BOLD_DEPTH, type ProseHeading } from "../design/prose-heading.ts";
import { isStep, markAt, NO_WORDS, type Read, stepsNamed } from "./read-heading.ts";

/** Headings of other forms than questions and rows that name no more steps than this leave the note to those. */
const MOST_BESIDE_PAIRS = 2;
/** A table that names as many has a row a step. */
const FEWEST_STEPS = 4;

/** Questions, labels and rows of tables are the headings of a note that has hardly others; elsewhere they are its words. */
export function withPairs(all: readonly Read[]): readonly Read[] {
  const isPair = ({ heading }: Read): boolean => isOfPairs(heading);
  if (!all.some(isPair)) return all;
  const others = all.filter((one) => !isPair(one));
  if (stepsNamed(others).size > MOST_BESIDE_PAIRS) return others;
  const questions = all.filter(({ heading }) => heading.form === "question");
  const asked = new Set(stepsNamed(questions, false).size > MOST_BESIDE_PAIRS ? questions : []);
  const tables = new Map<number, Read[]>();
  for (const one of all) {
    const { head } = one.heading;
    if (head === undefined) continue;
    const of = tables.get(head.start);
    if (of === undefined) tables.set(head.start, [one]);
    else of.push(one);
  }
  const rows = new Set(
    [...tables.values()].flatMap((of) =>
      stepsNamed(of).size >= FEWEST_STEPS && of.filter(({ wording }) => isStep(wording)).length * 2 > of.length
        ? of
        : [],
    ),
  );
  const called = all.filter(
    ({ heading, wording, mapped }) => heading.form === "label" && (mapped !== undefined || isStep(wording)),
  );
  const labels = new Set(stepsNamed(called).size > MOST_BESIDE_PAIRS ? called : []);
  if (asked.size + rows.size + labels.size === 0) return others;
  const places = new Set([...asked].map(({ heading }) => heading.start));
  return all.filter((one) =>
    isPair(one) ? asked.has(one) || rows.has(one) || labels.has(one) : !places.has(one.heading.start),
  );
}

/** Of a form that is a heading only where hardly another is: it stands below none of those. */
export function isOfPairs({ form }: ProseHeading): boolean {
  return form === "question" || form === "row" || form === "label";
}

/** Behind a fold the part around it goes on. */
export function withFoldEnds(text: string, kept: readonly Read[]): Read[] {
  let fold: ProseHeading | undefined;
  return kept.flatMap((one, i) => {
    if (one.heading.form === "fold") fold = one.heading;
    const until = fold?.until;
    const next = kept[i + 1]?.heading.start ?? text.length;
    if (fold === undefined || until === undefined || until < one.heading.end || until >= next) return [one];
    return text.slice(until, next).trim() === "" ? [one] : [one, markAt(until, fold.depth, "fold")];
  });
}

/** The lines above the rows of a table are a part of their own: they are written above each step's rows. */
export function withRowHeads(text: string, kept: readonly Read[]): Read[] {
  return kept.flatMap((one, i) => {
    const { head } = one.heading;
    if (head === undefined) return [one];
    const before = kept[i - 1]?.heading.head;
    const opening: Read = {
      heading: { start: head.start, end: head.end, depth: BOLD_DEPTH, text: "", form: "row", head },
      wording: NO_WORDS,
      mapped: undefined,
    };
    const next = kept[i + 1]?.heading;
    const lineEnd = endOfLine(text, one.heading.end);
    const isLast = next?.head?.start !== head.start;
    const goesOn = isLast && text.slice(lineEnd, next?.start ?? text.length).trim() !== "";
    return [
      ...(before?.start === head.start ? [] : [opening]),
      one,
      ...(goesOn ? [markAt(lineEnd, BOLD_DEPTH, "fold")] : []),
    ];
  });
}

function endOfLine(text: string, from: number): number {
  const ending = /[\r\n]/gu;
  ending.lastIndex = from;
  return ending.exec(text)?.index ?? text.length;
}
