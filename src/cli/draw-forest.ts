/** Intervals drawn with characters: a line from bound to bound, a dot on the value, zero, and the smallest gain that pays. */

import { gapOf, joined } from "../report/numbers.ts";
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
  const drawn = rows.map((row) => {
    const { value, interval } = row.figure;
    const cells = Array.from({ length: COLUMNS }, () => " ");
    cells[place(0)] = signs.zero;
    if (gain !== null && gain <= high) cells[place(gain)] = signs.gain;
    if (interval !== null) for (let i = place(interval[0]); i <= place(interval[1]); i++) cells[i] = signs.line;
    cells[place(value)] = signs.dot;
    const name = label(row).slice(0, names).padEnd(names);
    return `    ${name} ${cells.join("")}  ${joined(gapOf(row.figure))}`.trimEnd().slice(0, width + 20);
  });
  const pays = gain !== null && gain <= high ? `; ${signs.gain} is the smallest gain that pays` : "";
  return [...drawn, `    ${paint("dim", `${metric} less the baseline's, 95% intervals${pays}`)}`];
}
