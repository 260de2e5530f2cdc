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

/** What keeps a comparison from being one of the same thing. */
export type Unlike =
  | { readonly what: "problem" | "candidate"; readonly names: readonly [string, string] }
  /** A sheet without a name: nobody can tell whether it is the same person. */
  | { readonly what: "unnamed" };

export interface GradedTwice {
  readonly dimension: DimensionName;
  readonly grades: readonly [number, number];
}

export interface Agreement {
  /** Whose sheets they are, and by whom, where it is written. */
  readonly sheets: readonly [SheetOf, SheetOf];
  /** Empty where both are of one person and one problem: only then a difference says something of them. */
  readonly unlike: readonly Unlike[];
  /** Dimensions that both graded. */
  readonly compared: number;
  readonly same: number;
  readonly withinOne: number;
  /** Cohen's kappa with quadratic weights; undefined where one of the two gave a single grade throughout, and where the sheets are unlike. */
  readonly kappa: number | undefined;
  /** Every dimension that both graded, in the order of the sheet. */
  readonly both: readonly GradedTwice[];
  /** Where they differ by more than one: what to talk about. */
  readonly apart: readonly GradedTwice[];
  /** Dimensions that one of the two left without a grade, or both. */
  readonly ungraded: readonly DimensionName[];
}

export type SheetOf = Pick<Sheet, "problem" | "candidate" | "interviewer">;

/** How far two sheets agree, dimension by dimension. */
export function compareSheets(a: Sheet, b: Sheet): Agreement {
  const both = DIMENSION_NAMES.flatMap((dimension) => {
    const [x, y] = [a.grades[dimension]?.grade, b.grades[dimension]?.grade];
    return typeof x === "number" && typeof y === "number" ? [{ dimension, grades: [x, y] as const }] : [];
  });
  const gap = ({ grades: [x, y] }: GradedTwice): number => Math.abs(x - y);
  const unlike = unlikeOf(a, b);
  const isOfOthers = unlike.some(({ what }) => what !== "unnamed");
  return {
    sheets: [headOf(a), headOf(b)],
    unlike,
    compared: both.length,
    same: both.filter((pair) => gap(pair) === 0).length,
    withinOne: both.filter((pair) => gap(pair) <= 1).length,
    kappa: isOfOthers ? undefined : weightedKappa(both.map(({ grades }) => grades)),
    both,
    apart: both.filter((pair) => gap(pair) > 1),
    ungraded: DIMENSION_NAMES.filter((name) => !both.some(({ dimension }) => dimension === name)),
  };
}

function headOf({ problem, candidate, interviewer }: Sheet): SheetOf {
  return { problem, candidate, interviewer };
}

/** Names are compared as people write them: spaces and capitals make nobody another. */
function unlikeOf(a: Sheet, b: Sheet): readonly Unlike[] {
  const plain = (name: string): string => name.trim().replaceAll(/\s+/gu, " ").toLowerCase();
  const problems: readonly Unlike[] =
    a.problem === b.problem ? [] : [{ what: "problem", names: [a.problem, b.problem] }];
  if (plain(a.candidate) === "" || plain(b.candidate) === "") return [...problems, { what: "unnamed" }];
  if (plain(a.candidate) === plain(b.candidate)) return problems;
  return [...problems, { what: "candidate", names: [a.candidate.trim(), b.candidate.trim()] }];
}

/** Cohen 1968: 1 - sum w observed / sum w expected, with w = (i - j)² over the grades 0 to 3. */
function weightedKappa(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 2) return undefined;
  const observed = pairs.reduce((sum, [x, y]) => sum + (x - y) ** 2, 0) / pairs.length;
  let expected = 0;
  for (const [x] of pairs) for (const [, y] of pairs) expected += (x - y) ** 2 / pairs.length ** 2;
  return expected === 0 ? undefined : 1 - observed / expected;
}
