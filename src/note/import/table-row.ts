/** A row of a table as the lines that it says: each number with the name of its row, and with that of its column. */

import type { ProseLine, Reading, Remark } from "./proposal.ts";

/** Cells between bars, without the empty ones at both ends. */
export function cellsOf(line: string): string[] {
  return line
    .trim()
    .replace(/^\|/u, "")
    .replace(/(?<!\\)\|$/u, "")
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.trim());
}

export const BELOW_HEADER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/u;

/** A year is a time, and the digits of `p99` and `recall@10` are names. */
const HAS_NUMBER = /(?<![\p{L}\p{N}@.])(?!(?:19|20)\d\d(?!\p{N}))\p{N}/u;

/** The row once for each of its numbers, where it has several under names of columns; else as it is. */
export function readingsOfRow(line: ProseLine): ProseLine[] {
  const { columns } = line;
  if (columns === undefined) return [line];
  const cells = cellsOf(line.text);
  const numbered = cells.flatMap((cell, i) => (i > 0 && HAS_NUMBER.test(cell) ? [i] : []));
  if (numbered.length < 2 || numbered.length > MOST_NUMBERS) return [line];
  return numbered.map((one) => {
    const kept = cells.flatMap((_, i) => (i === one || !numbered.includes(i) ? [i] : []));
    return {
      ...line,
      text: `| ${kept.map((i) => cells[i]).join(" | ")} |`,
      columns: kept.map((i) => columns[i] ?? ""),
    };
  });
}

/** Wider ones are data. */
const MOST_NUMBERS = 8;

/** The name of the column that a place of the row stands in. */
export function columnAt({ columns, text }: ProseLine, place: number): string {
  if (columns === undefined) return "";
  const bars = text.slice(0, place).match(/(?<!\\)\|/gu)?.length ?? 0;
  return columns[bars - (/^\s*\|/u.test(text) ? 1 : 0)] ?? "";
}

/** What the rows of a table are, where they are parts or cases of the design and not its quantities. */
export function rowsAre({ columns = [] }: ProseLine): "parts" | "cases" | undefined {
  const [first = ""] = columns;
  if (PARTS.test(first)) return "parts";
  return CASES.test(first) ? "cases" : undefined;
}

const PARTS =
  /^[*_\s]*(?:component|service|stage|step|layer|part|hop|operation|module|tier|process|sub-?system|pipeline stage)s?(?!\p{L})/iu;
const CASES =
  /^[*_\s]*(?:regions?|countr(?:y|ies)|markets?|cit(?:y|ies)|tenants?|segments?|compan(?:y|ies)|competitors?|scenarios?|options?|cases?|phases?|milestones?|releases?|versions?|years?|quarters?|months?|dates?|models?|experiments?|runs?|variants?|approach(?:es)?|algorithms?|alternatives?|plans?|env(?:ironment)?s?|candidates?)(?!\p{L})/iu;

/** One reading of a row: where its columns give a fact several values, that of the column which says what is asked, else none. */
export function oneOfRow(readings: readonly { readonly line: ProseLine; readonly read: Reading }[]): Reading {
  const all = readings.flatMap(({ line, read }) =>
    read.proposals.map((proposal) => ({ proposal, key: proposal.path.join("."), column: numberColumn(line) })),
  );
  const remarks: Remark[] = readings.flatMap(({ read }) => read.remarks);
  const proposals = all.flatMap(({ proposal, key, column }) => {
    const rivals = all.filter((one) => one.key === key && one.proposal.value !== proposal.value);
    const isAsked = ASKED.test(column) && rivals.every((one) => !ASKED.test(one.column));
    if (rivals.length === 0 || isAsked) return [proposal];
    remarks.push({
      step: proposal.step,
      says: `also read: ${key} as ${proposal.value}, said of one of several columns; not proposed`,
      at: proposal.at,
      isNumber: true,
    });
    return [];
  });
  return { proposals, remarks };
}

const ASKED =
  /(?<!\p{L})(?:targets?|goals?|values?|requirements?|required|needed|slos?|slas?|limits?|budgets?|assum\p{L}+|estimates?|design(?:ed)?|objectives?|numbers?|answers?|amounts?)(?!\p{L})/iu;

/** Of a row with one number. */
function numberColumn(line: ProseLine): string {
  const cells = cellsOf(line.text);
  const at = cells.findIndex((cell, i) => i > 0 && HAS_NUMBER.test(cell));
  return line.columns?.[at] ?? "";
}
