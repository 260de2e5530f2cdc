/** A profile of data as one self-contained page: a histogram a column, without script and without network. */

import { fileName } from "../core/file-name.ts";
import { formatNumber, formatShare } from "../core/format-figure.ts";
import { plural } from "../core/plural.ts";
import { escapeHtml } from "../report/escape-html.ts";
import { STYLE } from "../report/page/style.ts";
import { openQuestions } from "../steps/3-data/profile/open-questions.ts";
import type { FilesProfile, ProfiledFile } from "../steps/3-data/profile/profiled-files.ts";
import type { ProfiledColumn } from "../steps/3-data/profile/profiled-table.ts";
import { endOfRange } from "../steps/3-data/profile/seeming-role.ts";

/** The page; every text out of the data is escaped. */
export function profilePage(profile: FilesProfile): string {
  const title = profile.files
    .flatMap(({ paths }) => paths.map(fileName))
    .slice(0, 3)
    .join(", ");
  const questions = openQuestions(profile).map((question) => `<li>${escapeHtml(question)}</li>`);
  const joins = profile.joins.map(
    ({ from, column, to, toColumn, share }) =>
      `<p>${formatShare(share)} of the different <code>${escapeHtml(column)}</code> of ${escapeHtml(from)} are in <code>${escapeHtml(toColumn)}</code> of ${escapeHtml(to)}.</p>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; }
.column { border: 1px solid currentColor; border-radius: .4rem; padding: .6rem .8rem; overflow-wrap: anywhere; }
.column h3 { margin: 0 0 .2rem; font-size: 1rem; }
.column p { margin: .2rem 0; font-size: .85rem; }
.column svg { width: 100%; height: 4.5rem; display: block; margin-top: .4rem; }
.column .bar { fill: currentColor; opacity: .55; }
</style>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
<p>Seems to be for <strong>${escapeHtml(profile.system)}</strong>: ${escapeHtml(profile.why)}.</p>
${profile.files.map(fileSection).join("\n")}
${joins.join("\n")}
<h2>What the data cannot answer</h2>
<ol>${questions.join("\n")}</ol>
</main></body>
</html>
`;
}

function fileSection({ paths, profile }: ProfiledFile): string {
  const { rows, columns, understood, time } = profile;
  const span = time === undefined ? "" : ` From ${day(time.first)} to ${day(time.last)}.`;
  return `<h2>${escapeHtml(paths.map(fileName).slice(0, 3).join(", "))}</h2>
<p>${formatNumber(rows)} rows, ${plural(columns.length, "column")}. ${escapeHtml(understood.join("; "))}.${span}</p>
<div class="columns">${columns.map(columnBox).join("\n")}</div>`;
}

function columnBox(column: ProfiledColumn): string {
  const missing = column.missing === 0 ? "" : ` ${formatShare(column.missing / column.rows)} missing.`;
  return `<section class="column"><h3>${escapeHtml(column.name)}</h3>
<p><strong>${column.role}</strong>: ${escapeHtml(column.why)}.${missing}</p>
${column.histogram.counts.length > 0 && column.distinct > 12 ? histogram(column) : bars(column)}</section>`;
}

function histogram({ name, histogram: { from, to, counts } }: ProfiledColumn): string {
  const most = Math.max(...counts, 1);
  const width = 100 / counts.length;
  const rects = counts.map((count, at) => {
    const height = (count / most) * 40;
    return `<rect class="bar" x="${(at * width).toFixed(2)}" y="${(40 - height).toFixed(2)}" width="${(width * 0.9).toFixed(2)}" height="${height.toFixed(2)}"/>`;
  });
  return `<svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label="histogram of ${escapeHtml(name)}">${rects.join("")}</svg>
<p>${escapeHtml(endOfRange(from))} … ${escapeHtml(endOfRange(to))}</p>`;
}

function bars({ top, name }: ProfiledColumn): string {
  const height = 40 / Math.max(1, top.length);
  const rects = top.map(
    ({ share }, at) =>
      `<rect class="bar" x="0" y="${(at * height).toFixed(2)}" width="${(share * 100).toFixed(2)}" height="${(height * 0.8).toFixed(2)}"/>`,
  );
  const words = top.slice(0, 5).map(({ value, share }) => `${value.slice(0, 30)} ${formatShare(share)}`);
  return `<svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label="commonest values of ${escapeHtml(name)}">${rects.join("")}</svg>
<p>${escapeHtml(words.join(" · "))}</p>`;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
