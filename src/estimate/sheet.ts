/** What a sheet is: an estimate filled in from a subject's facts, from other sheets and, said aloud, from assumptions. */

import type { StepNumber } from "../core/figure.ts";
import type { Failure } from "../core/outcome.ts";
import type { Estimate } from "./define.ts";
import type { DerivationLine } from "./expression/program.ts";

/** A fact of the subject, or its absence. `key` is what to write, such as `1.requests.average`. */
export interface FactInput {
  readonly from: "fact";
  readonly key: string;
  /** In base units; undefined where the subject does not say. */
  readonly value: number | readonly number[] | undefined;
  readonly text: string;
  /** What to write under `key` where it is missing. */
  readonly example: string;
}

/** A line of a sheet that stands earlier: `traffic.peak`. */
export interface ResultInput {
  readonly from: "result";
  readonly of: string;
}

/** A value that nobody stated, and why it is taken. */
export interface AssumedInput {
  readonly from: "assumption";
  readonly text: string;
  readonly why: string;
}

export type SheetInput = FactInput | ResultInput | AssumedInput;

/** A line that must stay at or below a limit. */
export interface Limit {
  readonly line: string;
  /** In the base units of the line. */
  readonly atMost: number;
  /** In full: `the flat index fits one 24 GB L4`. */
  readonly holds: string;
  /** `the flat index no longer fits one 24 GB L4`. */
  readonly broken: string;
}

/** One estimate to run: per design, per stage, per kind of index. */
export interface SheetCase {
  /** What it speaks of, such as a stage; empty where there is one for the whole design. */
  readonly subject: string;
  readonly estimate: Estimate;
  /** For each input its source, or several of which the first that is there is taken. */
  readonly inputs: Readonly<Record<string, SheetInput | readonly SheetInput[]>>;
  readonly limits?: readonly Limit[];
  /** The lines to show where not all are needed; all are computed. */
  readonly shows?: readonly string[];
  /** Lines of which the largest dominates the answer. */
  readonly parts?: Readonly<Record<string, string>>;
  /** The largest part in words, where the parts are no lines. */
  readonly largest?: string;
  /** Shown in short: an alternative that was not chosen. */
  readonly isAlternative?: boolean;
  /** That it cannot be computed says something of the design, such as too few servers, and is no fault of an input. */
  readonly failureIsVerdict?: boolean;
}

export interface Sheet<Subject> {
  /** Kebab-case: what other sheets call it by. */
  readonly name: string;
  readonly title: string;
  readonly step: StepNumber;
  /** The cases of a subject; none where it does not apply. */
  cases(subject: Subject): readonly SheetCase[];
}

export interface MissingFact {
  readonly key: string;
  readonly example: string;
  /** What it is, in the words of the estimate's input. */
  readonly about: string;
}

export interface LimitCheck extends Limit {
  readonly value: number;
  readonly isBroken: boolean;
}

/** A sheet that was filled in, or why it could not be. */
export interface FilledSheet {
  readonly sheet: string;
  readonly title: string;
  readonly step: StepNumber;
  readonly subject: string;
  readonly estimate: string;
  readonly source: string;
  readonly isAlternative: boolean;
  /** Empty where a fact is missing or the estimate failed. */
  readonly lines: readonly DerivationLine[];
  readonly answer: DerivationLine | undefined;
  /** The lines to show; all where empty. */
  readonly shows: readonly string[];
  readonly assumptions: readonly { readonly input: string; readonly text: string; readonly why: string }[];
  /** Keys of all facts that it was filled in from, through the sheets before it, and of those that it looked for first. */
  readonly restsOn: readonly string[];
  readonly missing: readonly MissingFact[];
  readonly failure: Failure | undefined;
  readonly failureIsVerdict: boolean;
  readonly limits: readonly LimitCheck[];
  /** The largest part of the answer: `serving replicas, 92% of the sum`. */
  readonly dominant: string | undefined;
}
