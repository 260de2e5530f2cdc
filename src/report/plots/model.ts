/** Step 4: what each model weighs, for a system without stages. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { figuresOf } from "../figures.ts";
import { joined, pairOf, plain } from "../numbers.ts";
import { type Plot, roundTicks } from "../plot.ts";

export function modelPlot(run: MeasuredRun): Plot[] {
  const sizes = figuresOf(run, { step: 4, name: "model bytes", slice: "all" });
  if (sizes.length === 0) return [];
  const most = Math.max(...sizes.map(({ value }) => value));
  const quality = figuresOf(run, { step: 4, slice: "all" }).filter(({ name }) => / on earlier rounds$/u.test(name));
  return [
    {
      caption: "Where the memory goes",
      scale: "linear",
      from: 0,
      to: most,
      ticks: roundTicks(0, most, (at) => (at === 0 ? "0" : plain(at, "B"))),
      lines: [],
      layout: "rows",
      rows: sizes.map(({ subject, value }) => {
        const known = quality.find((one) => one.subject === subject);
        return {
          name: subject,
          small: known === undefined ? "" : `${known.name} ${joined(pairOf(known))}`,
          marks: [{ form: "bar", from: 0, to: value, fill: "model", text: "" }],
          value: plain(value, "B"),
        };
      }),
    },
  ];
}
