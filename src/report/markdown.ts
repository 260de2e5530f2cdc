/** The report of a run as Markdown: the same seven sections as the page, for a pull request or a terminal. */

import type { RunRecord } from "../system/run-record.ts";
import type { Remark } from "../system/stage.ts";
import type { RunAlert } from "./figures.ts";
import { joined, pairOf } from "./numbers.ts";
import type { ReportSection, ReportTable } from "./sections.ts";
import { clauseVerdict } from "./summary/clause-words.ts";

export function renderMarkdown(record: RunRecord, sections: readonly ReportSection[]): string {
  const head = [
    `# ${record.title}`,
    "",
    `${record.kind} · seed ${record.seed} · version ${record.version} · data: ${record.data.source}`,
    ...(record.data.simulated ? ["", `> ${SIMULATION_WARNING}`] : []),
    ...renderSummary(record),
  ];
  return `${[...head, ...sections.flatMap(renderSection), ...renderFindings(record)].join("\n")}\n`;
}

/** The same words as the page and the terminal: headline, ledger, next, doubts. */
function renderSummary({ summary: { headline, ledger, next, doubts } }: RunRecord): string[] {
  const row = ({ question, verdict, line, parts }: (typeof ledger)[number]): string[] => [
    question,
    verdict,
    line === "" ? parts.map((part) => `${part.name} ${part.verdict}`).join("; ") : line,
  ];
  const table = { title: "", header: ["question", "verdict", "what it rests on"], rows: ledger.map(row) };
  return [
    "",
    `**${headline.verdict} ${headline.doubt}**`,
    "",
    ...renderTable(table),
    "",
    "**Do next**",
    "",
    ...next.map(
      ({ short, text, command }, i) => `${i + 1}. ${short}. ${text}${command === "" ? "" : ` \`${command}\``}`,
    ),
    ...(doubts.length === 0 ? [] : ["", "**Do not believe yet**", ""]),
    ...doubts.map(({ short, text }) => `- ${short}. ${text}`),
  ];
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

function renderTable({ header, rows }: ReportTable): string[] {
  const write = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [write(header), write(header.map(() => "---")), ...rows.map(write)];
}

export function alertTable(alerts: readonly RunAlert[]): ReportTable {
  return {
    title: "Held against the note",
    header: ["watched", "condition", "measured", "verdict", "n", "owner and action", "how"],
    rows: alerts.map((alert) => [
      alert.metric,
      alert.condition,
      alert.measured === null
        ? "—"
        : joined(pairOf({ value: alert.measured, interval: alert.interval, unit: alert.unit })),
      clauseVerdict(alert),
      alert.n === null ? "" : alert.n.toLocaleString("en-US"),
      [alert.owner, alert.action].filter((text) => text !== "").join(": "),
      alert.note,
    ]),
  };
}
