/** Draws a system as SVG: boxes in the order of serving, what flows on the arrows, what breaks with a heavy line and a cross. */

import type { DrawnEdge, DrawnNode, SystemDrawing } from "../system/system-drawing.ts";
import { escapeHtml } from "./escape-html.ts";

export interface SystemSvgOptions {
  /** Pixels that there are: as many boxes side by side as fit, and on in the next line. All side by side where absent. */
  readonly width?: number;
  /** `page`: styled by classes where it stands. `file`: with its own colours, light and dark. `paper`: with the light ones and the book's font. */
  readonly theme: "page" | "file" | "paper";
}

const BOX = 164;
const LEAST_BOX = 104;
const GAP = 92;
const LEAST_GAP = 60;
const BELOW = 46;
const LINE = 17;
const PAD = 10;
/** Width of a letter of 12 px, on the safe side. */
const LETTER = 6.4;

const SCREEN_FONT = '-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif';
const LIGHT = `fill:#434b55}.name{font-weight:600;font-size:13px;fill:#14181d}.label{fill:#5f6873}.box{fill:#fff;stroke:#858e99}.broken{stroke:#b02318;stroke-width:1.5}.bad{fill:#b02318}.arrow{stroke:#434b55;fill:none}.head{fill:#434b55}`;
const DARK = `@media (prefers-color-scheme:dark){text{fill:#bcc3cb}.name{fill:#e8eaed}.label{fill:#98a1ac}.box{fill:#101317;stroke:#717b87}.broken{stroke:#ff8d83}.bad{fill:#ff8d83}.arrow{stroke:#bcc3cb}.head{fill:#bcc3cb}}`;

/** SVG text. A title says in words what is drawn. */
export function drawSystemSvg(drawing: SystemDrawing, { width: room, theme }: SystemSvgOptions): string {
  const { title, nodes, edges } = drawing;
  const { each, box, gap } = layout(drawing, room);
  const lines = Array.from({ length: Math.ceil(nodes.length / each) }, (_, i) => nodes.slice(i * each, (i + 1) * each));
  const heights = lines.map((line) => Math.max(...line.map(heightOf)));
  const tops = heights.map((_, i) => heights.slice(0, i).reduce((sum, one) => sum + one + BELOW, 0));
  const across = each * box + (each - 1) * gap;
  const width = each > 1 ? across : Math.max(box, 42 + widest(edges.map(acrossText)));
  // Paper sets a drawing as wide as its column: one that is narrow keeps its size by the room beside it.
  const canvas = theme === "paper" && room !== undefined ? Math.max(width, room - 2) : width;
  const total = heights.reduce((sum, one) => sum + one, (lines.length - 1) * BELOW);
  const leftOf = (i: number): number => (i % each) * (box + gap);
  const lineOf = (i: number): number => Math.floor(i / each);
  const boxes = nodes.map((node, i) => drawNode(node, leftOf(i), tops[lineOf(i)], { box, height: heights[lineOf(i)] }));
  const arrows = edges.map((edge, i) => {
    const [line, left] = [lineOf(i), leftOf(i)];
    return lineOf(i + 1) === line
      ? drawAcross(edge, { x: left + box, y: tops[line] }, { gap, height: heights[line] })
      : drawDown(edge, tops[line] + heights[line], left);
  });
  const said = `The system of ${title}: ${nodes.map(({ name, isBroken }) => `${name}${isBroken ? " (breaks)" : ""}`).join(", then ")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="system-svg" viewBox="-1 -1 ${canvas + 2} ${total + 2}" width="${canvas + 2}" height="${total + 2}" role="img" aria-label="${escapeHtml(said)}">`,
    ...(theme === "page" ? [] : [`<style>${styleOf(theme)}</style>`]),
    ...arrows,
    ...boxes,
    "</svg>",
  ].join("\n");
}

function styleOf(theme: "file" | "paper"): string {
  return theme === "file"
    ? `text{font:12px ${SCREEN_FONT};${LIGHT}${DARK}`
    : `text{font-size:12px;font-family:"Source Sans 3";${LIGHT}`;
}

interface Layout {
  /** So many boxes stand side by side. */
  readonly each: number;
  readonly box: number;
  readonly gap: number;
}

