/** What is done about dirty rows: mend or drop and count them, or stop and say where the first one is. */

import { FailureError } from "../../../core/outcome.ts";
import type { DataFacts } from "../schema.ts";
import type { Repair } from "./source-report.ts";

/** The note's `repair`: what is done about each kind of dirt. */
export interface RepairPolicy {
  /** The same member, title, kind and moment twice. Default `keep-last`: a later line corrects an earlier one. */
  readonly duplicates: "keep-last" | "keep-first" | "keep-all" | "error";
  /** Columns of the file that make two rows the same, where the note names them. */
  readonly duplicatesBy?: readonly string[];
  /** Whether the note says what is done about repeated rows: where it does not, rows that contradict each other may have to stop a run. */
  readonly isDuplicatesSaid: boolean;
  /** A value outside the range. Default `drop`; acts only where a range is known. */
  readonly outOfRange: "drop" | "clip" | "error";
  /** Text where a number or a moment belongs, a row with too few or too many fields. Default `error`. */
  readonly badNumber: "drop" | "error";
  /** A row without its identifier or its value: empty, `NULL`, `NA`, or what the note's `null` lists. Default `drop`. */
  readonly missing: "drop" | "error";
}

/** What is done where the note says nothing. */
export const DEFAULT_REPAIR_POLICY: RepairPolicy = {
  duplicates: "keep-last",
  isDuplicatesSaid: false,
  outOfRange: "drop",
  badNumber: "error",
  missing: "drop",
};

/** As step 3 writes it, the defaults filled in. */
export function repairPolicyOf({ repair = {} }: DataFacts): RepairPolicy {
  const { duplicates, outOfRange, badNumber, missing } = DEFAULT_REPAIR_POLICY;
  const written = typeof repair.duplicates === "object" ? repair.duplicates : undefined;
  const keep =
    written === undefined
      ? undefined
      : written.keep === "error"
        ? "error"
        : (`keep-${written.keep ?? "last"}` as const);
  return {
    duplicates: keep ?? (typeof repair.duplicates === "string" ? repair.duplicates : duplicates),
    duplicatesBy: written?.by,
    isDuplicatesSaid: repair.duplicates !== undefined,
    missing: repair.missing ?? missing,
    outOfRange: repair["out-of-range"] ?? outOfRange,
    badNumber: repair["bad-number"] ?? badNumber,
  };
}

/**
 * What is done about rows of which nothing tells one from the other but that they are written twice. At one moment the same in every cell is
 * one row; without a moment two rows may well be alike, and all count unless the note says otherwise.
 */
export function ofWholeRows(policy: RepairPolicy, hasTime: boolean): RepairPolicy {
  return hasTime || policy.isDuplicatesSaid ? policy : { ...policy, duplicates: "keep-all" };
}

/** A kind of dirt that was found: how many rows, and the first of them in words. */
export interface Dirt {
  /** Kebab-case, both the failure's code and the repair's kind. */
  readonly kind: string;
  readonly count: number;
  /** What is wrong with the first such row, without a full stop. */
  readonly problem: string;
  /** File and line of the first such row. */
  readonly where: string;
  /** The key of the note's `repair` that decides about it. */
  readonly key: "duplicates" | "outOfRange" | "badNumber" | "missing";
}

const NOTE_KEYS = {
  duplicates: "duplicates",
  outOfRange: "out-of-range",
  badNumber: "bad-number",
  missing: "missing",
} as const;
const DEEDS = {
  "keep-last": "the last of each was kept",
  "keep-first": "the first of each was kept",
  "keep-all": "all were kept",
  drop: "left out",
  clip: "moved to the nearest allowed value",
} as const;
const WAYS_OUT = { duplicates: "keep-last", outOfRange: "drop", badNumber: "drop", missing: "drop" } as const;

/** What the way out comes to. */
const CONSEQUENCES = {
  duplicates: "the last of each is kept",
  outOfRange: "such rows are left out, and counted",
  badNumber: "such rows are left out, and counted",
  missing: "such rows are left out, and counted",
} as const;

/** The repair that the policy makes of some dirt. Throws a `FailureError` where the policy is to stop. */
export function applyPolicy(policy: RepairPolicy, dirt: Dirt): Repair {
  const deed = policy[dirt.key];
  if (deed === "error") {
    const more = dirt.count > 1 ? ` (and ${dirt.count - 1} more like it)` : "";
    throw new FailureError({
      code: dirt.kind,
      message: `${dirt.problem}${more}`,
      where: dirt.where,
      fix: `mend the file, or write the line \`repair: { ${NOTE_KEYS[dirt.key]}: ${WAYS_OUT[dirt.key]} }\` into section 3, beside \`source:\` and not below it: ${CONSEQUENCES[dirt.key]}`,
    });
  }
  return { kind: dirt.kind, count: dirt.count, description: `${dirt.problem} (${dirt.where} first): ${DEEDS[deed]}` };
}
