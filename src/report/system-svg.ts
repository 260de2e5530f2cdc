/** Draws a system as SVG: boxes in the order of serving, what flows on the arrows, what breaks with a heavy line and a cross. */

import type { DrawnEdge, DrawnNode, SystemDrawing } from "../system/system-drawing.ts";
import { escapeHtml } from "./escape-html.ts";

export interface SystemSvgOptions {
  /** Pixels that there are: side by side where the boxes fit, one below the other where they do not. Side by side where absent. */
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
  const { isRow, box, gap } = layout(drawing, room);
  const heights = nodes.map(heightOf);
  const tallest = Math.max(...heights);
  const width = isRow ? nodes.length * box + edges.length * gap : Math.max(box, 42 + widest(edges.map(acrossText)));
  // Paper sets a drawing as wide as its column: one that is narrow keeps its size by the room beside it.
  const canvas = theme === "paper" && room !== undefined ? Math.max(width, room - 2) : width;
  const total = isRow ? tallest : heights.reduce((sum, one) => sum + one, edges.length * BELOW);
  /** Where each box begins, from the left or from the top. */
  const starts = nodes.map((_, i) =>
    isRow ? i * (box + gap) : heights.slice(0, i).reduce((sum, one) => sum + one + BELOW, 0),
  );
  const boxes = nodes.map((node, i) =>
    isRow
      ? drawNode(node, starts[i], 0, { box, height: tallest })
      : drawNode(node, 0, starts[i], { box, height: heights[i] }),
  );
  const arrows = edges.map((edge, i) =>
    isRow ? drawAcross(edge, starts[i] + box, { gap, height: tallest }) : drawDown(edge, starts[i] + heights[i]),
  );
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
  readonly isRow: boolean;
  readonly box: number;
  readonly gap: number;
}

/** Boxes hold their longest line, gaps what flows through them; text is never made smaller to fit. */
function layout({ nodes, edges }: SystemDrawing, room: number | undefined): Layout {
  const least = Math.max(LEAST_BOX, ...nodes.map(leastBox));
  const narrow = Math.max(LEAST_GAP, Math.ceil(widest(edges.flatMap(({ lines }) => lines)) + 10));
  const [box, gap] = [Math.max(BOX, least), Math.max(GAP, narrow)];
  const wide = (one: number, between: number): number => nodes.length * one + edges.length * between + 2;
  if (room === undefined || wide(box, gap) <= room) return { isRow: true, box, gap };
  if (wide(least, narrow) > room) return { isRow: false, box, gap };
  const spare = Math.floor((room - 2 - edges.length * narrow) / nodes.length);
  return { isRow: true, box: Math.min(box, spare), gap: narrow };
}

function leastBox({ name, what, rows }: DrawnNode): number {
  const lines = rows.map(({ name: label, value, isBroken }) => `${label}  ${isBroken ? "✕ " : ""}${value}`);
  return Math.ceil(Math.max(widest(lines), widest([cut(name), cut(what)]) * 1.06) + 2 * PAD);
}

function widest(lines: readonly string[]): number {
  return LETTER * Math.max(0, ...lines.map((line) => line.length));
}

function acrossText({ lines }: DrawnEdge): string {
  return lines.join(" · ");
}

function heightOf({ what, rows }: DrawnNode): number {
  return PAD * 2 + LINE * (1 + (what === "" ? 0 : 1) + rows.length) + (rows.length > 0 ? 6 : 0);
}

interface BoxSize {
  readonly box: number;
  readonly height: number;
}

function drawNode({ name, what, rows, isBroken }: DrawnNode, x: number, y: number, { box, height }: BoxSize): string {
  let at = y + PAD + 12;
  const parts = [
    `<rect class="box${isBroken ? " broken" : ""}" x="${x}" y="${y}" width="${box}" height="${height}" rx="4"/>`,
    text(x + PAD, at, cut(name), "name"),
  ];
  if (what !== "") {
    at += LINE;
    parts.push(text(x + PAD, at, cut(what)));
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
  x: number,
  { gap, height }: { readonly gap: number; readonly height: number },
): string {
  const y = Math.min(34, height / 2);
  const said = lines.map((line, i) =>
    text(x + gap / 2, i === 0 ? y - 7 : y + 4 + i * LINE - 1, line, i === 0 ? "" : "label", "middle"),
  );
  return [
    `<path class="arrow" d="M${x + 4} ${y}H${x + gap - 8}"/>`,
    `<path class="head" d="M${x + gap - 10} ${y - 4}l7 4l-7 4z"/>`,
    ...said,
  ].join("\n");
}

function drawDown(edge: DrawnEdge, y: number): string {
  const x = 28;
  return [
    `<path class="arrow" d="M${x} ${y + 4}V${y + 38}"/>`,
    `<path class="head" d="M${x - 4} ${y + 36}l4 7l4 -7z"/>`,
    text(x + 14, y + 28, acrossText(edge)),
  ].join("\n");
}

function text(x: number, y: number, said: string, style = "", anchor = "start"): string {
  const own = style === "" ? "" : ` class="${style}"`;
  return `<text x="${x}" y="${y}"${own} text-anchor="${anchor}">${escapeHtml(said)}</text>`;
}

/** So many letters of a name are shown. */
const LETTERS = 24;

function cut(said: string): string {
  return said.length <= LETTERS ? said : `${said.slice(0, LETTERS - 1)}…`;
}
