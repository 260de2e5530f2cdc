/** A sweep in the terminal: one line per answer that moves, and where limits break in words. */

import { formatQuantity } from "../core/format-quantity.ts";
import type { QuantityKind } from "../core/quantity-kind.ts";
import type { Dimension } from "../core/unit.ts";
import { type Crossing, isLogRange, type Sweep, type SweepSeries } from "../estimate/sweep.ts";
import type { Terminal } from "./terminal.ts";

/** How the swept number is written. */
export type Written = Dimension | QuantityKind;

/** What the swept key is called in a sentence. */
const WORDS: Readonly<Record<string, string>> = {
  "1.users.daily": "daily users",
  "1.users.total": "users",
  "1.items.count": "items",
  "1.requests.average": "on average",
  "1.requests.peak": "at the peak",
  "1.labels.count": "labels",
  "6.serving.replicas": "replicas",
};

export function renderSweep(
  sweep: Sweep,
  key: string,
  as: Written,
  terminal: Pick<Terminal, "paint" | "width">,
): string {
  const [from, to] = [sweep.points[0], sweep.points[sweep.points.length - 1]];
  const write = (x: number): string => formatQuantity(x, as);
  const lines = [terminal.paint("bold", `${key} from ${write(from)} to ${write(to)}`), ""];
  const labels = Math.max(...sweep.series.map((one) => one.label.length), 8);
  const ends = Math.max(...sweep.series.map((one) => startOf(one).length), 6);
  const columns = Math.max(12, Math.min(sweep.points.length, terminal.width - labels - ends - 18));
  for (const one of sweep.series) {
    const colour = one.isAlternative ? "dim" : "cyan";
    const text = `${one.label.padEnd(labels)}  ${startOf(one).padStart(ends)} `;
    lines.push(`${text}${terminal.paint(colour, curve(one.values, columns))} ${endOf(one)}`);
  }
  if (sweep.series.length === 0) lines.push(`no answer moves with ${key}`);
  lines.push("");
  for (const crossing of sweep.crossings)
    lines.push(`${terminal.paint("yellow", "•")} ${describeCrossing(crossing, sweep, key, as)}`);
  if (sweep.crossings.length === 0) lines.push(terminal.paint("dim", "no limit is crossed on the way"));
  return lines.join("\n");
}

/** `above 31M items the flat index no longer fits one 24 GB machine`; whole numbers are said as `from 9 replicas on`. */
export function describeCrossing({ x, above }: Crossing, { isWhole }: Sweep, key: string, as: Written): string {
  const words = WORDS[key];
  const amount = `${formatQuantity(x, as)}${words === undefined ? ` (${key})` : ` ${words}`}`;
  return isWhole ? `from ${amount} on ${above}` : `above ${amount} ${above}`;
}

const BLOCKS = "▁▂▃▄▅▆▇█";

/** A curve of block characters; a gap where the answer cannot be computed. */
function curve(values: readonly number[], columns: number): string {
  const finite = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const sampled = Array.from(
    { length: columns },
    (_, i) => values[Math.round((i * (values.length - 1)) / (columns - 1))],
  );
  return sampled
    .map((value) => {
      if (!Number.isFinite(value)) return " ";
      const share = high > low ? scale(value, low, high) : 0.5;
      return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))];
    })
    .join("");
}

/** Where a value stands between low and high: by the logarithm where they are a factor of ten apart. */
function scale(value: number, low: number, high: number): number {
  return isLogRange(low, high) ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function startOf({ values, dimension }: SweepSeries): string {
  const first = values.find((value) => Number.isFinite(value));
  return first === undefined ? "-" : formatQuantity(first, dimension);
}

function endOf({ values, dimension }: SweepSeries): string {
  const last = values.findLast((value) => Number.isFinite(value));
  const isCut = !Number.isFinite(values[values.length - 1]);
  return `${last === undefined ? "-" : formatQuantity(last, dimension)}${isCut ? ", then it cannot be met" : ""}`;
}
