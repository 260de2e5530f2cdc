/** Step 3: events by week, coloured by what each week may be used for, with the cuts and the table of the parts below. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { escapeHtml } from "../escape-html.ts";
import { figuresOf } from "../figures.ts";
import { rowsOfPart, SPLIT_PARTS } from "../plots/parts.ts";
import { typeset } from "./typeset.ts";

interface Part {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly count: string;
  readonly use: string;
}

const WEEK = 7 * 86_400;
const HEIGHT = { top: 45, base: 138, whole: 164 } as const;

/** The cuts of a split as figures of step 3: `train from`, `train until` and so on, in seconds since 1970. */
export function partsOf(run: MeasuredRun): Part[] {
  const dates = figuresOf(run, { step: 3, subject: "split" }).filter(({ unit }) => unit === "time");
  const at = (name: string): number | undefined => dates.find((one) => one.name === name)?.value;
  return SPLIT_PARTS.flatMap(({ name, use }) => {
    const [from, until] = [at(`${name} from`), at(`${name} until`)];
    if (from === undefined || until === undefined) return [];
    const counted = rowsOfPart(run, name);
    return [{ name, from, until, count: counted === undefined ? "" : counted.value.toLocaleString("en-US"), use }];
  });
}

/** Empty where the run left no cuts or no counts by week. */
export function weeksStrip(run: MeasuredRun): string {
  const parts = partsOf(run);
  const start = figuresOf(run, { step: 3, name: "data from" }).at(0)?.value;
  const weeks = weeklyCounts(run);
  if (parts.length === 0 || start === undefined || weeks.counts.length < 2) return "";
  const end = Math.max(...parts.map(({ until }) => until), start + (weeks.counts.length - 1) * WEEK);
  const place = (time: number): number => (100 * (time - start)) / (end - start);
  const most = Math.max(...weeks.counts);
  const bars = weeks.counts.map((count, i) => {
    const [from, until] = [start + i * WEEK, Math.min(end, start + (i + 1) * WEEK)];
    const height = (count / most) * (HEIGHT.base - HEIGHT.top);
    const width = Math.max(0.2, place(until) - place(from) - 0.35);
    return `<rect x="${place(from).toFixed(2)}%" width="${width.toFixed(2)}%" y="${(HEIGHT.base - height).toFixed(1)}" height="${height.toFixed(1)}" ${fillOf((from + until) / 2, parts)}/>`;
  });
  const heads = parts.map(({ name, from, until }) => {
    const [x1, x2] = [place(from), place(until)];
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const short =
      name === "validation"
        ? `<text class="only-narrow" x="${x1.toFixed(2)}%" y="24" style="fill:var(--ink);font-weight:600">Val.</text>`
        : "";
    return `<line x1="${x1.toFixed(2)}%" x2="${x2.toFixed(2)}%" y1="34" y2="34" stroke="var(--ink)" stroke-width="1.5"/><text${short === "" ? "" : ' class="only-wide"'} x="${x1.toFixed(2)}%" y="24" style="fill:var(--ink);font-weight:600">${title}</text>${short}`;
  });
  const cuts = parts
    .slice(1)
    .map(
      ({ from }) =>
        `<line x1="${place(from).toFixed(2)}%" x2="${place(from).toFixed(2)}%" y1="28" y2="142" class="limit"/>`,
    );
  const label = `${weeks.title}, ${parts.map(({ name, from, until }) => `${name} ${day(from)} to ${day(until)}`).join(", ")}`;
  return `<figure><figcaption>${typeset(weeks.title)}, and what each week may be used for</figcaption><div class="strip"><svg role="img" aria-label="${escapeHtml(label)}" width="100%" height="${HEIGHT.whole}">${bars.join("")}<line x1="0" x2="100%" y1="${HEIGHT.base}" y2="${HEIGHT.base}" class="zero"/>${heads.join("")}${cuts.join("")}${months(start, end, place)}</svg></div>${partTable(parts)}</figure>`;
}

function weeklyCounts(run: MeasuredRun): { readonly title: string; readonly counts: readonly number[] } {
  const chart = run.charts.find(({ step, chart: one }) => step === 3 && / by week$/u.test(one.title))?.chart;
  const points: unknown = chart?.points;
  const counts: number[] = [];
  for (const point of Array.isArray(points) ? points : []) {
    const { x, y } = Object(point);
    if (typeof x === "number" && typeof y === "number") counts[x] = (counts[x] ?? 0) + y;
  }
  return { title: chart?.title ?? "", counts: Array.from(counts, (count) => count ?? 0) };
}

function fillOf(time: number, parts: readonly Part[]): string {
  const part = parts.find(({ from, until }) => time >= from && time <= until);
  const fills: Readonly<Record<string, string>> = {
    train: 'class="b-soft"',
    validation: 'class="b-model"',
    test: 'class="b-system"',
  };
  return part === undefined ? 'fill="url(#hatch)"' : fills[part.name];
}

function months(start: number, end: number, place: (time: number) => number): string {
  const at = [0, 1, 2, 3, 4].map((i) => start + (i / 4) * (end - start));
  return at
    .map((time, i) => {
      const anchor = i === 0 ? "start" : i === 4 ? "end" : "middle";
      const narrow = i % 2 === 1 ? ' class="only-wide"' : "";
      return `<text${narrow} x="${place(time).toFixed(2)}%" y="158" text-anchor="${anchor}">${day(time)}</text>`;
    })
    .join("");
}

function partTable(parts: readonly Part[]): string {
  const rows = parts.map(
    ({ name, from, until, count, use }) =>
      `<tr><th scope="row">${name.charAt(0).toUpperCase()}${name.slice(1)}</th><td class="nw">${day(from)} to ${day(until)}</td><td class="num">${count}</td><td class="wide">${use}</td></tr>`,
  );
  return `<table class="lines"><thead><tr><th scope="col">part</th><th scope="col">days</th><th scope="col" class="num">events</th><th scope="col" class="wide">used for</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14 Jun 2025`, in UTC. */
export function day(seconds: number): string {
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
