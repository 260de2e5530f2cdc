/** Step 3 on paper: events by week, and what each week may be used for, as the report draws it. */

import { escapeHtml } from "../report/escape-html.ts";
import { type SplitWeeks, splitWeeks } from "../report/page/weeks-strip.ts";
import type { RunRecord } from "../system/run-record.ts";
import { svg } from "./chart-svg.ts";
import type { Block } from "./document.ts";
import { HATCH, INK, INK3 } from "./plot-svg.ts";

const TOP = 44;
const BASE = 128;
const FILLS: Readonly<Record<string, string>> = { train: "#c9d5e6", validation: "#5c82b6", test: "#0f55b0" };

/** Nothing where the run left no cuts or no counts by week. */
export function weekBlocks(record: RunRecord, width: number): Block[] {
  const weeks = splitWeeks(record);
  if (weeks === undefined) return [];
  return [
    {
      kind: "figure",
      svg: draw(weeks, width),
      caption: `${weeks.title}, and what each week may be used for`,
      says: weeks.says,
    },
  ];
}

function draw({ bars, parts, ticks }: SplitWeeks, width: number): string {
  const at = (share: number): number => Math.round(share * width * 10) / 10;
  const rects = bars.map(
    ({ from, until, height, part }) =>
      `<rect x="${at(from)}" width="${Math.max(0.6, at(until) - at(from) - 1.5)}" y="${(BASE - height * (BASE - TOP)).toFixed(1)}" height="${(height * (BASE - TOP)).toFixed(1)}" fill="${part === undefined ? "url(#hatch)" : FILLS[part]}"/>`,
  );
  const heads = parts.map(({ name, from, until, level }, i) => {
    const x = at(from);
    const title = width < 400 && name === "validation" ? "val." : name;
    const cut =
      i === 0
        ? ""
        : `<line x1="${x}" x2="${x}" y1="26" y2="${BASE + 4}" stroke="${INK}" stroke-width="1.2" stroke-dasharray="4 3"/>`;
    return `${cut}<line x1="${x}" x2="${at(until)}" y1="32" y2="32" stroke="${INK}" stroke-width="1.5"/><text x="${x + (i === 0 ? 0 : 4)}" y="${24 - 14 * level}" font-weight="600" fill="${INK}">${title}</text>`;
  });
  const days = (width < 400 ? ticks.filter((_, i) => i % 2 === 0) : ticks).map(({ share, text }) => {
    const anchor = share < 0.05 ? "start" : share > 0.95 ? "end" : "middle";
    return `<text x="${at(share)}" y="${BASE + 18}" text-anchor="${anchor}" fill="${INK3}">${escapeHtml(text)}</text>`;
  });
  const base = `<line x1="0" x2="${width}" y1="${BASE}" y2="${BASE}" stroke="${INK3}"/>`;
  return svg(width, BASE + 26, [HATCH, ...rects, base, ...heads, ...days].join(""));
}
