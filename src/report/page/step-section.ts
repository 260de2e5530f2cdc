/** One step of the report: its question, its answer, one chart, what to do next, notes in the margin, and everything else folded. */

import { capital } from "../../core/capital.ts";
import type { Chart } from "../../core/chart.ts";
import type { StepNumber } from "../../core/figure.ts";
import { plural } from "../../core/plural.ts";
import type { RunRecord } from "../../system/run-record.ts";
import { drawChart } from "../chart-svg.ts";
import { escapeHtml } from "../escape-html.ts";
import type { Plot } from "../plot.ts";
import { deploymentPlots } from "../plots/deployment.ts";
import { evaluationPlots } from "../plots/evaluation.ts";
import { framingPlot } from "../plots/framing.ts";
import { modelPlot } from "../plots/model.ts";
import { monitoringPlots } from "../plots/monitoring.ts";
import { partsPlot } from "../plots/parts.ts";
import { requirementsPlot } from "../plots/requirements.ts";
import { remarkBlocks } from "../remark-blocks.ts";
import type { ReportSection } from "../sections.ts";
import { conditionsTable } from "./conditions-table.ts";
import { fullTable } from "./full-table.ts";
import { funnel } from "./funnel.ts";
import { followsFrom, neverMeasured, waivedAt } from "./margin-notes.ts";
import { plotTable } from "./plot-table.ts";
import { stateMark } from "./state-mark.ts";
import { systemFigure } from "./system-figure.ts";
import { inline, typeset } from "./typeset.ts";
import { weeksStrip } from "./weeks-strip.ts";

/** `room` is how many characters of drawings by the chart library the page still has. */
export function stepSection(record: RunRecord, section: ReportSection, room: number): string {
  const { step, title, question } = section;
  const answer = record.summary.answers.find((one) => one.step === step)?.text ?? "";
  const next = record.remarks.filter((remark) => remark.step === step && remark.kind === "next").slice(0, 2);
  return `<section class="step" id="step-${step}" aria-labelledby="t-${step}">
<div class="sh"><div><p class="no" aria-hidden="true">${step}</p><h2 id="t-${step}">${escapeHtml(title)}</h2><p class="up"><a href="#top">Summary</a></p></div></div>
<div class="main">
<p class="question">${inline(question)}</p>
<p class="answer">${inline(answer)}</p>
${drawings(record, step).join("\n")}
${next.map(({ short, text }) => `<p class="next"><b>Next</b> <span>${short === undefined ? inline(capital(text)) : `${inline(short)}. ${inline(text)}`}</span></p>`).join("\n")}
</div>
<aside class="margin">${marginNotes(section, record)}</aside>
${folded(section, record, room)}
</section>`;
}

function drawings(record: RunRecord, step: StepNumber): string[] {
  const plots = (made: readonly Plot[]): string[] => made.map(plotTable);
  switch (step) {
    case 1:
      return [...plots(requirementsPlot(record)), unmeasuredLine(record)];
    case 2:
      return plots(framingPlot(record));
    case 3: {
      const weeks = weeksStrip(record);
      return weeks === "" ? plots(partsPlot(record)) : [weeks];
    }
    case 4: {
      const stages = funnel(record);
      return stages === "" ? plots(modelPlot(record)) : [stages];
    }
    case 5:
      return plots(evaluationPlots(record));
    case 6:
      return [systemFigure(record), ...plots(deploymentPlots(record))];
    case 7:
      return [
        ...plots(monitoringPlots(record)),
        conditionsTable(
          record.alerts.filter((alert) => alert.step === 7),
          "The note’s conditions, held against this run",
        ),
      ];
    default:
      return step satisfies never;
  }
}

function unmeasuredLine(record: RunRecord): string {
  const wanted = neverMeasured(record);
  return wanted.length === 0
    ? ""
    : `<p class="note">${stateMark("none")} ${typeset(`Not measured by a run: ${wanted.join(", ")}`)}</p>`;
}

