/** Draws a system as SVG: boxes in the order of serving, what flows on the arrows, what breaks with a heavy line and a cross. */

import type { DrawnEdge, DrawnNode, SystemDrawing } from "../system/system-drawing.ts";
import { escapeHtml } from "./escape-html.ts";

export interface SystemSvgOptions {
  /** Side by side for a wide page, one below the other for a narrow one. */
  readonly direction: "row" | "column";
  /** With its colours, for a file of its own; without, where a page styles it by class. */
  readonly isAlone: boolean;
}

const BOX = 164;
const GAP = 92;
const LINE = 17;
const PAD = 10;
/** So many letters of 12 px fit into a box. */
const LETTERS = 24;

const STYLE = `text{font:12px -apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;fill:#434b55}.name{font-weight:600;font-size:13px;fill:#14181d}.label{fill:#5f6873}.box{fill:#fff;stroke:#858e99}.broken{stroke:#b02318;stroke-width:1.5}.bad{fill:#b02318}.arrow{stroke:#434b55;fill:none}.head{fill:#434b55}@media (prefers-color-scheme:dark){text{fill:#bcc3cb}.name{fill:#e8eaed}.label{fill:#98a1ac}.box{fill:#101317;stroke:#717b87}.broken{stroke:#ff8d83}.bad{fill:#ff8d83}.arrow{stroke:#bcc3cb}.head{fill:#bcc3cb}}`;

/** SVG text. A title says in words what is drawn. */
export function drawSystemSvg(
  { title, nodes, edges }: SystemDrawing,
  { direction, isAlone }: SystemSvgOptions,
): string {
  const height = Math.max(...nodes.map(heightOf));
  const isRow = direction === "row";
  const step = isRow ? BOX + GAP : height + 46;
  const width = isRow ? nodes.length * BOX + edges.length * GAP : BOX + 110;
  const total = isRow ? height : nodes.length * height + edges.length * 46;
  const boxes = nodes.map((node, i) => drawNode(node, isRow ? i * step : 0, isRow ? 0 : i * step, height));
  const arrows = edges.map((edge, i) =>
    isRow ? drawAcross(edge, i * step + BOX, height) : drawDown(edge, i * step + height),
  );
  const said = `The system of ${title}: ${nodes.map(({ name, isBroken }) => `${name}${isBroken ? " (breaks)" : ""}`).join(", then ")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="system-svg" viewBox="-1 -1 ${width + 2} ${total + 2}" width="${width + 2}" height="${total + 2}" role="img" aria-label="${escapeHtml(said)}">`,
    ...(isAlone ? [`<style>${STYLE}</style>`] : []),
    ...arrows,
    ...boxes,
    "</svg>",
  ].join("\n");
}

function heightOf({ what, rows }: DrawnNode): number {
  return PAD * 2 + LINE * (1 + (what === "" ? 0 : 1) + rows.length) + (rows.length > 0 ? 6 : 0);
}

function drawNode({ name, what, rows, isBroken }: DrawnNode, x: number, y: number, height: number): string {
  let at = y + PAD + 12;
  const parts = [
    `<rect class="box${isBroken ? " broken" : ""}" x="${x}" y="${y}" width="${BOX}" height="${height}" rx="4"/>`,
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
    parts.push(text(x + BOX - PAD, at, breaks ? `✕ ${value}` : value, breaks ? "bad" : "", "end"));
  }
  return parts.join("\n");
}

function drawAcross({ lines }: DrawnEdge, x: number, height: number): string {
  const y = Math.min(34, height / 2);
  const said = lines.map((line, i) =>
    text(x + GAP / 2, i === 0 ? y - 7 : y + 4 + i * LINE - 1, line, i === 0 ? "" : "label", "middle"),
  );
  return [
    `<path class="arrow" d="M${x + 4} ${y}H${x + GAP - 8}"/>`,
    `<path class="head" d="M${x + GAP - 10} ${y - 4}l7 4l-7 4z"/>`,
    ...said,
  ].join("\n");
}

function drawDown({ lines }: DrawnEdge, y: number): string {
  const x = 28;
  return [
    `<path class="arrow" d="M${x} ${y + 4}V${y + 38}"/>`,
    `<path class="head" d="M${x - 4} ${y + 36}l4 7l4 -7z"/>`,
    text(x + 14, y + 28, lines.join(" · ")),
  ].join("\n");
}

function text(x: number, y: number, said: string, style = "", anchor = "start"): string {
  const own = style === "" ? "" : ` class="${style}"`;
  return `<text x="${x}" y="${y}"${own} text-anchor="${anchor}">${escapeHtml(said)}</text>`;
}

function cut(said: string): string {
  return said.length <= LETTERS ? said : `${said.slice(0, LETTERS - 1)}…`;
}
