/** Score sheets of a live interview: one to fill, two to compare. */

import { z } from "zod";
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName } from "./dimension.ts";
import type { Problem } from "./problem.ts";

const gradeSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);

export const sheetSchema = z.strictObject({
  problem: z.string(),
  candidate: z.string().default(""),
  interviewer: z.string().default(""),
  grades: z.strictObject(
    Object.fromEntries(
      DIMENSION_NAMES.map((name) => [
        name,
        z.strictObject({ grade: gradeSchema.nullable(), evidence: z.string().default("") }),
      ]),
    ),
  ),
});

export type Sheet = z.output<typeof sheetSchema>;

/** Nothing seen yet. */
export function emptySheet(problem: string): Sheet {
  return sheetSchema.parse({
    problem,
    grades: Object.fromEntries(DIMENSION_NAMES.map((name) => [name, { grade: null }])),
  });
}

/** The sheet as YAML, anchors as comments, grades empty. */
export function blankSheet({ name }: Pick<Problem, "name">): string {
  return writeSheet(emptySheet(name));
}

/** A sheet as YAML, anchors as comments, as `sheetSchema` reads it back. */
export function writeSheet({ problem, candidate, interviewer, grades }: Sheet): string {
  const lines = DIMENSION_NAMES.flatMap((name) => {
    const { title, anchors } = DIMENSIONS[name];
    const { grade = null, evidence = "" } = grades[name] ?? {};
    return [
      `  # ${title}`,
      ...anchors.map((anchor, i) => `  #   ${i + 1}: ${anchor}`),
      `  ${name}: { grade: ${grade}, evidence: ${JSON.stringify(evidence)} }`,
    ];
  });
  const head = [
    "# Grades: 0 below mid, 1 mid, 2 senior, 3 staff; null where you saw nothing.",
    `problem: ${problem}`,
    `candidate: ${JSON.stringify(candidate)}`,
    `interviewer: ${JSON.stringify(interviewer)}`,
    "grades:",
  ];
  return `${[...head, ...lines].join("\n")}\n`;
}

export interface Agreement {
  /** Dimensions that both graded. */
  readonly compared: number;
  readonly same: number;
  readonly withinOne: number;
  /** Cohen's kappa with quadratic weights; undefined where one of the two gave a single grade throughout. */
  readonly kappa: number | undefined;
  /** Where they differ by more than one: what to talk about. */
  readonly apart: readonly { readonly dimension: DimensionName; readonly grades: readonly [number, number] }[];
}

/** How far two interviewers agree on one candidate. */
export function compareSheets(a: Sheet, b: Sheet): Agreement {
  const pairs = DIMENSION_NAMES.flatMap((dimension) => {
    const [x, y] = [a.grades[dimension]?.grade, b.grades[dimension]?.grade];
    return typeof x === "number" && typeof y === "number" ? [{ dimension, grades: [x, y] as const }] : [];
  });
  const gap = ({ grades: [x, y] }: { readonly grades: readonly [number, number] }): number => Math.abs(x - y);
  return {
    compared: pairs.length,
    same: pairs.filter((pair) => gap(pair) === 0).length,
    withinOne: pairs.filter((pair) => gap(pair) <= 1).length,
    kappa: weightedKappa(pairs.map(({ grades }) => grades)),
    apart: pairs.filter((pair) => gap(pair) > 1),
  };
}

/** Cohen 1968: 1 - sum w observed / sum w expected, with w = (i - j)² over the grades 0 to 3. */
function weightedKappa(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 2) return undefined;
  const observed = pairs.reduce((sum, [x, y]) => sum + (x - y) ** 2, 0) / pairs.length;
  let expected = 0;
  for (const [x] of pairs) for (const [, y] of pairs) expected += (x - y) ** 2 / pairs.length ** 2;
  return expected === 0 ? undefined : 1 - observed / expected;
}
