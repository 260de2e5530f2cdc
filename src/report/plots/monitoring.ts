/** Step 7: drift of each signal as dots on a logarithmic axis, with what chance does and the threshold that acts. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { figuresOf } from "../figures.ts";
import { plain } from "../numbers.ts";
import { logTicks, type Plot, type PlotLine } from "../plot.ts";
import { limitValue } from "../summary/clause-words.ts";

/** The level below which PSI stays 19 times in 20 where nothing has moved, as a figure beside each PSI. */
const CHANCE_LEVEL = "psi by chance";

/** A PSI below this is an arrow at the frame's edge. */
const LEAST = 0.001;

export function monitoringPlots(run: MeasuredRun): Plot[] {
  const drift = figuresOf(run, { step: 7, name: "psi", slice: "all" }).sort((a, b) => b.value - a.value);
  if (drift.length === 0) return [];
  const chance = new Map(figuresOf(run, { step: 7, name: CHANCE_LEVEL }).map(({ subject, value }) => [subject, value]));
  const limits = run.alerts
    .filter(({ step, metric, condition }) => step === 7 && /^psi\b/u.test(metric) && /^>/u.test(condition))
    .map(({ condition }) => limitValue(condition))
    .filter((limit) => limit !== null);
  const acts = limits.length === 0 ? undefined : Math.min(...limits);
  const to = 10 ** Math.ceil(Math.log10(Math.max(1, ...drift.map(({ value }) => value)) - 1e-9));
  const lines: PlotLine[] =
    acts === undefined ? [] : [{ at: acts, kind: "limit", label: `acts from ${plain(acts, "")}` }];
  return [
    {
      caption: `Drift from training to test: PSI, logarithmic${chance.size === 0 ? "" : "; shaded is what chance does"}`,
      scale: "log",
      from: LEAST,
      to,
      ticks: logTicks(LEAST, to),
      lines,
      layout: "dense",
      rows: drift.map(({ subject, value }) => {
        const level = chance.get(subject);
        const role = acts !== undefined && value > acts ? ("system" as const) : ("ink" as const);
        return {
          name: subject,
          isCode: true,
          marks: [
            ...(level === undefined ? [] : [{ form: "band" as const, from: LEAST, to: level }]),
            { form: "dot" as const, at: value, interval: null, role },
          ],
          value: psiWords(value),
        };
      }),
    },
  ];
}

/** Three decimals: what lies below them is chance. */
function psiWords(value: number): string {
  return value > 0 && value < LEAST ? "<0.001" : value.toFixed(3);
}
