/** The system of a design as a figure of the book: the drawing that the report and the studio have, in the colours of paper. */

import { describeSystem } from "../note/describe-system.ts";
import type { DesignEstimate } from "../note/estimate-design.ts";
import { drawSystemSvg } from "../report/system-svg.ts";
import type { Design } from "../steps/design.ts";
import type { DrawnNode } from "../system/system-drawing.ts";
import type { Block } from "./document.ts";
import { NARROW } from "./plot-svg.ts";

/** A little more than the plots of the book have: its text is set smaller by as much, and stays readable. */
const ROOM = 760;

/** Nothing where the note names no stages. */
export function systemBlocks(design: Design, estimate: DesignEstimate, isPocket: boolean): Block[] {
  const drawing = describeSystem(design, estimate);
  if (drawing === undefined) return [];
  const { nodes, edges } = drawing;
  const says = nodes.map((node, i) => {
    const flows = edges[i]?.lines.join(", ") ?? "";
    return `${saidOf(node)}${flows === "" ? "" : `; then ${flows}`}`;
  });
  return [
    {
      kind: "figure",
      svg: drawSystemSvg(drawing, { width: isPocket ? NARROW.width : ROOM, theme: "paper" }),
      caption: "The system at the peak, by facts and estimates",
      says: `${says.join(". ")}.`,
    },
  ];
}

function saidOf({ name, what, rows, isBroken }: DrawnNode): string {
  const facts = rows.map((row) => `${row.name} ${row.value}`);
  return `${name}${what === "" ? "" : ` (${what})`}${isBroken ? ", which breaks" : ""}${facts.length === 0 ? "" : `: ${facts.join(", ")}`}`;
}
