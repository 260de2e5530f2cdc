/** Splits the events of a ranked task in the way that the note names. */

import { type Failure, FailureError, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { kindCode, type RankedTask } from "../ranked-task.ts";
import type { DataFacts } from "../schema.ts";
import { splitByGroup } from "./by-group.ts";
import { type Period, splitByTime } from "./by-time.ts";
import { splitByTimePerUnit, splitLeaveOneOut } from "./by-time-per-unit.ts";
import { type Shares, splitRandom, splitStratified } from "./random.ts";
import type { Split } from "./split.ts";

type SplitFacts = NonNullable<DataFacts["split"]>;
type SplitBy = NonNullable<SplitFacts["by"]>;

/** Ways of splitting that a ranked task can be run with. */
export const RUNNABLE_SPLITS = [
  "time",
  "time-per-member",
  "random",
  "random-per-member",
  "random-stratified",
  "group",
  "member-holdout",
  "leave-one-out",
] as const satisfies readonly SplitBy[];

type SplitTask = Pick<RankedTask, "events" | "units" | "words"> & {
  readonly items: Pick<RankedTask["items"], "count">;
};

/** By time where nothing is said. Throws a `FailureError` for a way that cannot be run, and for durations where only shares make sense. */
export function splitEvents({ events, units, items, words }: SplitTask, split: SplitFacts = {}, random: Random): Split {
  const { by = "time" } = split;
  const shares = (): Shares => ({
    validation: shareOf(by, "validation", split.validation),
    test: shareOf(by, "test", split.test),
  });
  switch (by) {
    case "time":
      return splitByTime(events.time, {
        train: periodOf(split.train),
        validation: periodOf(split.validation),
        test: periodOf(split.test),
        gap: split.gap?.value,
      });
    case "time-per-member":
      return splitByTimePerUnit(events.time, events.unit, units, words.unit, shares());
    case "leave-one-out":
      return splitLeaveOneOut(events.time, events.unit, units, words.unit);
    case "random":
      return splitRandom(events.count, shares(), random);
    case "random-per-member":
      return splitStratified(events.unit, units, shares(), random);
    case "random-stratified":
      return splitStratified(...classesOf(events.value, events.kind), shares(), random);
    case "member-holdout":
      return splitByGroup(events.unit, units, shares(), random);
    case "group":
      return split.group === words.item
        ? splitByGroup(events.item, items.count, shares(), random)
        : splitByGroup(events.unit, units, shares(), random);
    default:
      throw new FailureError(notRunnable(by));
  }
}

/** Whether a ranked task can be divided so: asked before anything is trained. Fails as `splitEvents` would, with the path of the fact. */
export function checkSplit({ by = "time", ...parts }: SplitFacts = {}): Outcome<SplitBy> {
  if (!RUNNABLE_SPLITS.some((one) => one === by)) return fail(notRunnable(by));
  for (const part of ["validation", "test"] as const) {
    const written = parts[part];
    if (by !== "time" && by !== "leave-one-out" && written?.dimension.second !== undefined)
      return fail({ ...shareNeeded(by, part, written.text), where: `3.split.${part}` });
  }
  return succeed(by);
}

function notRunnable(by: SplitBy): Failure {
  return {
    code: "split-not-runnable",
    message: `a ranking cannot be run with the split \`${by}\``,
    where: "3.split.by",
    fix: `use one of ${RUNNABLE_SPLITS.join(", ")}`,
  };
}

/** A class for each kind of event and value, so that a stratified split keeps the share of every rating. */
function classesOf(value: Float32Array, kind: Uint8Array): [Int32Array, number] {
  const numbers = new Map<string, number>();
  const classes = Int32Array.from(value, (one, row) => {
    const name = `${kind[row]} ${kind[row] === kindCode("rating") ? one : ""}`;
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
  return [classes, numbers.size];
}

type Written = SplitFacts["test"];

function periodOf(written: Written): Period | undefined {
  if (written === undefined) return undefined;
  return written.dimension.second === 1 ? { seconds: written.value } : { share: written.value };
}

function shareOf(by: SplitBy, part: string, written: Written): number | undefined {
  if (written === undefined || written.dimension.second === undefined) return written?.value;
  throw new FailureError(shareNeeded(by, part, written.text));
}

function shareNeeded(by: SplitBy, part: string, written: string): Failure {
  return {
    code: "share-needed",
    message: `\`${part}: ${written}\` is a duration, but a split by ${by} divides rows`,
    where: "section 3, split",
    fix: `write a share, such as \`${part}: 10%\`, or split by time`,
  };
}