/** Boxes hold their longest line, gaps what flows through them; text is never made smaller to fit. */
function layout({ nodes, edges }: SystemDrawing, room: number | undefined): Layout {
  const least = Math.max(LEAST_BOX, ...nodes.map(leastBox));
  const narrow = Math.max(LEAST_GAP, Math.ceil(widest(edges.flatMap(({ lines }) => lines)) + 10));
  const [box, gap] = [Math.max(BOX, least), Math.max(GAP, narrow)];
  const boxesIn = (one: number, between: number): number => Math.floor(((room ?? 0) - 2 + between) / (one + between));
  if (room === undefined || boxesIn(box, gap) >= nodes.length) return { each: Math.max(1, nodes.length), box, gap };
  if (boxesIn(least, narrow) >= nodes.length) {
    const spare = Math.floor((room - 2 - edges.length * narrow) / nodes.length);
    return { each: nodes.length, box: Math.min(box, spare), gap: narrow };
  }
  const most = boxesIn(box, gap);
  // Lines of one length, as far as there are boxes: three and two rather than four and one.
  if (most > 1) return { each: Math.ceil(nodes.length / Math.ceil(nodes.length / most)), box, gap };
  return { each: 1, box: Math.max(box, Math.min(room - 2, 2 * BOX)), gap };
}

function leastBox({ name, what, rows }: DrawnNode): number {
  const lines = rows.map(({ name: label, value, isBroken }) => `${label}  ${isBroken ? "✕ " : ""}${value}`);
  return Math.ceil(Math.max(widest(lines), widest([...wrapped(name), ...wrapped(what)]) * 1.06) + 2 * PAD);
}

function widest(lines: readonly string[]): number {
  return LETTER * Math.max(0, ...lines.map((line) => line.length));
}

function acrossText({ lines }: DrawnEdge): string {
  return lines.join(" · ");
}

function heightOf({ name, what, rows }: DrawnNode): number {
  const lines = wrapped(name).length + wrapped(what).length + rows.length;
  return PAD * 2 + LINE * lines + (rows.length > 0 ? 6 : 0);
}

interface BoxSize {
  readonly box: number;
  readonly height: number;
}

function drawNode({ name, what, rows, isBroken }: DrawnNode, x: number, y: number, { box, height }: BoxSize): string {
  let at = y + PAD + 12 - LINE;
  const parts = [
    `<rect class="box${isBroken ? " broken" : ""}" x="${x}" y="${y}" width="${box}" height="${height}" rx="4"/>`,
  ];
  const heads = [...wrapped(name).map((line) => [line, "name"]), ...wrapped(what).map((line) => [line, ""])];
  for (const [line, style] of heads) {
    at += LINE;
    parts.push(text(x + PAD, at, line, style));
  }
  at += 6;
  for (const { name: label, value, isBroken: breaks } of rows) {
    at += LINE;
    parts.push(text(x + PAD, at, label, "label"));
    parts.push(text(x + box - PAD, at, breaks ? `✕ ${value}` : value, breaks ? "bad" : "", "end"));
  }
  return parts.join("\n");
}

function drawAcross(
  { lines }: DrawnEdge,
  { x, y: top }: { readonly x: number; readonly y: number },
  { gap, height }: { readonly gap: number; readonly height: number },
): string {
  const y = top + Math.min(34, height / 2);
  const said = lines.map((line, i) =>
    text(x + gap / 2, i === 0 ? y - 7 : y + 4 + i * LINE - 1, line, i === 0 ? "" : "label", "middle"),
  );
  return [
    `<path class="arrow" d="M${x + 4} ${y}H${x + gap - 8}"/>`,
    `<path class="head" d="M${x + gap - 10} ${y - 4}l7 4l-7 4z"/>`,
    ...said,
  ].join("\n");
}

/** From the last box of a line, which begins at `left`, to the first of the next. */
function drawDown(edge: DrawnEdge, y: number, left: number): string {
  const x = 28;
  const [path, at] =
    left === 0
      ? [`M${x} ${y + 4}V${y + 38}`, { x: x + 14, y: y + 28 }]
      : [`M${left + x} ${y + 4}V${y + 22}H${x}V${y + 38}`, { x: x + 14, y: y + 17 }];
  return [
    `<path class="arrow" d="${path}"/>`,
    `<path class="head" d="M${x - 4} ${y + 36}l4 7l4 -7z"/>`,
    text(at.x, at.y, acrossText(edge)),
  ].join("\n");
}

function text(x: number, y: number, said: string, style = "", anchor = "start"): string {
  const own = style === "" ? "" : ` class="${style}"`;
  return `<text x="${x}" y="${y}"${own} text-anchor="${anchor}">${escapeHtml(said)}</text>`;
}

/** So many letters stand on a line of a box. */
const LETTERS = 24;

/** Lines of whole words; a word that is longer than a line is broken. None where nothing is said. */
function wrapped(said: string): string[] {
  const lines: string[] = [];
  const words = said.split(/\s+/u).flatMap((word) => word.match(new RegExp(`.{1,${LETTERS}}`, "gu")) ?? []);
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
