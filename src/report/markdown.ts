/** The report of a run as Markdown: the same seven sections as the page, for a pull request or a terminal. */

import { formatValue } from "../core/format-figure.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { AlertOutcome, Remark } from "../system/stage.ts";
import type { ReportSection, ReportTable } from "./sections.ts";

export function renderMarkdown(record: RunRecord, sections: readonly ReportSection[]): string {
  const head = [
    `# ${record.title}`,
    "",
    `${record.kind} · seed ${record.seed} · version ${record.version} · data: ${record.data.source}`,
    ...(record.data.simulated ? ["", `> ${SIMULATION_WARNING}`] : []),
  ];
  return `${[...head, ...sections.flatMap(renderSection), ...renderFindings(record)].join("\n")}\n`;
}

/** Shown wherever figures of a simulated world are shown. */
export const SIMULATION_WARNING =
  "Simulated data: these figures show that the system works and how its parts compare in this simulated world. They say nothing about real people.";

const REMARK_MARK: Readonly<Record<Remark["kind"], string>> = {
  answer: "",
  next: "",
  assumption: "Assumed: ",
  repair: "Repaired: ",
  warning: "Beware: ",
  doubt: "Not settled: ",
};

function renderSection(section: ReportSection): string[] {
  const lines = ["", `## ${section.step}. ${section.title}`, "", `*${section.question}*`, ""];
  for (const answer of section.answers) lines.push(answer, "");
  for (const { kind, text } of section.remarks) lines.push(`- ${REMARK_MARK[kind]}${text}`);
  for (const table of section.tables) lines.push("", `**${table.title}**`, "", ...renderTable(table));
  if (section.alerts.length > 0)
    lines.push("", "**Held against the note**", "", ...renderTable(alertTable(section.alerts)));
  for (const text of section.next) lines.push("", `Next: ${text}`);
  return lines;
}

function renderFindings({ findings, design }: RunRecord): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(
    ({ severity, code, message, line, column }) => `- ${severity} ${code} at ${design}:${line}:${column}: ${message}`,
  );
  return ["", "## Review", "", ...lines];
}

export function renderTable({ header, rows }: ReportTable): string[] {
  const write = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [write(header), write(header.map(() => "---")), ...rows.map(write)];
}

export function alertTable(alerts: readonly AlertOutcome[]): ReportTable {
  return {
    title: "Held against the note",
    header: ["watched", "condition", "measured", "verdict", "owner and action", "how"],
    rows: alerts.map((alert) => [
      alert.metric,
      alert.condition,
      alert.measured === null ? "—" : formatValue({ value: alert.measured, unit: alert.unit }),
      verdictOf(alert),
      [alert.owner, alert.action].filter((text) => text !== "").join(": "),
      alert.note,
    ]),
  };
}

/** In a word: an alert fires or is quiet, a budget is kept or broken, an acceptance clause accepted or rejected. */
export function verdictOf({ fires, kind }: AlertOutcome): string {
  if (fires === null) return "not measured";
  const [good, bad] = VERDICTS[kind];
  return fires ? bad : good;
}

const VERDICTS: Readonly<Record<AlertOutcome["kind"], readonly [good: string, bad: string]>> = {
  alert: ["quiet", "fires"],
  budget: ["kept", "broken"],
  acceptance: ["accepted", "rejected"],
};
