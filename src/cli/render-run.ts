/** The seven-step report of a run in the terminal: answers first, then the figures as tables. */

import { alertTable, SIMULATION_WARNING } from "../report/markdown.ts";
import { remarkBlocks } from "../report/remark-blocks.ts";
import type { ReportSection } from "../report/sections.ts";
import type { RunRecord } from "../system/run-record.ts";
import { renderTable } from "./render-table.ts";
import type { Terminal } from "./terminal.ts";

type Painter = Pick<Terminal, "paint" | "width">;

export function renderRun(record: RunRecord, sections: readonly ReportSection[], terminal: Painter): string {
  const lines = [
    "",
    terminal.paint("bold", record.title),
    terminal.paint("dim", `${record.kind}, seed ${record.seed}, data: ${record.data.source}`),
  ];
  if (record.data.simulated) lines.push(terminal.paint("yellow", wrap(SIMULATION_WARNING, terminal.width, "")));
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
      block.kind === "fenced"
        ? block.text.replaceAll(/^/gmu, "     ")
        : wrap(inline(block.text, terminal), terminal.width, "   "),
    );
  }
  for (const table of section.tables) lines.push(...renderTable(table, terminal));
  if (section.alerts.length > 0) lines.push(...renderTable(alertTable(section.alerts), terminal));
  for (const { kind, text } of section.remarks) {
    const colour = kind === "warning" ? "red" : "dim";
    lines.push(wrap(`${terminal.paint(colour, `${kind}:`)} ${inline(text, terminal)}`, terminal.width, "   "));
  }
  for (const text of section.next)
    lines.push(wrap(`${terminal.paint("green", "next:")} ${inline(text, terminal)}`, terminal.width, "   "));
  return lines;
}

function inline(text: string, { paint }: Painter): string {
  return text
    .replaceAll(/\*\*([^*]+)\*\*/gu, (_, strong: string) => paint("bold", strong))
    .replaceAll(/`([^`]+)`/gu, "$1");
}

/** Breaks at spaces so that lines fit the window; escape sequences take no room. */
function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (visibleLength(candidate) > Math.max(40, width - indent.length) && line !== "") {
      lines.push(line);
      line = word;
    } else line = candidate;
  }
  lines.push(line);
  return lines.map((one) => `${indent}${one}`).join("\n");
}

function visibleLength(text: string): number {
  // The escape character begins each colour sequence.
  return text
    .split("\u001b")
    .reduce((sum, part, i) => sum + (i === 0 ? part.length : part.replace(/^\[[\d;]*m/u, "").length), 0);
}
