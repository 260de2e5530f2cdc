/** How well the ear hears: the credit it gives to sentences whose due credit was set by hand. */

import { z } from "zod";
import { DIMENSION_NAMES, type DimensionName } from "./dimension.ts";
import { pointsMet, raisedIn } from "./points-met.ts";
import type { Problem } from "./problem.ts";

/** What kind of sentence it is: how it is said, or why it deserves nothing. */
export const SENTENCE_KINDS = [
  "usual",
  "other",
  "contrast",
  "half",
  "vague",
  "negated",
  "wish",
  "fault",
  "list",
] as const;

export const sentencesSchema = z.array(
  z.strictObject({
    problem: z.string(),
    sentences: z.array(
      z.strictObject({
        kind: z.enum(SENTENCE_KINDS),
        /** Points by dimension and place, such as `data-2`; `data+` is raised beyond the points. */
        due: z.array(z.string().regex(/^[a-z]+(?:-\d|\+)$/u)),
        say: z.string().min(1),
      }),
    ),
  }),
);

export type EarSentences = z.output<typeof sentencesSchema>;

export interface EarResult {
  readonly problem: string;
  readonly kind: (typeof SENTENCE_KINDS)[number];
  readonly say: string;
  readonly due: readonly string[];
  readonly given: readonly string[];
}

export interface EarMeasure {
  readonly sentences: number;
  /** Of the credit that was given, the share that was due; 1 where none was given. */
  readonly precision: number;
  /** Of the credit that was due, the share that was given. */
  readonly recall: number;
  readonly given: number;
  readonly due: number;
  readonly right: number;
}

/** What each sentence earns when it is all that was said. A problem or point that is not there throws. */
export function hearSentences(blocks: EarSentences, problemOf: (name: string) => Problem): readonly EarResult[] {
  return blocks.flatMap(({ problem: name, sentences }) => {
    const problem = problemOf(name);
    return sentences.map(({ kind, due, say }): EarResult => {
      const known = new Set([...pointNames(problem), ...DIMENSION_NAMES.map((dimension) => `${dimension}+`)]);
      const unknown = due.find((one) => !known.has(one));
      if (unknown !== undefined) throw new Error(`${name} has no point ${unknown}: ${say}`);
      return { problem: name, kind, say, due, given: creditOf(problem, say) };
    });
  });
}

export function measureEar(results: readonly EarResult[]): EarMeasure {
  const given = results.reduce((sum, one) => sum + one.given.length, 0);
  const due = results.reduce((sum, one) => sum + one.due.length, 0);
  const right = results.reduce((sum, one) => sum + one.given.filter((point) => one.due.includes(point)).length, 0);
  return {
    sentences: results.length,
    precision: given === 0 ? 1 : right / given,
    recall: due === 0 ? 1 : right / due,
    given,
    due,
    right,
  };
}

/** What sentences that deserve nothing earn where all of a problem are said one after another: neighbours may meet a point that neither says. */
export function measureEmptySpeech(
  results: readonly EarResult[],
  problemOf: (name: string) => Problem,
): { readonly sentences: number; readonly earned: number; readonly points: number } {
  const empty = new Map<string, string[]>();
  for (const { problem, due, say } of results) {
    if (due.length > 0) continue;
    empty.set(problem, [...(empty.get(problem) ?? []), /[.!?]$/u.test(say) ? say : `${say}.`]);
  }
  const met = [...empty].flatMap(([problem, says]) =>
    pointsMet(problemOf(problem), { sections: { 1: says.join(" ") }, probes: [] }),
  );
  return {
    sentences: [...empty.values()].reduce((sum, says) => sum + says.length, 0),
    earned: met.filter(({ quote }) => quote !== undefined).length,
    points: met.length,
  };
}

function creditOf(problem: Problem, say: string): readonly string[] {
  const said = { sections: { 1: say }, probes: [], asked: [] };
  const names = pointNames(problem);
  const points = pointsMet(problem, said).flatMap(({ quote }, i) => (quote === undefined ? [] : [names[i]]));
  const raised = DIMENSION_NAMES.filter((dimension) => raisedIn(dimension, said) !== undefined);
  return [...points, ...raised.map((dimension) => `${dimension}+`)];
}

/** `data-1`, `data-2`, …: the points in the file's order within their dimension. */
function pointNames({ points }: Problem): readonly string[] {
  const seen = new Map<DimensionName, number>();
  return points.map(({ dimension }) => {
    const place = (seen.get(dimension) ?? 0) + 1;
    seen.set(dimension, place);
    return `${dimension}-${place}`;
  });
}
