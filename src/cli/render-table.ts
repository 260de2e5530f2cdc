/** A table in the terminal: columns aligned, the title underlined, the header dimmed. */

import type { ReportTable } from "../report/sections.ts";
import type { Terminal } from "./terminal.ts";

export function renderTable({ title, header, rows }: ReportTable, { paint }: Pick<Terminal, "paint">): string[] {
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length)));
  const write = (cells: readonly string[]): string =>
    `   ${cells.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd();
  return ["", `   ${paint("underline", title)}`, paint("dim", write(header)), ...rows.map(write)];
}
