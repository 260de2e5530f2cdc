/** Draws a plot as a table: SVG with places in percent and heights in pixels, so that one drawing fits all widths without script. */

import { capital } from "../../core/capital.ts";
import { escapeHtml } from "../escape-html.ts";
import type { Mark, Plot, PlotRow } from "../plot.ts";
import { stateMark } from "./state-mark.ts";
import { typeset } from "./typeset.ts";

/** Defined once a page: the hatching of what is granted, left out or not real. */
export const HATCH =
  '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" class="hatchline"/></pattern></defs></svg>';

export function plotTable(plot: Plot): string {
  const place = placer(plot);
  const labelled = plot.lines.filter(({ label }) => label !== "");
  const isLow = labelled.length === 0;
  const head = `<thead><tr><td></td><td class="draw${isLow ? " lo" : ""}"><svg aria-hidden="true">${axis(plot, place, isLow ? 15 : 34)}</svg></td><td class="num"></td></tr></thead>`;
  const rows = plot.rows.map((row) =>
    typeof row === "string"
      ? `<tr class="group"><th colspan="3" scope="colgroup">${typeset(row)}</th></tr>`
      : drawRow(row, plot, place),
  );
  const layout = plot.layout === "rows" ? "" : ` ${plot.layout}`;
  return `<figure><figcaption>${typeset(capital(plot.caption))}</figcaption><table class="plot${layout}" aria-label="${escapeHtml(plot.caption)}">${head}<tbody>${rows.join("\n")}</tbody></table></figure>`;
}

type Place = (at: number) => { readonly percent: string; readonly beyond: -1 | 0 | 1 };

/** Where a value stands, held inside the frame. */
function placer({ scale, from, to }: Plot): Place {
  const share = (at: number): number =>
    scale === "log" ? (at <= 0 ? -1 : Math.log(at / from) / Math.log(to / from)) : (at - from) / (to - from);
  return (at) => {
    const x = share(at);
    const beyond = x < -1e-9 ? -1 : x > 1 + 1e-9 ? 1 : 0;
    return { percent: `${(100 * Math.min(1, Math.max(0, x))).toFixed(2)}%`, beyond };
  };
}

/** Texts at the ends of the axis lean inwards, so that none is cut. */
function anchor(percent: string): "start" | "middle" | "end" {
  const x = Number.parseFloat(percent);
  return x < 4 ? "start" : x > 96 ? "end" : "middle";
}

function axis({ ticks, lines }: Plot, place: Place, y: number): string {
  const texts = ticks.map(({ at, text }) => {
    const { percent } = place(at);
    return `<text x="${percent}" y="${y}" text-anchor="${anchor(percent)}">${typeset(text)}</text>`;
  });
  const labels = lines
    .filter(({ label }) => label !== "")
    .map(({ at, label, kind }) => {
      const { percent } = place(at);
      const x = Number.parseFloat(percent);
      const [side, dx] = x > 60 ? ["end", -4] : ["start", 4];
      return `<text x="${percent}" y="14" dx="${dx}" text-anchor="${side}" style="fill:var(--ink-2)">${typeset(label)}</text><line x1="${percent}" x2="${percent}" y1="4" y2="38" class="${kind}"/>`;
    });
  return [...texts, ...labels].join("");
}

function drawRow(row: PlotRow, plot: Plot, place: Place): string {
  const grid = plot.ticks.map(({ at }) => across(place(at).percent, "grid"));
  const lines = plot.lines.map(({ at, kind }) => across(place(at).percent, kind));
  const bands = row.marks.filter(({ form }) => form === "band");
  const others = row.marks.filter(({ form }) => form !== "band");
  const marks = [...bands, ...others].map((mark) => drawMark(mark, place, plot.layout === "bars"));
  const name = row.isCode === true ? `<code>${escapeHtml(row.name)}</code>` : typeset(row.name);
  const small = row.small === undefined || row.small === "" ? "" : `<small>${typeset(row.small)}</small>`;
  const value =
    row.state === undefined
      ? typeset(row.value)
      : `<span class="t-${row.state.state} st">${stateMark(row.state.state)} ${typeset(row.state.word)}</span>`;
  const below = row.below === undefined || row.below === "" ? "" : `<small>${typeset(row.below)}</small>`;
  return `<tr><th scope="row" class="name">${name}${small}</th><td class="draw"><svg aria-hidden="true">${[...(bands.length > 0 ? [] : grid), ...lines, ...marks].join("")}</svg></td><td class="val num">${value}${below}</td></tr>`;
}

