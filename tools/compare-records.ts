/** Says which figures, remarks and alerts of two run records differ: `npm run compare-records -- A.json B.json`. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const textual = z.string().catch("");
const numeric = z.number().nullable().catch(null);

const figureSchema = z.looseObject({
  step: z.number(),
  name: z.string(),
  subject: z.string(),
  against: z.string().optional(),
  slice: textual,
  value: z.number(),
  unit: textual,
  interval: z.tuple([z.number(), z.number()]).nullable().catch(null),
  n: numeric,
  note: textual,
});
const alertSchema = z.looseObject({
  step: z.number(),
  kind: z.string(),
  metric: z.string(),
  condition: textual,
  measured: numeric,
  fires: z.boolean().nullable().catch(null),
});
const remarkSchema = z.looseObject({ step: z.number(), kind: z.string(), text: z.string() });

/** A record of any version: only what is compared is asked for. */
const recordSchema = z.looseObject({
  figures: z.array(figureSchema),
  remarks: z.array(remarkSchema),
  alerts: z.array(alertSchema),
});
export type ComparedRecord = z.infer<typeof recordSchema>;

export interface RecordDifferences {
  /** In one record only, or another value, interval, count, unit or note. One line each. */
  readonly figures: readonly string[];
  readonly remarks: readonly string[];
  readonly alerts: readonly string[];
  /** Figures, remarks and alerts that both records have alike. */
  readonly same: number;
  /** Times and bytes, which no two runs share: left out. */
  readonly leftOut: number;
}

/** Throws where the text is no run record. */
export function readRecord(text: string): ComparedRecord {
  return recordSchema.parse(JSON.parse(text));
}

export function compareRecords(before: ComparedRecord, after: ComparedRecord): RecordDifferences {
  const timed = new Set([...before.figures, ...after.figures].filter(isOfMachine).map(figureName));
  const figures = comparePart(before.figures.filter(isKept), after.figures.filter(isKept), figureName, figureText, {
    how: howFigureMoved,
  });
  const isOfFigures = ({ metric }: RecordAlert): boolean => !MACHINE_WORDS.test(metric);
  const alerts = comparePart(
    before.alerts.filter(isOfFigures),
    after.alerts.filter(isOfFigures),
    alertName,
    alertText,
    {
      how: howAlertMoved,
    },
  );
  const remarks = comparePart(before.remarks, after.remarks, remarkName, () => "");
  return {
    figures: figures.lines,
    remarks: remarks.lines,
    alerts: alerts.lines,
    same: figures.same + remarks.same + alerts.same,
    leftOut: timed.size,
  };
}

type RecordFigure = ComparedRecord["figures"][number];
type RecordAlert = ComparedRecord["alerts"][number];

/** Units of what a machine takes, and the steps 4 to 7 in which seconds are measured and not stated. */
const MACHINE_UNITS = new Set(["s", "ms", "us", "B", "requests/s", "predictions/s", "1/s", "x", "cores"]);
const MACHINE_WORDS =
  /latency|seconds|bytes|memory|throughput|qps|p50|p95|p99|replicas|per second|faster|speed|utili[sz]ation/iu;

function isOfMachine({ step, unit, name }: RecordFigure): boolean {
  return step >= 4 && (MACHINE_UNITS.has(unit) || MACHINE_WORDS.test(name));
}

function isKept(figure: RecordFigure): boolean {
  return !isOfMachine(figure);
}

function figureName({ step, name, subject, against, slice }: RecordFigure): string {
  const of = against === undefined ? subject : `${against} vs ${subject}`;
  return `step ${step}, ${name} of ${of}${slice === "all" || slice === "" ? "" : `, ${slice}`}`;
}

function figureText({ value, unit, interval, n, note }: RecordFigure): string {
  const bounds = interval === null ? "" : ` [${interval.join(", ")}]`;
  return `${value}${unit === "" ? "" : ` ${unit}`}${bounds}${n === null ? "" : `, n ${n}`}${note === "" ? "" : ` (${withoutTimes(note)})`}`;
}

/** Two ways of adding the same numbers up differ by less than this, relative. */
const LAST_DIGITS = 1e-9;

function isClose(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return a === b || Math.abs(a - b) <= LAST_DIGITS * Math.max(Math.abs(a), Math.abs(b));
}

