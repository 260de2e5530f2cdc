/** A table in the terminal: columns aligned, the title underlined, the header dimmed; a row is one line, whatever its cells hold. */

import { inOneLine } from "../core/one-line.ts";
import type { ReportTable } from "../report/sections.ts";
import type { Terminal } from "./terminal.ts";

export function renderTable(
  { title, header: names, rows: cells }: ReportTable,
  { paint }: Pick<Terminal, "paint">,
): string[] {
  const [header, ...rows] = [names, ...cells].map((row) => row.map(inOneLine));
  const widths = header.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length)));
  const write = (cells: readonly string[]): string =>
    `   ${cells.map((cell, i) => cell.padEnd(widths[i])).join("  ")}`.trimEnd();
  return ["", `   ${paint("underline", title)}`, paint("dim", write(header)), ...rows.map(write)];
}
