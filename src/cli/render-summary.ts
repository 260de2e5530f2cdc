/** A run in at most 40 lines: headline, ledger, four intervals, the strip, what to do next and what not to believe yet. */

import { forestRows } from "../report/summary/forest-rows.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Advice, LedgerRow, State } from "../system/run-summary.ts";
import { drawForest } from "./draw-forest.ts";
import type { Style, Terminal } from "./terminal.ts";
import { wrapSentence } from "./wrap-text.ts";

type Painter = Pick<Terminal, "paint" | "width" | "interactive">;

/** What a window of 40 lines holds without scrolling, below the line on the steps and the one of `npm start`. */
export const MOST_LINES = 34;

/** Below this the ledger stands in two lines a question, and the drawing and the strip are left to the report. */
const WIDE = 96;

/** `after` are the lines that name files: they are counted, and not shortened. */
export function renderSummary(record: RunRecord, terminal: Painter, after: readonly string[]): string {
  const isWide = terminal.interactive && terminal.width >= WIDE;
  const width = Math.max(60, Math.min(terminal.width, isWide ? 100 : 80));
  // What is least missed goes first where it does not fit.
  const economies: readonly Economy[] = [
    { doubts: 4, texts: true, slices: 2, strip: true },
    { doubts: 3, texts: true, slices: 2, strip: true },
    { doubts: 2, texts: true, slices: 2, strip: true },
    { doubts: 2, texts: true, slices: 0, strip: true },
    { doubts: 2, texts: false, slices: 0, strip: true },
    { doubts: 2, texts: false, slices: 0, strip: false },
  ];
  for (const economy of economies) {
    const lines = [...render(record, terminal, economy, isWide, width), "", ...after];
    if (lines.length <= MOST_LINES) return lines.join("\n");
  }
  const lines = [...render(record, terminal, { ...economies[5], doubts: 1 }, false, width), "", ...after];
  // Names longer than any line may still take more: the files are named all the same.
  const room = MOST_LINES - after.length - 1;
  return [...lines.slice(0, room), "", ...after].slice(-MOST_LINES).join("\n");
}

interface Economy {
  readonly doubts: number;
  /** Whether reasons are told, or short forms alone. */
  readonly texts: boolean;
  readonly slices: number;
  readonly strip: boolean;
}

function render(record: RunRecord, terminal: Painter, economy: Economy, isWide: boolean, width: number): string[] {
  const { title, data, summary } = record;
  const head = `${terminal.paint("bold", title)}, ${data.simulated ? terminal.paint("yellow", `on ${data.source}`) : `on ${data.source}`}`;
  const lines = [
    ...wrapSentence(head, width, ""),
    ...wrapSentence(`${summary.headline.verdict} ${summary.headline.doubt}`.trim(), width, ""),
    "",
    ...ledger(summary.ledger, terminal, isWide, width),
  ];
  if (isWide) {
    const forest = drawForest(forestRows(record, economy.slices), terminal, width);
    if (forest.length > 0) lines.push("", ...forest);
    if (economy.strip) lines.push("", ...strip(record, terminal));
  }
  lines.push("", ...advice("Do next", summary.next, economy.texts, width, terminal, true));
  if (summary.doubts.length > 0)
    lines.push(
      ...advice("Do not believe yet", summary.doubts.slice(0, economy.doubts), economy.texts, width, terminal, false),
    );
  return lines;
}

const COLOUR: Readonly<Record<State, Style>> = { ok: "green", open: "yellow", bad: "red", none: "dim" };

function ledger(rows: readonly LedgerRow[], { paint }: Painter, isWide: boolean, width: number): string[] {
  const questions = Math.max(...rows.map(({ question }) => question.length)) + 2;
  const verdicts = Math.max(...rows.map(({ verdict }) => verdict.length)) + 2;
  return rows.flatMap((row) => {
    const told = row.parts.length === 0 ? [row.line] : partLines(row.parts);
    const head = `  ${paint("dim", row.question)}${" ".repeat(questions - row.question.length)}${paint(COLOUR[row.state], row.verdict)}`;
    const indent = 2 + questions + verdicts;
    // Parts stand below each other: where one is too long for the column, all of them begin further left.
    const isBlock = !isWide || (row.parts.length > 0 && told.some((one) => one.length > width - indent));
    if (isBlock) return [head, ...told.flatMap((one) => wrapSentence(one, width, "      "))];
    const [first = "", ...rest] = told.flatMap((one) => wrapSentence(one, width - indent, ""));
    return [
      `${head}${" ".repeat(verdicts - row.verdict.length)}${first}`,
      ...rest.map((one) => `${" ".repeat(indent)}${one}`),
    ];
  });
}

/** More ways of making it smaller than these are counted: the report has all. */
const MOST_PARTS = 6;

function partLines(parts: LedgerRow["parts"]): string[] {
  const shown = parts.slice(0, MOST_PARTS).map(partLine);
  return parts.length > MOST_PARTS ? [...shown, `and ${parts.length - MOST_PARTS} more`] : shown;
}

/** `als int8 kept, 3.8x smaller`, `ranking pruned to 50% not settled: -0.4% [-6.1, 5.6], limit 1%`. */
function partLine({ name, verdict, size, words }: LedgerRow["parts"][number]): string {
  if (words !== "") return `${name} ${verdict}: ${words}`;
  return size === "" ? `${name} ${verdict}` : `${name} ${verdict}, ${size}`;
}

const STATE_WORD: Readonly<Record<State, string>> = { ok: "ok", open: "open", bad: "bad", none: "none" };

function strip({ summary }: RunRecord, { paint }: Painter): string[] {
  return summary.strip.map(
    ({ step, name, state, words }) =>
      `  ${step} ${name.toLowerCase().padEnd(14)}${paint(COLOUR[state], STATE_WORD[state].padEnd(7))}${words}`,
  );
}

function advice(
  title: string,
  items: readonly Advice[],
  withTexts: boolean,
  width: number,
  { paint }: Painter,
  isNumbered: boolean,
): string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap(({ short, text, command }, i) => {
    const lead = isNumbered ? `    ${i + 1}  ` : "    ";
    const said = command !== "" ? `${short}: ${command}` : withTexts ? `${short}: ${lower(text)}` : `${short}.`;
    const [first, ...rest] = wrapSentence(said.replaceAll("`", ""), width - lead.length, "");
    return [`${lead}${first}`, ...rest.map((one) => `${" ".repeat(lead.length)}${one}`)];
  });
  return [`  ${paint("bold", title)}`, ...lines];
}

/** After a colon a sentence goes on small, unless a name or a symbol begins it. */
function lower(text: string): string {
  return /^[A-Z][a-z]|^A\s/u.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
}
