/** A table in full: the first column is the row's header, numbers stand to the right with their bounds below. */

import { escapeHtml } from "../escape-html.ts";
import type { ReportTable } from "../sections.ts";
import { typeset } from "./typeset.ts";

export function fullTable({ title, header, rows }: ReportTable): string {
  const isNumeric = header.map(
    (_, i) =>
      i > 0 &&
      rows.some((row) => row[i] !== "") &&
      rows.every((row) => row[i] === "" || /^[−+$<-]?[\d.]/u.test(row[i])),
  );
  const head = header.map((cell, i) => `<th scope="col"${isNumeric[i] ? ' class="num"' : ""}>${escapeHtml(cell)}</th>`);
  const body = rows.map((row) => `<tr>${row.map((cell, i) => drawCell(cell, i, isNumeric[i])).join("")}</tr>`);
  return `<div class="tw" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table class="full"><caption>${escapeHtml(title)}</caption><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

function drawCell(cell: string, at: number, isNumeric: boolean): string {
  if (at === 0) return `<th scope="row">${typeset(cell)}</th>`;
  const bounds = isNumeric ? /^(.*?) (\[.*\])(.*)$/u.exec(cell) : null;
  const text =
    bounds === null ? typeset(cell) : `${typeset(`${bounds[1]}${bounds[3]}`)} <small>${typeset(bounds[2])}</small>`;
  return `<td${isNumeric ? ' class="num"' : ""}>${text}</td>`;
}
