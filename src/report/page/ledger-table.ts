/** The ledger: each question with its verdict, a line, a small drawing and the number. */

import { capital } from "../../core/capital.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { spanOf } from "../plot.ts";
import { stateMark } from "./state-mark.ts";
import { inline, typeset } from "./typeset.ts";

export function ledgerTable(ledger: readonly LedgerRow[]): string {
  return `<table class="ledger"><tbody>${ledger.map(drawRow).join("\n")}</tbody></table>`;
}

function drawRow(row: LedgerRow): string {
  const verdict = `<p><span class="st t-${row.state}">${stateMark(row.state)} ${typeset(capital(row.verdict))}</span></p>`;
  const line = row.line === "" ? "" : `<p class="detail">${inline(capital(row.line))}. ${inline(row.detail)}</p>`;
  const parts = row.parts.map(
    ({ name, state, verdict: one, size, words }) =>
      `<li>${stateMark(state)} <b>${typeset(name)}</b>${size === "" ? "" : `, ${typeset(size)}`}: <span class="t-${state}">${typeset(one)}</span>${words === "" ? "" : `<span class="q3">, ${typeset(words)}</span>`}</li>`,
  );
  const list = parts.length === 0 ? "" : `<ul class="three">${parts.join("")}</ul>`;
  const bounds = row.bounds === "" ? "" : `<span>${typeset(row.bounds)}</span>`;
  return `<tr><th scope="row"><a href="#step-${row.step}">${typeset(row.question)}</a></th><td class="a">${verdict}${line}${list}</td><td class="draw">${drawing(row)}</td><td class="v"><b>${typeset(row.value)}</b>${bounds}</td></tr>`;
}

function drawing({ drawing: what }: LedgerRow): string {
  if (what === null) return "";
  return what.form === "share" ? share(what) : differences(what.marks);
}

type Drawing = NonNullable<LedgerRow["drawing"]>;

/** What was used of a limit, the granted part hatched. Beyond the limit the bar goes on to the frame's end. */
function share({ measured, granted, limit }: Extract<Drawing, { form: "share" }>): string {
  const whole = Math.max(limit, measured + granted);
  const percent = (value: number): string => `${((100 * value) / whole).toFixed(2)}%`;
  const bars = [
    `<rect x="0" width="${percent(measured)}" y="9" height="12" class="b-system"/>`,
    ...(granted > 0
      ? [
          `<rect x="${percent(measured)}" width="${percent(granted)}" y="9" height="12" fill="url(#hatch)" style="stroke:var(--hatch)"/>`,
        ]
      : []),
  ];
  return `<svg aria-hidden="true"><line x1="0" x2="100%" y1="21" y2="21" class="grid"/>${bars.join("")}<line x1="${percent(limit)}" x2="${percent(limit)}" y1="3" y2="27" class="limit"/></svg>`;
}

type Marks = Extract<Drawing, { form: "differences" }>["marks"];

/** Differences below each other on one axis that holds zero, each with its own limit where it has one. */
function differences(marks: Marks): string {
  const { from, to } = spanOf(marks.flatMap(({ value, interval, limit }) => [value, ...(interval ?? []), limit ?? 0]));
  const room = (to - from) * 0.04;
  const percent = (at: number): string => `${((100 * (at - from + room)) / (to - from + 2 * room)).toFixed(2)}%`;
  const isClauses = marks.every(({ limit }) => limit !== null);
  const isPair = marks.length > 1 && !isClauses;
  const step = isPair ? 26 : 18;
  const first = isClauses ? 31 : isPair ? 14 : 18;
  const height = first + step * (marks.length - 1) + 14;
  const rows = marks.map(({ value, interval, limit, role, label }, i) => {
    const y = first + i * step;
    const radius = role === "system" ? 6 : 4;
    const wide = role === "system" ? 3 : 2;
    const own =
      limit === null
        ? ""
        : `<line x1="${percent(limit)}" x2="${percent(limit)}" y1="${y - 8}" y2="${y + 8}" class="limit" stroke-dasharray="none"/>`;
    const bar =
      interval === null
        ? ""
        : `<line x1="${percent(interval[0])}" x2="${percent(interval[1])}" y1="${y}" y2="${y}" class="r-${role}" stroke-width="${wide}"/>`;
    const dot = `<svg x="${percent(value)}" y="${y}" overflow="visible"><circle r="${radius}" class="f-${role}"/></svg>`;
    return `${own}${bar}${dot}${isPair ? besideMark(label, interval ?? [value, value], percent, y) : ""}`;
  });
  const zero = isClauses ? "" : `<line x1="${percent(0)}" x2="${percent(0)}" y1="0" y2="${height - 8}" class="zero"/>`;
  const word = isClauses
    ? `<text x="${percent(marks[0].limit ?? 0)}" y="15" text-anchor="middle">limit</text>`
    : isPair
      ? ""
      : `<text x="${percent(0)}" y="${height + 8}" text-anchor="${Number.parseFloat(percent(0)) > 60 ? "end" : "start"}">${marks[0].label}</text>`;
  return `<svg aria-hidden="true" style="height:${height}px">${zero}${rows.join("")}${word}</svg>`;
}

/** Columns of the drawing where it is narrowest, and of a letter, in pixels. */
const NARROWEST = 132;
const LETTER = 6;
const BESIDE = 7;

/** The word on the side of the interval that has room; above the interval where the line of no difference would go through the word. */
function besideMark(
  label: string,
  [low, high]: readonly [number, number],
  percent: (at: number) => string,
  y: number,
): string {
  const isLeft = Number.parseFloat(percent(high)) > 60;
  const gap = Number.parseFloat(percent(low)) - Number.parseFloat(percent(0));
  const crosses = gap >= 0 && (gap / 100) * NARROWEST < label.length * LETTER + 2 * BESIDE;
  if (isLeft && crosses) return `<text x="${percent(low)}" y="${y - 8}">${label}</text>`;
  return isLeft
    ? `<text x="${percent(low)}" dx="-7" y="${y + 4}" text-anchor="end">${label}</text>`
    : `<text x="${percent(high)}" dx="7" y="${y + 4}">${label}</text>`;
}
