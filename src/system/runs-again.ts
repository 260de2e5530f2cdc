/** What would run again and why: each stage's key held against what is kept, and its plan against the one that ran last. Pure. */

import type { StepNumber } from "../core/figure.ts";

/** What a stage was when it ran last in this project for this note. */
export interface StageMark {
  /** The plan as text. */
  readonly plan: string;
  /** Fingerprint of its files. */
  readonly data: string;
  readonly seed: number;
  /** Of the code, its packages and its engine. */
  readonly version: string;
}

export interface PlannedStage extends StageMark {
  readonly name: string;
  readonly step: StepNumber;
  readonly title: string;
  readonly inputs: readonly string[];
  /** Whether its result is kept. */
  readonly isKept: boolean;
}

export interface StageAgain {
  readonly name: string;
  readonly step: StepNumber;
  readonly title: string;
  readonly again: boolean;
  /** A few words: `split.by has changed`, `with step 3`; empty for one that is kept. */
  readonly why: string;
}

/** One line a stage, in the order given. `before` is what ran last; a note that never ran has none. */
export function runsAgain(
  stages: readonly PlannedStage[],
  before: Readonly<Record<string, StageMark>>,
): readonly StageAgain[] {
  const again = new Map<string, PlannedStage>();
  return stages.map((stage) => {
    const { name, step, title, isKept } = stage;
    if (isKept) return { name, step, title, again: false, why: "" };
    const source = stage.inputs.map((input) => again.get(input)).find((input) => input !== undefined);
    again.set(name, stage);
    return { name, step, title, again: true, why: ownReason(stage, before[name]) ?? withInput(stage, source) };
  });
}

function ownReason(stage: PlannedStage, mark: StageMark | undefined): string | undefined {
  if (mark === undefined) return "no result of it is kept";
  if (mark.version !== stage.version) return "the program has changed";
  if (mark.seed !== stage.seed) return "the seed has changed";
  if (mark.data !== stage.data) return "the data have changed";
  if (mark.plan === stage.plan) return undefined;
  const path = asInNote(pathAt(stage.plan, firstDifference(stage.plan, mark.plan)));
  if (path === "") return "what it reads of the note has changed";
  // Keys of a plan are those of the note in another spelling.
  const asWritten = path.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  return `\`${asWritten}\` has changed`;
}

/** Parts of a plan that hold facts of the note and have no key there. */
const HOLDERS = new Set(["choice", "facts", "options", "settings", "declarations", "source", "plan"]);

function asInNote(path: string): string {
  return path
    .split(".")
    .filter((key) => !HOLDERS.has(key))
    .join(".");
}

function withInput(stage: PlannedStage, source: PlannedStage | undefined): string {
  if (source === undefined) return "no result of it as it stands is kept";
  return source.step === stage.step ? `with ${source.title}` : `with step ${source.step}`;
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:\s]+/gu;

/** The keys above a place of a plan's text, joined by dots; lists count for nothing. */
export function pathAt(text: string, offset: number): string {
  const path: string[] = [];
  let key = "";
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (match.index > offset) break;
    const next = text[match.index + token.length];
    if (token.startsWith('"') && next === ":") key = token.slice(1, -1);
    else if (token === "{" || token === "[") {
      path.push(key);
      key = "";
    } else if (token === "}" || token === "]") {
      path.pop();
      key = "";
    } else if (token === ",") key = "";
  }
  return [...path, key].filter((part) => part !== "").join(".");
}
