/** What a run would read, hold and take, and which of its stages would run and why, as text. */

import { formatNumber, formatValue } from "../core/format-figure.ts";
import type { RunLoad } from "../kinds/run-load.ts";
import type { PlanAgain } from "../node/plan-again.ts";
import type { Machine } from "../system/need.ts";
import type { Terminal } from "./terminal.ts";

/** Rows from which a run is no matter of seconds. */
const MANY_ROWS = 1e6;

/** Whether a run should say what it takes before it begins. */
export function isWorthSaying({ source, bytes }: RunLoad, { memory }: Machine): boolean {
  return source.rows >= MANY_ROWS || bytes > memory / 4;
}

/** Rows, bytes and minutes, a line each for what is read and what that takes; a third where the memory is too small. */
export function describeLoad(load: RunLoad, { memory }: Machine): readonly string[] {
  const { source, bytes, seconds, fix } = load;
  const { files, rows, isCounted, isPacked } = source;
  const how = isCounted
    ? "as they say themselves"
    : `estimated from their beginning${isPacked ? ", packed 4 to 1" : ""}`;
  const size = (value: number): string => formatValue({ value, unit: "B" });
  const read = `reads   ${isCounted ? "" : "about "}${formatNumber(isCounted ? rows : roundTo(rows, 2))} rows in ${formatNumber(files)} ${files === 1 ? "file" : "files"} of ${size(source.bytes)}, ${how}`;
  const takes = `takes   about ${size(roundTo(bytes, 2))} of the ${size(memory)} of memory here, and about ${duration(seconds)}: by what was measured a row, each within a factor of three`;
  const doubt = `beware  that is more memory than there is${whatFits(load, memory)}: ${fix}`;
  return bytes > memory ? [read, takes, doubt] : [read, takes];
}

/** Rows by the same measure; nothing where not even none would fit. */
function whatFits({ source, bytes, bytesEach }: RunLoad, memory: number): string {
  const rows = source.rows - (bytes - memory) / bytesEach;
  return rows < 1 ? "" : `, where about ${formatNumber(roundTo(rows, 2))} rows would fit`;
}

export function renderPlan({ stages, seconds, load, machine }: PlanAgain, terminal: Pick<Terminal, "paint">): string {
  const again = stages.filter((one) => one.again);
  const verdict =
    again.length === 0
      ? "nothing would run: all results are kept"
      : `${formatNumber(again.length)} of ${formatNumber(stages.length)} stages would run${seconds === undefined ? "" : `, ${duration(seconds)} the last time`}`;
  const width = Math.max(...stages.map(({ title }) => title.length));
  return [
    terminal.paint("bold", verdict),
    ...(load === undefined ? [] : describeLoad(load, machine)),
    ...stages.map(({ step, title, again: runs, why }) => {
      const line = `${step}  ${title.padEnd(width)}  ${runs ? why : "kept"}`;
      return runs ? line : terminal.paint("dim", line);
    }),
  ].join("\n");
}

/** Two digits of the unit that it is said in. */
function duration(seconds: number): string {
  const value =
    seconds < 120
      ? roundTo(seconds, 2)
      : seconds < 7200
        ? roundTo(seconds / 60, 2) * 60
        : roundTo(seconds / 3600, 2) * 3600;
  return formatValue({ value, unit: "s" });
}

function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
