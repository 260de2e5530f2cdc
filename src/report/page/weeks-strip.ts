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
/** A name takes about this share of the axis. */
const ROOM_OF_NAME = 0.1;
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

/** Weeks and parts on an axis from 0, where the data begins, to 1. */
export interface SplitWeeks {
  readonly title: string;
  /** `height` as a share of the highest; no part where the week is used for nothing. */
  readonly bars: readonly {
    readonly from: number;
    readonly until: number;
    readonly height: number;
    readonly part: string | undefined;
  }[];
  /** `level` 1 where the name of the part before begins at the same place: its own stands above it. */
  readonly parts: readonly {
    readonly name: string;
    readonly from: number;
    readonly until: number;
    readonly level: 0 | 1;
  }[];
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
  /** For whoever does not see it. */
  readonly says: string;
}

/** Undefined where the run left no cuts or no counts by week. */
export function splitWeeks(run: MeasuredRun): SplitWeeks | undefined {
  const parts = partsOf(run);
  const start = figuresOf(run, { step: 3, name: "data from" }).at(0)?.value;
  const { title, counts } = weeklyCounts(run);
  if (parts.length === 0 || start === undefined || counts.length < 2) return undefined;
  const end = Math.max(...parts.map(({ until }) => until), start + (counts.length - 1) * WEEK);
  const place = (time: number): number => (time - start) / (end - start);
  const most = Math.max(...counts);
  return {
    title,
    bars: counts.map((count, i) => {
      const [from, until] = [start + i * WEEK, Math.min(end, start + (i + 1) * WEEK)];
      const part = parts.find((one) => (from + until) / 2 >= one.from && (from + until) / 2 <= one.until)?.name;
      return { from: place(from), until: place(until), height: count / most, part };
    }),
    parts: leveled(parts.map(({ name, from, until }) => ({ name, from: place(from), until: place(until) }))),
    ticks: [0, 1, 2, 3, 4].map((i) => ({ share: i / 4, text: day(start + (i / 4) * (end - start)) })),
    says: `${title}, ${parts.map(({ name, from, until }) => `${name} ${day(from)} to ${day(until)}`).join(", ")}`,
  };
}

function leveled(parts: readonly Omit<SplitWeeks["parts"][number], "level">[]): SplitWeeks["parts"] {
  let before: SplitWeeks["parts"][number] | undefined;
  return parts.map((part) => {
    const isNear = before !== undefined && part.from - before.from < ROOM_OF_NAME;
    before = { ...part, level: isNear && before?.level === 0 ? 1 : 0 };
    return before;
  });
}

/** Empty where there is nothing to draw. */
export function weeksStrip(run: MeasuredRun): string {
  const weeks = splitWeeks(run);
  if (weeks === undefined) return "";
  const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
  const bars = weeks.bars.map(({ from, until, height, part }) => {
    const tall = height * (HEIGHT.base - HEIGHT.top);
    const width = Math.max(0.2, 100 * (until - from) - 0.35);
    const fill = part === undefined ? 'fill="url(#hatch)"' : FILLS[part];
    return `<rect x="${percent(from)}" width="${width.toFixed(2)}%" y="${(HEIGHT.base - tall).toFixed(1)}" height="${tall.toFixed(1)}" ${fill}/>`;
  });
  const heads = weeks.parts.map(({ name, from, until, level }) => {
    const [x1, x2] = [percent(from), percent(until)];
    const y = 24 - 14 * level;
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const short =
      name === "validation"
        ? `<text class="only-narrow" x="${x1}" y="${y}" style="fill:var(--ink);font-weight:600">Val.</text>`
        : "";
    return `<line x1="${x1}" x2="${x2}" y1="34" y2="34" stroke="var(--ink)" stroke-width="1.5"/><text${short === "" ? "" : ' class="only-wide"'} x="${x1}" y="${y}" style="fill:var(--ink);font-weight:600">${title}</text>${short}`;
  });
  const cuts = weeks.parts
    .slice(1)
    .map(({ from }) => `<line x1="${percent(from)}" x2="${percent(from)}" y1="28" y2="142" class="limit"/>`);
  const days = weeks.ticks.map(({ share, text }, i) => {
    const anchor = i === 0 ? "start" : i === 4 ? "end" : "middle";
    const narrow = i % 2 === 1 ? ' class="only-wide"' : "";
    return `<text${narrow} x="${percent(share)}" y="158" text-anchor="${anchor}">${text}</text>`;
  });
  return `<figure><figcaption>${typeset(weeks.title)}, and what each week may be used for</figcaption><div class="strip"><svg role="img" aria-label="${escapeHtml(weeks.says)}" width="100%" height="${HEIGHT.whole}">${bars.join("")}<line x1="0" x2="100%" y1="${HEIGHT.base}" y2="${HEIGHT.base}" class="zero"/>${heads.join("")}${cuts.join("")}${days.join("")}</svg></div>${partTable(partsOf(run))}</figure>`;
}

const FILLS: Readonly<Record<string, string>> = {
  train: 'class="b-soft"',
  validation: 'class="b-model"',
  test: 'class="b-system"',
};

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
