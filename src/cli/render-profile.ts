/** A profile of data as text: each table's columns with what they seem to be and why, then what no data can answer. */

import { fileName } from "../core/file-name.ts";
import { formatNumber, formatShare } from "../core/format-figure.ts";
import { inOneLine } from "../core/one-line.ts";
import { plural } from "../core/plural.ts";
import { openQuestions } from "../steps/3-data/profile/open-questions.ts";
import type { FilesProfile, ProfiledFile } from "../steps/3-data/profile/profiled-files.ts";
import { daysSpanned, type ProfiledColumn } from "../steps/3-data/profile/profiled-table.ts";
import { endOfRange } from "../steps/3-data/profile/seeming-role.ts";
import { renderTable } from "./render-table.ts";
import type { Terminal } from "./terminal.ts";

/** Everything that was found, in the order in which it is needed. */
export function renderProfile(profile: FilesProfile, terminal: Pick<Terminal, "paint">): string {
  const { files, joins, system, why } = profile;
  const lines: string[] = [];
  for (const file of files) lines.push(...renderFile(file, terminal), "");
  for (const { from, column, to, toColumn, share } of joins)
    lines.push(
      inOneLine(`${formatShare(share)} of the different \`${column}\` of ${from} are in \`${toColumn}\` of ${to}`),
    );
  lines.push(
    `seems to be for ${system === "unknown" ? "no system of rows that is known" : system}: ${inOneLine(why)}`,
    "",
  );
  lines.push(terminal.paint("bold", "What the data cannot answer"));
  openQuestions(profile).forEach((question, at) => {
    lines.push(`${String(at + 1).padStart(3)}  ${inOneLine(question)}`);
  });
  return lines.join("\n");
}

function renderFile({ paths, profile }: ProfiledFile, terminal: Pick<Terminal, "paint">): readonly string[] {
  const { rows, columns, understood, time, repeated, leaks, positives, weeks, malformed, contradiction } = profile;
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
  const head = `${terminal.paint("bold", fileName(paths[0]))}${more}: ${rowsOf(rows)}, ${plural(columns.length, "column")}${understood.length === 0 ? "" : `; ${understood.join("; ")}`}`;
  const shown = columns.slice(0, MOST_COLUMNS);
  const table = renderTable(
    {
      title: "",
      header: ["column", "seems", "missing", "different", "commonest, or from … to", "why"],
      rows: shown.map((column) => [
        column.name,
        column.role,
        share(column.missing / Math.max(1, column.rows)),
        `${column.isCounted ? "" : "≈"}${formatNumber(column.distinct)}`,
        valuesOf(column),
        column.why,
      ]),
    },
    terminal,
  );
  const said: string[] = [];
  if (columns.length > shown.length)
    said.push(`${plural(columns.length - shown.length, "more column")}: --json or --html has all`);
  if (time !== undefined) {
    const days = daysSpanned(time);
    const rate = days > 0 ? `, ${formatNumber(rows / days, 3)} rows a day` : "";
    said.push(`from ${day(time.first)} to ${day(time.last)} (${formatNumber(days, 3)} d)${rate}`);
    if (time.doubtful > 0)
      said.push(
        `${formatNumber(time.doubtful)} ${time.doubtful === 1 ? "cell" : "cells"} of \`${time.column}\`: no moment, or before 1980, or after today`,
      );
  }
  if (positives !== undefined) said.push(`positives: ${share(positives)}`);
  said.push(
    repeated === 1
      ? "1 row repeats an earlier one"
      : `${profile.isRepeatedEstimated && repeated > 0 ? "about " : ""}${formatNumber(repeated)} rows repeat an earlier one`,
  );
  if (contradiction !== undefined)
    said.push(
      `${rowsOf(contradiction.rows)} ${contradiction.rows === 1 ? "differs" : "differ"} in \`${contradiction.differing}\` from the last of the same ${contradiction.by.map((name) => `\`${name}\``).join(", ")}`,
    );
  if (malformed !== undefined)
    said.push(
      `${rowsOf(malformed.count)} ${malformed.count === 1 ? "is" : "are"} not as the others: ${malformed.reason} (${malformed.where})`,
    );
  for (const { column, why } of leaks) said.push(`leak: \`${column}\` gives the label away: ${why}`);
  const drift = driftOf(weeks);
  if (drift !== undefined) said.push(drift);
  return [head, ...table.filter((line) => line.trim() !== ""), ...said.map(inOneLine)];
}

const MOST_COLUMNS = 40;

function rowsOf(count: number): string {
  return count === 1 ? "1 row" : `${formatNumber(count)} rows`;
}

function valuesOf({ kind, least, most, top, distinct }: ProfiledColumn): string {
  const isNumber = kind === "number" || kind === "whole";
  if (isNumber && distinct > 12) return `${endOfRange(least)} … ${endOfRange(most)}`;
  return top
    .slice(0, 3)
    .map(({ value, share: part }) => `${value.length > 18 ? `${value.slice(0, 17)}…` : value} ${share(part)}`)
    .join(", ");
}

function share(value: number): string {
  const percent = value * 100;
  if (value > 0 && percent < 0.01) return "<0.01%";
  return value < 1 && percent > 99.99 ? ">99.99%" : `${Number(percent.toPrecision(3))}%`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The first and the last quarter of the whole weeks beside each other. */
function driftOf(weeks: ProfiledFile["profile"]["weeks"]): string | undefined {
  const whole = weeks.slice(0, -1).filter(({ mean }) => Number.isFinite(mean));
  if (whole.length < 4) return undefined;
  const quarter = Math.floor(whole.length / 4);
  const meanOf = (part: typeof whole): number =>
    part.reduce((sum, { mean, rows }) => sum + mean * rows, 0) / part.reduce((sum, { rows }) => sum + rows, 0);
  const [first, last] = [meanOf(whole.slice(0, quarter)), meanOf(whole.slice(-quarter))];
  return `by week: the mean of the value or label is ${formatNumber(first, 3)} in the first quarter and ${formatNumber(last, 3)} in the last`;
}
