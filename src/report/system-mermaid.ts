/** A system as a Mermaid flowchart, for pages that draw those: the same boxes, arrows and breaks as the SVG. */

import type { SystemDrawing } from "../system/system-drawing.ts";

export function drawSystemMermaid({ nodes, edges }: SystemDrawing): string {
  const boxes = nodes.map(({ name, what, rows }, i) => {
    const lines = [
      name,
      ...(what === "" ? [] : [what]),
      ...rows.map((row) => `${row.name} ${row.value}${row.isBroken ? " (breaks)" : ""}`),
    ];
    return `  s${i}["${lines.map(plain).join("<br/>")}"]`;
  });
  const arrows = edges.map(({ lines }, i) => {
    const said = lines.length === 0 ? "" : `|"${lines.map(plain).join("<br/>")}"|`;
    return `  s${i} -->${said} s${i + 1}`;
  });
  const broken = nodes.flatMap(({ isBroken }, i) => (isBroken ? [`s${i}`] : []));
  const marks =
    broken.length === 0
      ? []
      : ["  classDef broken stroke:#b02318,stroke-width:2px", `  class ${broken.join(",")} broken`];
  return `${["flowchart LR", ...boxes, ...arrows, ...marks].join("\n")}\n`;
}

/** What would end the label, or begin a tag in it, as Mermaid's own codes. */
function plain(text: string): string {
  return text
    .replaceAll("#", "#35;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;")
    .replaceAll(/\s+/gu, " ");
}
