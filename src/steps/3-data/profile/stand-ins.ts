/** Values that stand for none: -999 among temperatures, 99 among ages, the last day of the year 9999. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import type { Role } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";

export interface StandIn {
  readonly value: number;
  /** Of the cells that hold a number. */
  readonly share: number;
  /** From where to where the others go. */
  readonly others: readonly [number, number];
}

/** Numbers of these say who, what or which, and nothing by their size; those of a scale are asked about with it. */
const NO_QUANTITIES: readonly Role[] = [
  "member",
  "item",
  "event",
  "id",
  "label",
  "terminal",
  "time",
  "list",
  "constant",
  "empty",
];
const FEWEST_DIFFERENT = 6;
const FEWEST_CELLS = 3;
/** Several cells of one value this often are no chance of a long tail. */
const LEAST_SHARE = 0.005;

/**
 * The least or the greatest value, where several cells hold it and it lies further from all others than those lie apart; or where it is written as
 * people write a gap (-1 alone below 0, 99, 999) and comes several times as often as a value does on average.
 */
export function standInsOf({ role, kind, ends, distinct }: ProfiledColumn): readonly StandIn[] {
  if (ends === undefined || NO_QUANTITIES.includes(role) || kind === "time" || distinct < FEWEST_DIFFERENT) return [];
  const { cells, least, most, aboveLeast, belowMost } = ends;
  const found = (value: number, count: number, from: number, to: number): StandIn[] => {
    const isFrequent = count >= FEWEST_CELLS && count >= LEAST_SHARE * cells;
    const gap = value < from ? from - value : value - to;
    const isFar = gap > to - from;
    const isUsual = isGapCode(value, from) && count * distinct > OFTEN * cells && (value < 0 || gap > (to - from) / 10);
    return isFrequent && (isFar || isUsual) ? [{ value, share: count / cells, others: [from, to] }] : [];
  };
  // A gap at one end would make the others seem to lie apart: each end is held against what lies between both.
  const between = [aboveLeast, belowMost] as const;
  const low = found(least, ends.atLeast, ...between).concat(found(least, ends.atLeast, aboveLeast, most));
  const high = found(most, ends.atMost, ...between).concat(found(most, ends.atMost, least, belowMost));
  const lows = low
    .slice(0, 1)
    .map((one) => (high.length === 0 ? { ...one, others: [aboveLeast, most] as const } : one));
  const highs = high
    .slice(0, 1)
    .map((one) => (low.length === 0 ? { ...one, others: [least, belowMost] as const } : one));
  return [...lows, ...highs];
}

/** How many times as often as a value does on average. */
const OFTEN = 3;

function isGapCode(value: number, from: number): boolean {
  return /^-?9{2,}$/u.test(String(value)) || ([-1, -9].includes(value) && from >= 0);
}

/** The last and the first day that calendars and databases know, written in place of none. */
const OPEN_DAY =
  /^(?:9999|2999|0000|0001)-\d\d-\d\d|^(?:2099-12-31|1900-01-01|1970-01-01)(?:$|[ T]00:00)|^31[./]12[./](?:9999|2999)/u;

/** A value that stands for a day without end, among the commonest. */
export function openDayOf({
  top,
  kind,
}: Pick<ProfiledColumn, "top" | "kind">): ProfiledColumn["top"][number] | undefined {
  return kind === "text" || kind === "time" ? top.find(({ value }) => OPEN_DAY.test(value)) : undefined;
}

export function standInQuestion(column: ProfiledColumn): readonly string[] {
  const name = spokenColumn(column.name);
  const day = openDayOf(column);
  const days =
    day === undefined
      ? []
      : [
          `Does \`${day.value}\` in ${name} (${formatShare(day.share)} of its cells) stand for no day? The draft takes it as it is written; \`null: ["${day.value}"]\` in the source makes it missing in every column.`,
        ];
  const written = (value: number): string =>
    column.top.find((one) => Number(one.value) === value)?.value ?? String(value);
  return [
    ...days,
    ...standInsOf(column).map(
      ({ value, share, others: [from, to] }) =>
        `Does \`${written(value)}\` in ${name} (${formatShare(share)} of its cells) stand for what is not known? It is read as a number; the others go from ${formatNumber(from)} to ${formatNumber(to)}. \`null: ["${written(value)}"]\` in the source makes it missing in every column.`,
    ),
  ];
}
