/** Intervals drawn with characters: a line from bound to bound, a dot on the value, zero, and the smallest gain that pays. */

import { gapOf, joined, sharedDecimals } from "../report/numbers.ts";
import type { Forest } from "../report/summary/forest-rows.ts";
import type { Terminal } from "./terminal.ts";

const COLUMNS = 34;

interface Signs {
  readonly zero: string;
  readonly gain: string;
  readonly line: string;
  readonly dot: string;
}

const UNICODE: Signs = { zero: "│", gain: "┊", line: "─", dot: "●" };
const ASCII: Signs = { zero: "|", gain: ":", line: "-", dot: "o" };

/** Whether the environment's locale writes UTF-8; where it says nothing, it is taken to. */
function writesUtf8(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return locale === "" || /utf-?8/iu.test(locale);
}

/** Empty where there is nothing to draw. */
export function drawForest(
  forest: Forest | undefined,
  { paint }: Pick<Terminal, "paint">,
  width: number,
  signs = writesUtf8(process.env) ? UNICODE : ASCII,
): string[] {
  if (forest === undefined || forest.rows.length === 0) return [];
  const { rows, gain, metric } = forest;
  const ends = rows.flatMap(({ figure: { value, interval } }) => [value, ...(interval ?? [])]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const place = (at: number): number => Math.round(((at - low) / (high - low || 1)) * (COLUMNS - 1));
  const label = (row: (typeof rows)[number]): string =>
    `${row.isSlice ? "  " : ""}${row.name}${row.isSlice && row.figure.n !== null ? `, n ${row.figure.n.toLocaleString("en-US")}` : ""}`;
  const names = Math.min(30, Math.max(...rows.map((row) => label(row).length)));
  const isGainDrawn = gain !== null && gain <= high && place(gain) !== place(0);
  // A column of one metric has one number of decimals.
  const least = sharedDecimals(rows.map(({ figure }) => figure));
  const drawn = rows.map((row) => {
    const { value, interval } = row.figure;
    const cells = Array.from({ length: COLUMNS }, () => " ");
    if (interval !== null) for (let i = place(interval[0]); i <= place(interval[1]); i++) cells[i] = signs.line;
    // Zero and the smallest gain are seen through an interval: that they lie inside is what it says.
    if (isGainDrawn) cells[place(gain)] = signs.gain;
    cells[place(0)] = signs.zero;
    cells[place(value)] = signs.dot;
    const whole = label(row);
    const name = (whole.length > names ? `${whole.slice(0, names - 1)}…` : whole).padEnd(names);
    return `    ${name} ${cells.join("")}  ${joined(gapOf(row.figure, { least }))}`.trimEnd().slice(0, width + 20);
  });
  const pays = isGainDrawn ? `; ${signs.gain} is the smallest gain that pays` : "";
  return [...drawn, `    ${paint("dim", `${metric} less the baseline's, 95% intervals${pays}`)}`];
}
