/** Step 3 of data without time: how many rows each part of the split has, as bars. */

import { capital } from "../../core/capital.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { figuresOf } from "../figures.ts";
import { plain } from "../numbers.ts";
import { type Plot, roundTicks } from "../plot.ts";

/** The parts of a split in their order, with what each is for. */
export const SPLIT_PARTS = [
  { name: "train", use: "what models learn from", fill: "soft" },
  { name: "validation", use: "what is chosen here", fill: "model" },
  { name: "test", use: "opened once, at the end", fill: "system" },
] as const;

/** How many rows a part has, by the word for rows that the task brings: `test photos`, counted in photos. */
export function rowsOfPart(run: MeasuredRun, part: string): MeasuredRun["figures"][number] | undefined {
  return figuresOf(run, { step: 3, subject: "split", slice: "all" }).find(
    ({ name, unit }) => unit !== "time" && (name === `${part} ${unit}` || name === `${part}ing ${unit}`),
  );
}

/** None where the run left fewer than two parts. */
export function partsPlot(run: MeasuredRun): Plot[] {
  const parts = SPLIT_PARTS.flatMap(({ name, use, fill }) => {
    const rows = rowsOfPart(run, name);
    return rows === undefined ? [] : [{ name, use, fill, rows: rows.value, unit: rows.unit }];
  });
  if (parts.length < 2) return [];
  const most = Math.max(...parts.map(({ rows }) => rows));
  return [
    {
      caption: `${capital(parts[0].unit)} of each part, and what it may be used for`,
      scale: "linear",
      from: 0,
      to: most,
      ticks: roundTicks(0, most, (at) => plain(at, "")),
      lines: [],
      layout: "rows",
      rows: parts.map(({ name, use, fill, rows }) => ({
        name: capital(name),
        small: use,
        marks: [{ form: "bar", from: 0, to: rows, fill, text: "" }],
        value: rows.toLocaleString("en-US"),
      })),
    },
  ];
}