/** Doubts and warnings come first: they are what a margin is for. */
function marginNotes({ step, remarks }: ReportSection, record: RunRecord): string {
  const doubts = record.remarks.filter((remark) => remark.kind === "doubt" && remark.step === step);
  const notes = [
    ...doubts.map(({ short, text }) => ({ title: short ?? "Not settled", text })),
    ...remarks.filter(({ kind }) => kind === "warning").map(({ text }) => ({ title: "Beware", text })),
    ...remarks.filter(({ kind }) => kind === "repair").map(({ text }) => ({ title: "Repaired", text })),
  ].slice(0, MOST_NOTES);
  const follows = step === 1 ? followsFrom(record) : "";
  const waived = waivedAt(record, step);
  const all = [
    ...notes,
    ...(follows === "" ? [] : [{ title: "Follows from it", text: follows }]),
    ...(waived === "" ? [] : [{ title: "Waived in the note", text: waived }]),
  ];
  return all
    .map(({ title, text }) => `<div class="mn"><h3>${inline(title)}</h3>${prose(ended(capital(text)))}</div>`)
    .join("");
}

/** As a sentence ends, unless what is shown as it is ends it. */
function ended(text: string): string {
  return /[\p{L}\p{N}%)\]`”]$/u.test(text) && !text.endsWith("```") ? `${text}.` : text;
}

const MOST_NOTES = 4;

function prose(text: string): string {
  return remarkBlocks(text)
    .map((block) => (block.kind === "fenced" ? `<pre>${escapeHtml(block.text)}</pre>` : `<p>${inline(block.text)}</p>`))
    .join("");
}

const REMARK_WORD: Readonly<Record<string, string>> = {
  assumption: "Assumed: ",
  repair: "Repaired: ",
  warning: "Beware: ",
};

/** Everything that the step left, in full: few need it, and nobody has to look elsewhere for it. */
function folded(section: ReportSection, { figures }: RunRecord, room: number): string {
  const { step, answers, remarks, tables, charts, alerts } = section;
  const said = [
    ...answers.map((text) => ({ word: "", text })),
    ...remarks
      .filter(({ kind }) => kind !== "doubt")
      .map(({ kind, text }) => ({ word: REMARK_WORD[kind] ?? "", text })),
  ].map(({ word, text }) => `<li>${prose(`${word}${word === "" ? capital(text) : text}`)}</li>`);
  const count = figures.filter((figure) => figure.step === step).length;
  const parts = [
    said.length === 0 ? "" : `<ul class="said">${said.join("")}</ul>`,
    ...drawnWithin(charts, room),
    ...tables.map(fullTable),
    step === 7 ? "" : conditionsTable(alerts, "Held against the note"),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  const what = [count === 0 ? "" : plural(count, "figure"), said.length === 0 ? "" : plural(said.length, "remark")]
    .filter((one) => one !== "")
    .join(", ");
  return `<details><summary>All of step ${step}${what === "" ? "" : `: ${what}`}</summary>${parts.join("\n")}</details>`;
}

/** Lines, scatters and photos; of other charts the plots in rows say more, and weeks have a strip of their own. */
export function isDrawnAsChart({ form, title }: Chart): boolean {
  return (form === "lines" || form === "points" || form === "picture") && !/ by week$/u.test(title);
}

/** Lines and scatters, where a plot in rows would carry less. What no longer fits the page is named, not dropped. */
function drawnWithin(charts: readonly Chart[], room: number): string[] {
  let left = room;
  return charts.filter(isDrawnAsChart).map((chart) => {
    const drawing = drawChart(chart);
    if (drawing.length > left)
      return `<p class="note">${inline(`“${chart.title}” is left out to keep the page small; its points are in run.json.`)}</p>`;
    left -= drawing.length;
    return `<figure class="chart"><figcaption>${inline(chart.title)}</figcaption><div class="drawing">${drawing}</div><p class="note">${inline(chart.caption)}</p></figure>`;
  });
}