function howFigureMoved(a: RecordFigure, b: RecordFigure): string {
  const ends = ({ interval }: RecordFigure): readonly (number | null)[] => interval ?? [null, null];
  const isSame = isClose(a.value, b.value) && ends(a).every((end, at) => isClose(end, ends(b)[at])) && a.n === b.n;
  if (!isSame) return "moved";
  return a.unit === b.unit && withoutTimes(a.note) === withoutTimes(b.note)
    ? "moved in the last digits"
    : "told otherwise";
}

function howAlertMoved(a: RecordAlert, b: RecordAlert): string {
  return a.fires === b.fires && isClose(a.measured, b.measured) ? "moved in the last digits" : "moved";
}

function alertName({ step, kind, metric, condition }: RecordAlert): string {
  return `step ${step}, ${kind} on ${metric}: ${condition}`;
}

function alertText({ measured, fires }: RecordAlert): string {
  return `${measured ?? "not measured"}, ${fires === null ? "not settled" : fires ? "fires" : "quiet"}`;
}

function remarkName({ step, kind, text }: ComparedRecord["remarks"][number]): string {
  return `step ${step}, ${kind}: ${withoutTimes(text)}`;
}

/** A text with its durations and sizes as `…`: a remark that quotes a latency differs from run to run. */
export function withoutTimes(text: string): string {
  return text.replaceAll(/\d[\d,.]*\s?(?:s|ms|us|µs|min|B|kB|MB|GB|MiB|GiB|requests\/s|\/s)(?![\w/])/gu, "…");
}

/** Things of one name are compared in their order: a second of the same name is another thing. */
function comparePart<T>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (one: T) => string,
  textOf: (one: T) => string,
  { how = () => "moved" }: { readonly how?: (before: T, after: T) => string } = {},
): { readonly lines: readonly string[]; readonly same: number } {
  const [old, own] = [byName(before, nameOf), byName(after, nameOf)];
  const lines: string[] = [];
  let same = 0;
  for (const [name, one] of old) {
    const other = own.get(name);
    if (other === undefined) lines.push(line("gone", name, textOf(one)));
    else if (textOf(one) === textOf(other)) same++;
    else lines.push(`${how(one, other)}: ${name}: ${textOf(one)} -> ${textOf(other)}`);
  }
  for (const [name, one] of own) if (!old.has(name)) lines.push(line("new", name, textOf(one)));
  return { lines, same };
}

/** One line each: of a text of many lines, such as a drawn tree, the first. */
function line(what: string, name: string, text: string): string {
  const [first, ...more] = name.split("\n");
  return `${what}: ${first}${more.length === 0 ? "" : " …"}${text === "" ? "" : `: ${text}`}`;
}

function byName<T>(all: readonly T[], nameOf: (one: T) => string): ReadonlyMap<string, T> {
  const named = new Map<string, T>();
  for (const one of all) {
    const name = nameOf(one);
    let own = name;
    for (let count = 2; named.has(own); count++) own = `${name} (${count})`;
    named.set(own, one);
  }
  return named;
}

const USAGE = "npm run compare-records -- A.json B.json: two records as `heptad run --json` prints them\n";

/** 0 where nothing differs, 1 where something does, 2 where a record cannot be read. */
export function main(paths: readonly string[], write: (text: string) => void): number {
  if (paths.length !== 2) {
    write(USAGE);
    return 2;
  }
  const records: ComparedRecord[] = [];
  for (const path of paths) {
    try {
      records.push(readRecord(readFileSync(path, "utf8")));
    } catch (error) {
      write(
        `${path} is no run record: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}\n${USAGE}`,
      );
      return 2;
    }
  }
  const [before, after] = records;
  const { same, leftOut, ...parts } = compareRecords(before, after);
  for (const [part, lines] of Object.entries(parts)) {
    if (lines.length === 0) continue;
    write(`${part}: ${lines.length} differ\n${lines.map((one) => `  ${one}\n`).join("")}`);
  }
  const count = Object.values(parts).reduce((sum, lines) => sum + lines.length, 0);
  write(`${count} differ, ${same} are the same, ${leftOut} figures of times and bytes are left out\n`);
  return count === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2), (text) => void process.stdout.write(text));
}
