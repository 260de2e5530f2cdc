/** Step 1: what the run tried of what the note asks for, and used of what it allows. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { money, plain, roughShare, statedTime } from "../numbers.ts";
import type { Plot, PlotRow } from "../plot.ts";
import { requestLatency } from "../summary/fast-enough.ts";
import { triedOf } from "../summary/strip.ts";

export function requirementsPlot(run: MeasuredRun): Plot[] {
  const tried = triedOf(run).map(({ what, tried: have, asked }) =>
    barRow(
      what,
      `${plain(have, "")}, of ${plain(asked, "")}${what === "people" ? " a day" : ""}`,
      have / asked,
      "soft",
    ),
  );
  const used: PlotRow[] = [];
  const latency = requestLatency(run);
  const { budgetPerMonth } = run.context.stated;
  if (latency !== undefined && latency.limit !== null) {
    const total = latency.p99 + latency.network;
    used.push(
      barRow(
        "latency",
        `${plain(total, "s")}, of ${statedTime(latency.limit)} at p99`,
        total / latency.limit,
        "system",
      ),
    );
  }
  const cost = run.context.estimates.find(({ sheet, line }) => sheet === "cost" && line === "total")?.value;
  if (cost !== undefined && budgetPerMonth !== null)
    used.push(
      barRow(
        "money",
        `${money(cost)}, of ${money(budgetPerMonth)} a month, estimated`,
        cost / budgetPerMonth,
        "system",
      ),
    );
  if (tried.length + used.length === 0) return [];
  return [
    {
      caption: "What this run has tried of it, and what it used",
      scale: "linear",
      from: 0,
      to: 1,
      ticks: [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${100 * at}%` })),
      lines: [],
      layout: "bars",
      rows: [
        ...(tried.length === 0 ? [] : ["Tried, of what the note asks for", ...tried]),
        ...(used.length === 0 ? [] : ["Used, of what the note allows", ...used]),
      ],
    },
  ];
}

function barRow(name: string, small: string, share: number, fill: "soft" | "system"): PlotRow {
  const text = share > 1 ? `${roughShare(share)}, beyond` : roughShare(share);
  return { name, small, value: "", marks: [{ form: "bar", from: 0, to: Math.min(1, share), fill, text }] };
}
