/** The seven-step report of a run in the terminal: answers first, then the figures as tables. */

import { alertTable, SIMULATION_WARNING } from "../report/markdown.ts";
import { remarkBlocks } from "../report/remark-blocks.ts";
import type { ReportSection } from "../report/sections.ts";
import type { RunRecord } from "../system/run-record.ts";
import { renderTable } from "./render-table.ts";
import type { Terminal } from "./terminal.ts";
import { wrapSentence } from "./wrap-text.ts";

type Painter = Pick<Terminal, "paint" | "width">;

export function renderRun(record: RunRecord, sections: readonly ReportSection[], terminal: Painter): string {
  const lines = [
    "",
    terminal.paint("bold", record.title),
    terminal.paint("dim", `${record.kind}, seed ${record.seed}, data: ${record.data.source}`),
  ];
  if (record.data.simulated)
    lines.push(...wrapSentence(terminal.paint("yellow", SIMULATION_WARNING), terminal.width, ""));
  for (const section of sections) lines.push(...renderSection(section, terminal));
  return lines.join("\n");
}

function renderSection(section: ReportSection, terminal: Painter): string[] {
  const lines = [
    "",
    terminal.paint("bold", `${section.step}. ${section.title}`),
    terminal.paint("dim", `   ${section.question}`),
  ];
  for (const block of section.answers.flatMap(remarkBlocks)) {
    lines.push(
      ...(block.kind === "fenced"
        ? [block.text.replaceAll(/^/gmu, "     ")]
        : wrapSentence(inline(block.text, terminal), terminal.width, "   ")),
    );
  }
  for (const table of section.tables) lines.push(...renderTable(table, terminal));
  if (section.alerts.length > 0) lines.push(...renderTable(alertTable(section.alerts), terminal));
  for (const { kind, text } of section.remarks) {
    const colour = kind === "warning" ? "red" : "dim";
    lines.push(
      ...wrapSentence(`${terminal.paint(colour, `${kind}:`)} ${inline(text, terminal)}`, terminal.width, "   "),
    );
  }
  for (const text of section.next)
    lines.push(...wrapSentence(`${terminal.paint("green", "next:")} ${inline(text, terminal)}`, terminal.width, "   "));
  return lines;
}

function inline(text: string, { paint }: Painter): string {
  return text
    .replaceAll(/\*\*([^*]+)\*\*/gu, (_, strong: string) => paint("bold", strong))
    .replaceAll(/`([^`]+)`/gu, "$1");
}
