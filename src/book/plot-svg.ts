/** A plot as one SVG for paper: few shapes, told apart in grey by form and weight, its texts in the book's own sans. */

import { escapeHtml } from "../report/escape-html.ts";
import type { Mark, Plot, PlotRow } from "../report/plot.ts";
import { typeset } from "./rich-text.ts";

/** Units of the drawing; the page scales it to its width. */
export interface PlotRoom {
  readonly width: number;
  readonly names: number;
  readonly values: number;
}

export const WIDE: PlotRoom = { width: 640, names: 190, values: 130 };
export const NARROW: PlotRoom = { width: 340, names: 110, values: 92 };

export const INK = "#14181d";
export const INK3 = "#5f6873";
export const LINE = "#e1e4e8";
const FILLS = { system: "#0f55b0", model: "#5c82b6", soft: "#c9d5e6", budget: "none", granted: "url(#hatch)" } as const;
const STROKES = { system: "#0f55b0", model: "#5c82b6", baseline: "#6c7580", truth: INK, ink: INK } as const;
export const HATCH = `<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="#868f9a" stroke-width="1.6"/></pattern></defs>`;
const HEAD = 34;
/** Of texts that lines run behind: the paper's own colour around each letter, so that none is struck through. */
export const CLEAR = ' paint-order="stroke" stroke="#ffffff" stroke-width="4" stroke-linejoin="round"';
const BOLD = ' font-weight="600"';
/** Letters are about this wide at 12 px. */
export const LETTER = 6.1;