function across(percent: string, kind: string): string {
  return `<line x1="${percent}" x2="${percent}" y1="0" y2="100%" class="${kind}"/>`;
}

function drawMark(mark: Mark, place: Place, isBars: boolean): string {
  switch (mark.form) {
    case "band":
      return `<rect x="${place(mark.from).percent}" width="${width(mark, place)}" y="0" height="100%" class="band"/>`;
    case "limit":
      return `<line x1="${place(mark.at).percent}" x2="${place(mark.at).percent}" y1="3" y2="27" class="limit" stroke-dasharray="none"/>`;
    case "bar":
      return drawBar(mark, place, isBars);
    case "dot":
      return drawDot(mark, place);
    default:
      return mark satisfies never;
  }
}

function width({ from, to }: { readonly from: number; readonly to: number }, place: Place): string {
  const size = Number.parseFloat(place(to).percent) - Number.parseFloat(place(from).percent);
  return `${Math.max(0.3, size).toFixed(2)}%`;
}

function drawBar(mark: Extract<Mark, { form: "bar" }>, place: Place, isBars: boolean): string {
  const x = place(mark.from).percent;
  const [y, height] = isBars ? [9, 12] : [6, 18];
  const fill = mark.fill === "granted" ? 'fill="url(#hatch)" style="stroke:var(--hatch)"' : `class="b-${mark.fill}"`;
  const bar = `<rect x="${x}" width="${width(mark, place)}" y="${y}" height="${height}" ${fill}/>`;
  if (mark.text === "") return bar;
  const end = place(mark.to).percent;
  // At the frame's end the number stands on a ground of its own, before the bar's end.
  if (isBars && Number.parseFloat(end) > 85)
    return `${bar}<svg x="${end}" overflow="visible"><rect x="${-13 - Math.round(7.4 * mark.text.length)}" width="${9 + Math.round(7.4 * mark.text.length)}" y="5" height="20" class="ground"/><text x="-8" y="20" text-anchor="end" style="fill:var(--ink);font-size:14px">${typeset(mark.text)}</text></svg>`;
  return isBars
    ? `${bar}<text x="${end}" dx="8" y="20" text-anchor="start" style="fill:var(--ink);font-size:14px">${typeset(mark.text)}</text>`
    : `${bar}<text class="only-wide" x="${x}" dx="5" y="19" style="fill:var(--ink-2);paint-order:stroke;stroke:var(--paper);stroke-width:4px">${typeset(mark.text)}</text>`;
}

const RADIUS = { system: 6, model: 4, baseline: 4.5, truth: 5, ink: 4 } as const;
const STROKE = { system: 3, model: 2, baseline: 2, truth: 2, ink: 1.5 } as const;

/** A value beyond the frame is an arrow at its edge; its number stands in the row. */
function drawDot({ at, interval, role }: Extract<Mark, { form: "dot" }>, place: Place): string {
  const point = place(at);
  const line = role === "truth" ? "ink" : role;
  const bar =
    interval === null
      ? ""
      : `<line x1="${place(interval[0]).percent}" x2="${place(interval[1]).percent}" y1="50%" y2="50%" class="r-${line}" stroke-width="${STROKE[role]}"/>`;
  if (point.beyond !== 0) {
    const tip = point.beyond > 0 ? "M-8-4 0 0-8 4" : "M8-4 0 0 8 4";
    return `${bar}<svg x="${point.percent}" y="50%" overflow="visible"><path d="${tip}" fill="none" class="r-ink" stroke-width="1.5"/></svg>`;
  }
  const shape =
    role === "truth"
      ? '<path d="M0-6 6 0 0 6-6 0z" class="f-truth"/>'
      : `<circle r="${RADIUS[role]}" class="f-${role}"/>`;
  return `${bar}<svg x="${point.percent}" y="50%" overflow="visible">${shape}</svg>`;
}
