/** The report of a run as one self-contained page: readable without script, without network, light and dark, wide, narrow and printed. */

import type { RunRecord } from "../system/run-record.ts";
import { escapeHtml } from "./escape-html.ts";
import { plain } from "./numbers.ts";
import { HATCH } from "./page/plot-table.ts";
import { stepSection } from "./page/step-section.ts";
import { STYLE } from "./page/style.ts";
import { summaryPage } from "./page/summary-page.ts";
import { inline, typeset } from "./page/typeset.ts";
import type { ReportSection } from "./sections.ts";

/** A page is no larger than this, whatever the run left. */
export const MOST_BYTES = 150_000;
/** A page that shows photos may be this large. */
const MOST_BYTES_WITH_PHOTOS = 300_000;

/** Summary first, then the seven steps, then how it was made. `sections` are those of the record. */
export function renderHtml(record: RunRecord, sections: readonly ReportSection[]): string {
  const hasPhotos = sections.some(({ charts }) => charts.some(({ picture }) => picture !== undefined));
  const most = hasPhotos ? MOST_BYTES_WITH_PHOTOS : MOST_BYTES;
  // What matters is drawn first; drawings that few open have what room is left.
  const bare = page(
    record,
    sections,
    sections.map(() => 0),
  );
  let left = most - byteLength(bare);
  const rooms = sections.map(({ charts }) => {
    if (charts.length === 0 || left <= 0) return 0;
    const share = Math.floor(left / 2);
    left -= share;
    return share;
  });
  const whole = page(record, sections, rooms);
  return byteLength(whole) <= most ? whole : bare;
}

function page(record: RunRecord, sections: readonly ReportSection[], rooms: readonly number[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(record.title)} · Heptad run</title>
<style>${STYLE}</style>
</head>
<body>
${HATCH}
<header class="top"><div class="wrap"><b>Heptad</b><span>Run report</span><span class="sp"></span><span class="hide">${escapeHtml(record.design)}</span></div></header>
<main class="wrap" id="top">
${summaryPage(record)}
${sections.map((section, i) => stepSection(record, section, rooms[i])).join("\n")}
${review(record)}
${colophon(record, sections)}
</main>
</body>
</html>
`;
}

/** More findings than these are folded: `heptad check` shows them with what mends them. */
const MOST_OPEN = 5;

function review({ findings, design }: RunRecord): string {
  if (findings.length === 0) return "";
  const rows = findings.map(
    ({ severity, code, message, line }) =>
      `<tr><td><span class="st ${severity === "error" ? "t-bad" : severity === "warning" ? "t-open" : "t-none"}">${severity}</span></td><th scope="row"><code>${escapeHtml(code)}</code></th><td class="num">line ${line}</td><td class="wide">${inline(message)}</td></tr>`,
  );
  const table = `<table class="lines found"><tbody>${rows.join("")}</tbody></table>`;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const folded = `<details><summary>All findings${errors === 0 ? "" : `, ${errors === 1 ? "one error" : `${errors} errors`} among them`}</summary>${table}</details>`;
  return `<section class="step" id="review"><div class="sh"><div><h2>Review</h2></div></div><div class="main"><p class="answer">${findings.length === 1 ? "One finding" : `${findings.length} findings`} of the review in ${escapeHtml(design)}.</p>${findings.length > MOST_OPEN ? "" : table}</div><aside class="margin"></aside>${findings.length > MOST_OPEN ? folded : ""}</section>`;
}

function colophon({ version, seed, data, steps }: RunRecord, sections: readonly ReportSection[]): string {
  const seconds = steps.reduce((sum, one) => sum + one.seconds, 0);
  const parts = sections
    .filter((one) => one.seconds >= 0.5)
    .map((one) => `step ${one.step} ${plain(one.seconds, "s")}`);
  const kept = steps.filter(({ cached }) => cached).length;
  const time = `${plain(seconds, "s")}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
  return `<footer class="colophon"><h2>How this was made</h2>
<p>Heptad ${escapeHtml(version)}, seed ${seed}, on ${escapeHtml(data.source)}. ${typeset(time)}${kept === 0 ? "" : `; ${kept} of ${steps.length} stages kept from an earlier run`}. Intervals are 95${"\u202f"}%. The figures as data: <a href="run.json">run.json</a>.</p>
${data.simulated ? "<p>Simulated data: these figures show that the system works and how its parts compare in this simulated world. They say nothing about real people.</p>" : ""}
</footer>`;
}

/** Bytes in UTF-8. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
