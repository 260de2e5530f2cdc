/** Step 5: paired differences as a forest, and the drop of each compression against its clause. */

import { shortSizeChange } from "../../core/size-change.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, figuresOf, type RunFigure, sidesOf } from "../figures.ts";
import { gapOf, joined, plain, sharedDecimals } from "../numbers.ts";
import { type Plot, type PlotRow, roundTicks, spanOf } from "../plot.ts";
import { unitWord } from "../summary/better-than-baseline.ts";
import { clauseFigures, clauseVerdict, limitValue, stateOfVerdict } from "../summary/clause-words.ts";
import { compressedParts } from "../summary/what-survives-compression.ts";

export function evaluationPlots(run: MeasuredRun): Plot[] {
  return [...forest(run), ...compressions(run)];
}

function forest(run: MeasuredRun): Plot[] {
  const contest = contestOf(run);
  if (contest === undefined) return [];
  const { metric, baseline, system } = contest;
  const made = new Set(compressedParts(run).map(({ subject }) => subject));
  const differences = figuresOf(run, { step: 5, name: metric }).flatMap((figure) => {
    const sides = sidesOf(figure);
    return sides === undefined || made.has(sides.after) ? [] : [{ figure, ...sides }];
  });
  const whole = differences.filter(({ figure, before }) => figure.slice === "all" && before === baseline);
  const others = differences.filter(({ figure, before }) => figure.slice === "all" && before !== baseline);
  const slices = differences.filter(
    ({ figure, before, after }) => figure.slice !== "all" && before === baseline && after === system,
  );
  const drawn = [...whole, ...others, ...slices].map(({ figure }) => figure);
  if (drawn.length === 0) return [];
  // A column of one metric has one number of decimals.
  const least = sharedDecimals(drawn);
  const groups: readonly (readonly [string, PlotRow[]])[] = [
    [
      "Against the baseline",
      bySize(whole).map(({ figure, after }) => differenceRow(after, "", figure, after === system, least)),
    ],
    [
      "Against another model",
      bySize(others).map(({ figure, before, after }) =>
        differenceRow(`${after}, against ${before}`, "", figure, after === system, least),
      ),
    ],
    [
      `By slice: ${system} against the baseline`,
      slices.map(({ figure }) =>
        differenceRow(
          figure.slice,
          figure.n === null ? "" : `${figure.n.toLocaleString("en-US")} ${unitWord(run).replace("test ", "")}`,
          figure,
          true,
          least,
        ),
      ),
    ],
  ];
  const gain = run.context.stated.success?.gain ?? null;
  const { from, to } = spanOf(drawn.flatMap(({ value, interval }) => [value, ...(interval ?? [])]));
  return [
    {
      caption: `Difference of ${metric}, 95% intervals, paired`,
      scale: "linear",
      from,
      to,
      ticks: roundTicks(from, to, (at, text) => (at > 0 ? `+${text}` : text)),
      lines: [
        { at: 0, kind: "zero", label: "" },
        ...(gain === null ? [] : [{ at: gain, kind: "ref" as const, label: "smallest gain that pays" }]),
      ],
      layout: "rows",
      rows: groups.flatMap(([title, rows]) => (rows.length === 0 ? [] : [title, ...rows])),
    },
  ];
}

function bySize<T extends { readonly figure: RunFigure }>(differences: readonly T[]): T[] {
  return [...differences].sort((a, b) => a.figure.value - b.figure.value);
}

function differenceRow(
  name: string,
  small: string,
  figure: RunFigure,
  isSystem: boolean,
  least: number | undefined,
): PlotRow {
  const { value, interval } = figure;
  return {
    name,
    small,
    value: joined(gapOf(figure, { least })),
    marks: [{ form: "dot", at: value, interval, role: isSystem ? "system" : "model" }],
  };
}

function compressions(run: MeasuredRun): Plot[] {
  const parts = compressedParts(run).filter(({ alert }) => alert.measured !== null && alert.unit === "share");
  if (parts.length === 0) return [];
  const values = parts.flatMap(({ alert }) => [
    alert.measured ?? 0,
    ...(alert.interval ?? []),
    limitValue(alert.condition) ?? 0,
  ]);
  const { from, to } = spanOf(values);
  return [
    {
      caption: "What being smaller costs: relative drop, each against its own limit",
      scale: "linear",
      from,
      to,
      ticks: roundTicks(from, to, (at) => `${plain(100 * at, "")}%`),
      lines: [{ at: 0, kind: "zero", label: "" }],
      layout: "rows",
      rows: parts.map(({ alert, subject, factor }): PlotRow => {
        const limit = limitValue(alert.condition);
        return {
          name: subject,
          small: factor === undefined ? alert.condition : `${shortSizeChange(factor)}, ${alert.condition}`,
          marks: [
            ...(limit === null ? [] : [{ form: "limit" as const, at: limit }]),
            { form: "dot", at: alert.measured ?? 0, interval: alert.interval, role: "system" },
          ],
          value: "",
          state: { state: stateOfVerdict(alert.verdict), word: clauseVerdict(alert) },
          below: clauseFigures(alert).replace(/, limit .*$/u, ""),
        };
      }),
    },
  ];
}
