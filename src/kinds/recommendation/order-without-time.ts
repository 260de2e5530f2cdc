/** Data without time gets an order that its split needs: training before validation before test, so that whatever asks for the past finds no answer in it. */

import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import { splitByGroup } from "../../steps/3-data/split/by-group.ts";
import { splitLeaveOneOut } from "../../steps/3-data/split/by-time-per-unit.ts";
import { splitRandom, splitStratified } from "../../steps/3-data/split/random.ts";
import { partCode, type Split } from "../../steps/3-data/split/split.ts";
import type { Events } from "./interactions.ts";

/** Splits that need no time. Plain data. */
export interface OrderedSplit {
  readonly by: (typeof ORDERED_SPLITS)[number];
  readonly validation: number;
  readonly test: number;
  /** For `group`: what stays on one side. */
  readonly group?: "member" | "title";
}

/** Ways of dividing rows that need no time. */
const ORDERED_SPLITS = ["random-per-member", "random", "leave-one-out", "group", "member-holdout"] as const;

/** Moments of the parts: training lies in [0, 1), validation in [1, 2), test in [2, 3). */
const PART_MOMENTS = { train: 0, validation: 1, test: 2 } as const;

const DEFAULT_SHARES = { validation: 0.1, test: 0.2 };

/** The split of a note whose data has no time. Throws a `FailureError` for one that needs time. */
export function orderedSplitOf({ split }: DataFacts): OrderedSplit {
  const by = split?.by ?? "random-per-member";
  const found = ORDERED_SPLITS.find((one) => one === by);
  const share = (part: "validation" | "test"): number => {
    const written = split?.[part];
    if (written === undefined) return DEFAULT_SHARES[part];
    if (written.dimension.second === 1) {
      throw new FailureError({
        code: "share-needed",
        message: `\`${part}: ${written.text}\` is a duration, but the data has no time`,
        where: "section 3, split",
        fix: `write a share, such as \`${part}: 10%\``,
      });
    }
    return written.value;
  };
  if (found === undefined) {
    throw new FailureError({
      code: "split-needs-time",
      message: `a split by \`${by}\` needs times, and the note says \`time: none\``,
      where: "section 3, split",
      fix: `use one of ${ORDERED_SPLITS.join(", ")}`,
    });
  }
  return {
    by: found,
    validation: share("validation"),
    test: share("test"),
    group: split?.group === "title" ? "title" : "member",
  };
}

/** The events in an order of parts; `time` then holds places in that order and no seconds. `events` are in the order of the file. */
export function orderWithoutTime(
  events: Events,
  counts: { readonly members: number; readonly titles: number },
  split: OrderedSplit = { by: "random-per-member", ...DEFAULT_SHARES },
  random: Random | undefined,
): Events {
  if (random === undefined) throw new Error("data without time is divided at random: a generator is needed");
  const { part } = divide(events, counts, split, random);
  const within = withinPart(events, counts.members, split, random);
  const moment = Float64Array.from(part, (code, row) => momentOf(code) + within[row]);
  const order = Int32Array.from(moment, (_, row) => row).sort((a, b) => moment[a] - moment[b] || a - b);
  return {
    ...events,
    member: order.map((row) => events.member[row]),
    title: order.map((row) => events.title[row]),
    time: Float64Array.from(order, (row) => moment[row]),
    kind: Uint8Array.from(order, (row) => events.kind[row]),
    value: Float32Array.from(order, (row) => events.value[row]),
    ...(events.position === undefined ? {} : { position: order.map((row) => events.position?.[row] ?? 0) }),
  };
}

function divide(
  { member, title, time, count }: Events,
  { members, titles }: { readonly members: number; readonly titles: number },
  { by, validation, test, group }: OrderedSplit,
  random: Random,
): Split {
  switch (by) {
    case "random-per-member":
      return splitStratified(member, members, { validation, test }, random);
    case "random":
      return splitRandom(count, { validation, test }, random);
    case "leave-one-out":
      return splitLeaveOneOut(time, member, members, "member");
    case "member-holdout":
      return splitByGroup(member, members, { validation, test }, random);
    case "group":
      return group === "title"
        ? splitByGroup(title, titles, { validation, test }, random)
        : splitByGroup(member, members, { validation, test }, random);
    default:
      return by satisfies never;
  }
}

function momentOf(code: number): number {
  if (code === partCode("test")) return PART_MOMENTS.test;
  return code === partCode("validation") ? PART_MOMENTS.validation : PART_MOMENTS.train;
}

/** Whether the rows of a member keep the order of the file; false where places are drawn. */
export function hasOrderOfFile(split: OrderedSplit | undefined): boolean {
  return split !== undefined && split.by !== "random" && split.by !== "random-per-member";
}

/** A place within the part, from 0 up to 1: that of the file within each member's rows where order means something, at random elsewhere. */
function withinPart({ member, count }: Events, members: number, split: OrderedSplit, random: Random): Float64Array {
  if (!hasOrderOfFile(split) || (split.by === "group" && members < 2))
    return Float64Array.from({ length: count }, () => random.uniform());
  const total = new Int32Array(members);
  for (const one of member) total[one]++;
  const seen = new Int32Array(members);
  return Float64Array.from(member, (one) => seen[one]++ / total[one]);
}
