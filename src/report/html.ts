/** The report of a run as one self-contained page: readable without script, without network, light and dark, wide and narrow. */

import type { Chart } from "../core/chart.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Remark } from "../system/stage.ts";
import { drawChart } from "./chart-svg.ts";
import { escapeHtml } from "./escape-html.ts";
import { alertTable, SIMULATION_WARNING } from "./markdown.ts";
import { type RemarkBlock, remarkBlocks } from "./remark-blocks.ts";
import type { ReportSection, ReportTable } from "./sections.ts";
import { STYLE } from "./style.ts";

export function renderHtml(record: RunRecord, sections: readonly ReportSection[]): string {
  const contents = sections
    .map(({ step, title }) => `<li><a href="#step-${step}">${escapeHtml(title)}</a></li>`)
    .join("");
  const facts = [record.kind, `seed ${record.seed}`, `version ${record.version}`, `data: ${record.data.source}`];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(record.title)} · Heptad run</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(record.title)}</h1>
<p class="facts">${facts.map(escapeHtml).join(" · ")}</p>
${record.data.simulated ? `<p class="notice" role="note">${escapeHtml(SIMULATION_WARNING)}</p>` : ""}
<nav aria-label="Steps"><ol>${contents}</ol></nav>
</header>
${sections.map(renderSection).join("\n")}
${renderReview(record)}
</main>
</body>
</html>
`;
}

function renderSection(section: ReportSection): string {
  const parts = [
    `<h2><span class="number">${section.step}</span> ${escapeHtml(section.title)}</h2>`,
    `<p class="question">${escapeHtml(section.question)}</p>`,
    ...section.answers.flatMap((text) => remarkBlocks(text).map(renderBlock)),
    ...section.charts.map(renderChart),
    ...section.tables.map(renderTable),
    ...(section.alerts.length > 0 ? [renderTable(alertTable(section.alerts))] : []),
    renderRemarks(section.remarks),
    ...section.next.map((text) => `<p class="next"><strong>Next</strong> ${inline(text)}</p>`),
  ];
  return `<section id="step-${section.step}">\n${parts.filter((part) => part !== "").join("\n")}\n</section>`;
}

function renderBlock({ kind, text }: RemarkBlock): string {
  return kind === "fenced" ? `<pre>${escapeHtml(text)}</pre>` : `<p class="answer">${inline(text)}</p>`;
}

const REMARK_WORD: Readonly<Record<Remark["kind"], string>> = {
  answer: "",
  next: "",
  assumption: "Assumed",
  repair: "Repaired",
  warning: "Beware",
  doubt: "Not settled",
};

function renderRemarks(remarks: readonly Remark[]): string {
  if (remarks.length === 0) return "";
  const items = remarks.map(
    ({ kind, text }) => `<li class="${kind}"><strong>${REMARK_WORD[kind]}</strong> ${inline(text)}</li>`,
  );
  return `<ul class="remarks">${items.join("")}</ul>`;
}

function renderChart(chart: Chart): string {
  return `<figure class="chart"><h3>${escapeHtml(chart.title)}</h3><div class="drawing">${drawChart(chart)}</div><figcaption>${inline(chart.caption)}</figcaption></figure>`;
}

function renderTable({ title, header, rows }: ReportTable): string {
  const head = header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell, i) => renderCell(cell, header[i], i)).join("")}</tr>`).join("");
  return `<div class="table"><table><caption>${escapeHtml(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function renderCell(cell: string, column: string, at: number): string {
  if (at === 0) return `<th scope="row">${escapeHtml(cell)}</th>`;
  if (column === "verdict")
    return `<td><span class="verdict ${cell.replaceAll(" ", "-")}">${escapeHtml(cell)}</span></td>`;
  const bounds = /^(.*?) (\[.*\])$/u.exec(cell);
  if (bounds !== null) return `<td>${escapeHtml(bounds[1])} <small>${escapeHtml(bounds[2])}</small></td>`;
  return `<td>${escapeHtml(cell)}</td>`;
}

function renderReview({ findings, design }: RunRecord): string {
  if (findings.length === 0) return "";
  const items = findings.map(
    ({ severity, code, message, line, column }) =>
      `<li class="${severity}"><strong>${severity} ${escapeHtml(code)}</strong> ${escapeHtml(message)} <small>${escapeHtml(design)}:${line}:${column}</small></li>`,
  );
  return `<section id="review"><h2>Review</h2><ul class="remarks">${items.join("")}</ul></section>`;
}

/** The little Markdown that remarks use: code, strong, emphasis. */
function inline(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/gu, "<code>$1</code>")
    .replaceAll(/\*\*([^*]+)\*\*/gu, "<strong>$1</strong>")
    .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/gu, "<em>$1</em>");
}
