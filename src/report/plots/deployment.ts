/** Step 6: one request on the axis of its limit, then what offline, an experiment and the truth say of the gain. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { figuresOf, type RunFigure } from "../figures.ts";
import { gapOf, joined, plain, statedTime } from "../numbers.ts";
import { type Mark, type Plot, type PlotRow, roundTicks, spanOf } from "../plot.ts";
import { experimentGains } from "../summary/does-it-help-online.ts";
import { requestLatency } from "../summary/fast-enough.ts";

export function deploymentPlots(run: MeasuredRun): Plot[] {
  return [...requestPlot(run), ...gainPlot(run)];
}

function requestPlot(run: MeasuredRun): Plot[] {
  const latency = requestLatency(run);
  if (latency === undefined) return [];
  const { p50, p99, network, limit } = latency;
  const { budgets } = run.context.stated;
  const planned = budgets.reduce((sum, { seconds }) => sum + seconds, 0);
  const to = Math.max(limit ?? 0, planned, p99 + network) * 1.04;
  const rows: PlotRow[] = [];
  if (budgets.length > 0) {
    let from = 0;
    const marks = budgets.map(({ stage, seconds }): Mark => {
      const start = from;
      from += seconds;
      const isWide = seconds / to > 0.12;
      return {
        form: "bar",
        from: start,
        to: from,
        fill: stage === "network" ? "granted" : "budget",
        text: isWide ? stage : "",
      };
    });
    const unspent = limit === null ? 0 : limit - planned;
    rows.push({
      name: "allowed",
      small: "the note's budgets",
      marks,
      value: plain(planned, "s"),
      below: unspent > 0 ? `${plain(unspent, "s")} unspent` : unspent < 0 ? `${plain(-unspent, "s")} too much` : "",
    });
  }
  const measured = (name: string, seconds: number): PlotRow => ({
    name,
    small: network > 0 ? "granted network hatched" : "",
    marks: [
      { form: "bar", from: 0, to: seconds, fill: "system", text: "" },
      ...(network > 0
        ? [{ form: "bar" as const, from: seconds, to: seconds + network, fill: "granted" as const, text: "" }]
        : []),
    ],
    value: plain(seconds + network, "s"),
    below: network > 0 ? `${plain(seconds, "s")} + ${plain(network, "s")}` : "",
  });
  rows.push(measured("measured, p99", p99));
  if (p50 !== null) rows.push(measured("measured, p50", p50));
  return [
    {
      caption: "A request against its budget",
      scale: "linear",
      from: 0,
      to,
      ticks: roundTicks(0, to, (at) => (at === 0 ? "0" : plain(at, "s"))).filter(
        ({ at }) => limit === null || at < 0.93 * limit,
      ),
      lines: limit === null ? [] : [{ at: limit, kind: "limit", label: `limit ${statedTime(limit)}` }],
      layout: "rows",
      rows,
    },
    ...stagePlot(run),
  ];
}

/** The parts of a request by their own p99, where there are several. */
function stagePlot(run: MeasuredRun): Plot[] {
  const stages = figuresOf(run, { step: 6, name: "latency p99", slice: "all" }).filter(
    ({ subject }) => subject !== "request",
  );
  if (stages.length < 2) return [];
  const most = Math.max(...stages.map(({ value }) => value));
  const budgets = new Map(run.context.stated.budgets.map(({ stage, seconds }) => [stage, seconds]));
  return [
    {
      caption: "Where the time goes: p99 of each stage",
      scale: "linear",
      from: 0,
      to: most,
      ticks: roundTicks(0, most, (at) => (at === 0 ? "0" : plain(at, "s"))),
      lines: [],
      layout: "rows",
      rows: stages.map(({ subject, value, basis }): PlotRow => {
        const budget = budgets.get(subject);
        return {
          name: subject,
          marks: [{ form: "bar", from: 0, to: value, fill: basis === "granted" ? "granted" : "system", text: "" }],
          value: plain(value, "s"),
          below: basis === "granted" ? "granted, not measured" : budget === undefined ? "" : `of ${plain(budget, "s")}`,
        };
      }),
    },
  ];
}

function gainPlot(run: MeasuredRun): Plot[] {
  const gains = experimentGains(run);
  if (gains === undefined) return [];
  const { online, offline, unadjusted, truth, metric } = gains;
  const rows: readonly (readonly [string, string, RunFigure | undefined, "model" | "system" | "truth"])[] = [
    ["offline", offline?.note ?? "", offline, "model"],
    ["online", `${metric}, simulated A/B test, with CUPED`, online, "system"],
    ["online, unadjusted", "the same without CUPED", unadjusted, "system"],
    ["truth of the simulation", "everybody under both arms", truth, "truth"],
  ];
  const known = rows.flatMap(([name, small, figure, role]) =>
    figure === undefined ? [] : [{ name, small, figure, role }],
  );
  const { from, to } = spanOf(known.flatMap(({ figure }) => [figure.value, ...(figure.interval ?? [])]));
  const band: Mark[] =
    truth?.interval == null ? [] : [{ form: "band", from: truth.interval[0], to: truth.interval[1] }];
  return [
    {
      caption: `Relative gain over the baseline${band.length === 0 ? "" : "; the band is the truth of the simulation"}`,
      scale: "linear",
      from,
      to,
      ticks: roundTicks(from, to, (at) => (at > 1e-9 ? `+${plain(100 * at, "")}%` : `${plain(100 * at, "")}%`)),
      lines: [{ at: 0, kind: "zero", label: "" }],
      layout: "rows",
      rows: known.map(({ name, small, figure, role }) => ({
        name,
        small,
        marks: [...band, { form: "dot" as const, at: figure.value, interval: figure.interval, role }],
        value: joined(gapOf(figure)),
      })),
    },
  ];
}