export function plotSvg(plot: Plot, room: PlotRoom = WIDE): string {
  const frame = { from: room.names + 8, to: room.width - room.values - 8 };
  const place = placer(plot, frame);
  let y = HEAD + 8;
  const rows = plot.rows.map((row) => {
    const drawn = typeof row === "string" ? groupRow(row, y) : plotRow(row, plot, y, place, room);
    y += drawn.height;
    return drawn.svg;
  });
  const bottom = y + 2;
  const grid = plot.ticks.map(({ at }) => vertical(place(at).x, HEAD, bottom, LINE, 1));
  // A line of the plot goes behind the number of an axis, and not through it.
  const ticks = plot.ticks.map(({ at, text }) => {
    const half = (typeset(text).length * LETTER) / 2;
    const paper = rect(place(at).x - half, place(at).x + half, HEAD - 18, 16, "#ffffff");
    return paper + words(place(at).x, HEAD - 6, typeset(text), "middle", INK3);
  });
  const lines = plot.lines.flatMap(({ at, kind, label }) => {
    const { x } = place(at);
    const isLate = x > frame.from + 0.6 * (frame.to - frame.from);
    return [
      vertical(
        x,
        HEAD - (label === "" ? 0 : 22),
        bottom,
        kind === "ref" ? INK3 : INK,
        1.2,
        kind === "zero" ? "" : "4 3",
      ),
      ...(label === "" ? [] : [words(x + (isLate ? -4 : 4), 12, typeset(label), isLate ? "end" : "start", INK, CLEAR)]),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${room.width} ${bottom.toFixed(0)}" width="${room.width}" height="${bottom.toFixed(0)}" font-family="'Source Sans 3', sans-serif" font-size="12">${HATCH}${[...grid, ...lines, ...ticks, ...rows].join("")}</svg>`;
}

type Place = (at: number) => { readonly x: number; readonly beyond: -1 | 0 | 1 };

function placer({ scale, from, to }: Plot, frame: { readonly from: number; readonly to: number }): Place {
  const share = (at: number): number =>
    scale === "log" ? Math.log(Math.max(at, from) / from) / Math.log(to / from) : (at - from) / (to - from);
  return (at) => {
    const part = share(at);
    const held = Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0;
    return { x: frame.from + held * (frame.to - frame.from), beyond: part < -1e-9 ? -1 : part > 1 + 1e-9 ? 1 : 0 };
  };
}

function groupRow(label: string, y: number): { svg: string; height: number } {
  return { svg: words(0, y + 15, typeset(label), "start", INK, BOLD + CLEAR), height: 24 };
}

function plotRow(row: PlotRow, plot: Plot, y: number, place: Place, room: PlotRoom): { svg: string; height: number } {
  const name = wrap(row.isCode === true ? row.name : typeset(row.name), room.names / LETTER);
  const small = row.small === undefined ? [] : wrap(typeset(row.small), (room.names / LETTER) * 1.1);
  const value = wrap(row.state === undefined ? typeset(row.value) : row.state.word, room.values / LETTER);
  const below = row.below === undefined ? [] : wrap(typeset(row.below), (room.values / LETTER) * 1.1);
  const lines = Math.max(name.length + small.length, value.length + below.length, 1);
  const height = Math.max(plot.layout === "dense" ? 20 : 26, lines * 14 + 8);
  const middle = y + height / 2;
  const column = (
    parts: readonly string[],
    softer: readonly string[],
    x: number,
    anchor: "start" | "end",
  ): string[] => {
    const top = middle - ((parts.length + softer.length) * 14) / 2 + 11;
    return [
      ...parts.map((part, i) => words(x, top + i * 14, part, anchor, INK)),
      ...softer.map((part, i) => words(x, top + (parts.length + i) * 14, part, anchor, INK3)),
    ];
  };
  const bands = row.marks.filter(({ form }) => form === "band");
  const others = row.marks.filter(({ form }) => form !== "band");
  const marks = [...bands, ...others].map((one) => mark(one, middle, height, place));
  const texts = others.map((one) => textOfBar(one, middle, place, room, plot.layout === "bars"));
  return {
    svg: [...marks, ...texts, ...column(name, small, 0, "start"), ...column(value, below, room.width, "end")].join(""),
    height,
  };
}

function mark(one: Mark, y: number, height: number, place: Place): string {
  switch (one.form) {
    case "band":
      return rect(place(one.from).x, place(one.to).x, y - height / 2, height, "#e4e7eb");
    case "limit":
      return vertical(place(one.at).x, y - 11, y + 11, INK, 1.5);
    case "bar": {
      const [from, to] = [place(one.from).x, place(one.to).x];
      const stroke = one.fill === "budget" || one.fill === "granted" ? ' stroke="#868f9a"' : "";
      return rect(from, to, y - 7, 14, FILLS[one.fill], stroke);
    }
    case "dot":
      return dot(one, y, place);
    default:
      return one satisfies never;
  }
}

/**
 * Behind the bar in a plot of bars; elsewhere bars follow one another, and a name stands within its own or nowhere: behind it, it would
 * name the next. Over all bars of the row, so that no edge is drawn through it.
 */
function textOfBar(one: Mark, y: number, place: Place, room: PlotRoom, isBars: boolean): string {
  if (one.form !== "bar" || one.text === "") return "";
  const [from, to] = [place(one.from).x, place(one.to).x];
  const text = typeset(one.text);
  const isDark = one.fill === "system" || one.fill === "model";
  const within = (size: number): string =>
    words(
      from + 4,
      y + 4,
      text,
      "start",
      isDark ? "#ffffff" : INK,
      `${size === 12 ? "" : ` font-size="${size}"`}${isDark ? "" : CLEAR}`,
    );
  if (isBars) {
    const isLong = to + 6 + text.length * LETTER > room.width - room.values;
    return isLong ? within(12) : words(to + 5, y + 4, text, "start", INK, CLEAR);
  }
  const size = [12, 10].find((tried) => text.length * LETTER * (tried / 12) + 6 <= to - from);
  return size === undefined ? "" : within(size);
}

/** Roles differ in shape and size, so that grey paper tells them apart. */
function dot({ at, interval, role }: Extract<Mark, { form: "dot" }>, y: number, place: Place): string {
  const { x, beyond } = place(at);
  const stroke = STROKES[role];
  const width = role === "system" ? 3 : 2;
  const span =
    interval === null
      ? ""
      : `<line x1="${n(place(interval[0]).x)}" x2="${n(place(interval[1]).x)}" y1="${n(y)}" y2="${n(y)}" stroke="${stroke}" stroke-width="${width}"/>`;
  if (beyond !== 0)
    return `${span}<path d="M${n(x)} ${n(y - 6)} l${6 * beyond} 6 l${-6 * beyond} 6 z" fill="${stroke}"/>`;
  if (role === "baseline")
    return `${span}<circle cx="${n(x)}" cy="${n(y)}" r="4.5" fill="#ffffff" stroke="${stroke}" stroke-width="2"/>`;
  if (role === "truth")
    return `${span}<path d="M${n(x)} ${n(y - 6)} l6 6 l-6 6 l-6 -6 z" fill="#ffffff" stroke="${stroke}" stroke-width="1.6"/>`;
  return `${span}<circle cx="${n(x)}" cy="${n(y)}" r="${role === "system" ? 6 : 4}" fill="${stroke}"/>`;
}

function vertical(x: number, from: number, to: number, stroke: string, width: number, dash = ""): string {
  return `<line x1="${n(x)}" x2="${n(x)}" y1="${n(from)}" y2="${n(to)}" stroke="${stroke}" stroke-width="${width}"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`;
}

function rect(from: number, to: number, y: number, height: number, fill: string, more = ""): string {
  return `<rect x="${n(Math.min(from, to))}" width="${n(Math.max(1.5, Math.abs(to - from)))}" y="${n(y)}" height="${n(height)}" fill="${fill}"${more}/>`;
}

function words(
  x: number,
  y: number,
  text: string,
  anchor: "start" | "middle" | "end",
  fill: string,
  more = "",
): string {
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}" fill="${fill}"${more}>${escapeHtml(text)}</text>`;
}

function wrap(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((one) => cut(one, Math.floor(letters)))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length === 1 && lines[0] === "" ? [] : lines;
}

/** A long name breaks behind its own signs; only a part that is still too long breaks within. */
function cut(word: string, letters: number): string[] {
  if (word.length <= letters) return [word];
  const parts = word
    .split(/(?<=[_\-./])/u)
    .flatMap((part) => (part.length <= letters ? [part] : (part.match(new RegExp(`.{1,${letters}}`, "gu")) ?? [part])));
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length <= letters) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

function n(value: number): string {
  return value.toFixed(1);
}
