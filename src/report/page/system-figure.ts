/** Step 6 of a report: the system at the peak as the note's facts and estimates draw it, with what breaks. */

import { capital } from "../../core/capital.ts";
import type { RunRecord } from "../../system/run-record.ts";
import { escapeHtml } from "../escape-html.ts";
import { drawSystemSvg } from "../system-svg.ts";
import { stateMark } from "./state-mark.ts";

/** Pixels of the report's middle column, on a screen and on A4, and of a phone's page. */
const WIDE = 744;
const NARROW = 328;

/** Empty where the note names no stages, and in a report of before there were drawings. */
export function systemFigure({ context: { drawing } }: Pick<RunRecord, "context">): string {
  if (drawing === undefined) return "";
  const broken = drawing.broken.map((one) => `<li>${stateMark("bad")} ${escapeHtml(capital(one))}.</li>`);
  return `<figure class="system"><figcaption>The system at the peak, by facts and estimates; measured times are below</figcaption>
<div class="row">${drawSystemSvg(drawing, { width: WIDE, theme: "page" })}</div>
<div class="col">${drawSystemSvg(drawing, { width: NARROW, theme: "page" })}</div>
${broken.length === 0 ? "" : `<ul class="said">${broken.join("")}</ul>`}</figure>`;
}
