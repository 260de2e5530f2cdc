/** Step 2: the baseline as written and as measured, the system and the ceiling on one axis with the line of success. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, findFigure, type RunFigure, statedBaseline } from "../figures.ts";
import { levelOf } from "../levels.ts";
import { joined, plain } from "../numbers.ts";
import { type Plot, type PlotRow, type Role, roundTicks, spanOf } from "../plot.ts";

export function framingPlot(run: MeasuredRun): Plot[] {
  const contest = contestOf(run);
  if (contest === undefined) return [];
  const { metric, baseline, system } = contest;
  const { stated } = run.context;
  const of = (subject: string): RunFigure | undefined => findFigure(run, { step: 5, name: metric, subject });
  const [base, own] = [of(baseline), of(system)];
  if (base === undefined) return [];
  const isSame = (one: { readonly metric: string } | null): boolean =>
    one !== null && (one.metric === metric || one.metric === "");
  const rows: PlotRow[] = [];
  const level = (one: RunFigure): string => joined(levelOf(run, one));
  const written = statedBaseline(run);
  if (written !== null && written.value !== null && isSame(written))
    rows.push(
      row(
        "baseline, as the note says",
        "written before any run",
        "truth",
        { value: written.value, interval: null },
        plain(written.value, base.unit),
      ),
    );
  rows.push(
    row(
      "baseline, measured",
      contest.standsIn ? `${baseline}, which stands in for it` : (written?.rule ?? ""),
      "baseline",
      base,
      level(base),
    ),
  );
  if (own !== undefined && system !== baseline)
    rows.push(row(system, "chosen on validation", "system", own, level(own)));
  const ceiling = run.figures.find((one) => one.step === 5 && one.name === `${metric} ceiling`);
  if (ceiling !== undefined)
    rows.push(
      row(
        "ceiling of the candidates",
        "a perfect ranker",
        "ink",
        { value: ceiling.value, interval: null },
        level({ ...ceiling, interval: null }),
      ),
    );
  const success = stated.success !== null && isSame(stated.success) ? stated.success.value : null;
  // The ceiling may lie far out: it is an arrow then, so that the others can be told apart.
  const { from, to } = spanOf([
    ...(success === null ? [] : [success]),
    written?.value ?? 0,
    ...(base.interval ?? [base.value]),
    ...(own?.interval ?? []),
  ]);
  return [
    {
      caption: `${metric}${success === null ? "" : ", with the value from which the note counts it as a success"}`,
      scale: "linear",
      from,
      to,
      ticks: roundTicks(from, to, (_, text) => text),
      lines: success === null ? [] : [{ at: success, kind: "limit", label: `success from ${plain(success, "")}` }],
      layout: "rows",
      rows,
    },
  ];
}

function row(
  name: string,
  small: string,
  role: Role,
  { value: at, interval }: Pick<RunFigure, "value" | "interval">,
  value: string,
): PlotRow {
  return { name, small, value, marks: [{ form: "dot", at, interval, role }] };
}
