/** What making parts smaller gave and cost: bytes, latency, the clause's metric before and after, and the verdict on the clause. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure, withoutRounding } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { sizeChange } from "../../../core/size-change.ts";
import { type ClauseVerdict, judgeClause, type Settled } from "../../../core/verdict.ts";
import type { Condition } from "../../../design/condition.ts";
import type { Stopwatch } from "../../../system/environment.ts";
import { type AlertOutcome, type Remark, type StageResult, stageResult } from "../../../system/stage.ts";
import { type Latency, measureLatency } from "../protocols/measure-latency.ts";
import type { Compression, CompressionEntry, SystemPart } from "./variant.ts";

/** The metric that decides, before and after. */
export interface CompressionCost {
  readonly metric: string;
  readonly before: number;
  readonly after: number;
  /** 95 % interval of after minus before, on the same units. */
  readonly difference: readonly [number, number] | null;
  /** 95 % interval of the relative drop, (before - after) / before. */
  readonly drop: readonly [number, number] | null;
  /** Whether few units differ at all, so that the interval says how much those not seen could bring: see `restsOnFew`. */
  readonly restsOnFew?: boolean;
}

export interface MeasuredCompression extends Compression<SystemPart> {
  readonly entry: CompressionEntry;
  readonly cost: CompressionCost;
  /** Figures of quality: what the cost is made of. */
  readonly figures: readonly Figure[];
  /** What the test consists of: `test requests`, `test days`. */
  readonly test: string;
}

const CALLS = 500;

/** `requests` is how many there are to serve in turn for the latency; `warnings` say what could not be done. */
export function compressionResult(
  measured: readonly MeasuredCompression[],
  warnings: readonly string[],
  requests: number,
  stopwatch: Stopwatch,
): StageResult {
  const timed = measured.map((one) => ({ ...one, ...timeParts(one, requests, stopwatch) }));
  return stageResult({
    figures: unique(timed.flatMap((one) => [...sizeFigures(one), ...one.figures])),
    alerts: timed.flatMap((one) => verdicts(one)),
    remarks: [
      ...timed.map((one): Remark => ({ kind: "answer", text: sentences(one).join(" ") })),
      ...warnings.map((text): Remark => ({ kind: "warning", text })),
    ],
    charts: timed.length === 0 ? [] : [bytesChart(timed), ...costChart(timed)],
  });
}

type Timed = MeasuredCompression & { readonly slow: Latency; readonly fast: Latency };

function timeParts({ before, after }: MeasuredCompression, requests: number, stopwatch: Stopwatch) {
  const time = (part: SystemPart): Latency =>
    measureLatency(requests === 0 ? 0 : CALLS, (i) => part.serve(i % requests), stopwatch);
  return { slow: time(before), fast: time(after) };
}

function sizeFigures({ before, after, slow, fast }: Timed): Figure[] {
  const note = "this part alone, one request at a time, on this machine";
  return [
    { part: before, latency: slow },
    { part: after, latency: fast },
  ].flatMap(({ part: { subject, bytes }, latency: { p50, p99, calls } }) => [
    figure({
      step: 5,
      name: "compact bytes",
      subject,
      value: bytes,
      unit: "B",
      note: "numbers in 4 bytes or fewer, trees in compact form: what would be shipped",
    }),
    ...(calls === 0
      ? []
      : [
          figure({ step: 5, name: "part latency p50", subject, value: p50, unit: "s", n: calls, note }),
          figure({ step: 5, name: "part latency p99", subject, value: p99, unit: "s", n: calls, note }),
        ]),
  ]);
}

/** What was gained, what it cost, and whether that is known well enough to decide. */
function sentences(one: Timed): string[] {
  const { before, after, cost } = one;
  const bytes = (value: number): string => formatValue({ value, unit: "B" });
  const paired =
    cost.difference === null
      ? ""
      : `, 95% interval of the paired difference [${cost.difference.map((end) => formatNumber(end)).join(", ")}]`;
  // One user, or one class, leaves nothing to rank.
  const quality =
    Number.isFinite(cost.before) && Number.isFinite(cost.after)
      ? `${cost.metric} ${formatNumber(cost.before)} becomes ${formatNumber(cost.after)}${paired}`
      : `${cost.metric} cannot be measured: no request that it is taken over has a right and a wrong answer`;
  return [
    `**${after.subject}**: ${bytes(before.bytes)} become ${bytes(after.bytes)} as they would be shipped (${sizeChange(before.bytes / after.bytes)}), ${quality}.`,
    ...clauseSentence(one),
    ...claims(one),
    ...(one.how === "" ? [] : [one.how]),
  ];
}

/** The clause by its interval: kept, loses, or not settled and what would settle it. */
function clauseSentence(one: Timed): string[] {
  const { accept } = one.entry;
  if (accept === undefined) return [];
  const { verdict, units, measured, interval, n } = judge(one, accept);
  if (!Number.isFinite(measured)) return [`Whether \`${accept.text}\` holds is not settled: it was not measured.`];
  const write = (value: number): string => formatValue({ value, unit: accept.of === "value" ? "" : "share" });
  const bounds = interval === null ? "without an interval" : `95% interval ${interval.map(write).join(" to ")}`;
  const size = `${accept.of === "value" ? "value" : accept.of} ${write(measured)}, ${bounds}`;
  if (verdict === "kept") return [`\`${accept.text}\` is kept: ${size}.`];
  if (verdict === "loses") return [`\`${accept.text}\` is broken, and a loss is shown: ${size}.`];
  if (one.cost.restsOnFew === true && n !== null)
    return [
      `Whether \`${accept.text}\` holds is not settled: ${size}. Of ${formatNumber(n)} units few differ at all: what is not known is how much rare ones lose, and more units bound it.`,
    ];
  const more =
    units === null || n === null
      ? ""
      : ` About ${formatNumber(units, 2)} units in place of ${formatNumber(n)} would settle it at power 0.8.`;
  return [`Whether \`${accept.text}\` holds is not settled: ${size}.${more}`];
}

interface JudgedClause extends Settled<ClauseVerdict> {
  /** The value, the drop or the rise that the clause speaks of. */
  readonly measured: number;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
}

function judge({ after, cost, figures }: MeasuredCompression, accept: Condition): JudgedClause {
  const drop = dropOf(cost);
  const measured = accept.of === "value" ? cost.after : accept.of === "rise" ? settleZero(-drop) : drop;
  const own = figures.find(
    (one) => one.subject === after.subject && one.against === undefined && one.name === cost.metric,
  );
  const n = figures.find((one) => one.subject === after.subject && one.against !== undefined)?.n ?? own?.n ?? null;
  const interval = accept.of === "value" ? (own?.interval ?? null) : towards(accept.of, cost.drop);
  const { of, comparison, limit } = accept;
  const judged = judgeClause({ value: measured, interval, n }, { of, comparison, limit: limit.value });
  // How many units would settle it is told by the law of the root, which bounds do not follow.
  return { measured, interval, n, ...judged, units: cost.restsOnFew === true ? null : judged.units };
}

function towards(of: Condition["of"], drop: CompressionCost["drop"]): readonly [number, number] | null {
  if (drop === null || !drop.every(Number.isFinite)) return null;
  const [low, high] = drop.map(settleZero);
  return of === "rise" ? [settleZero(-high), settleZero(-low)] : [low, high];
}

/** A share that is zero but for rounding is 0: a drop of 1e-16 is none. */
function settleZero(share: number): number {
  return withoutRounding([share, 1])[0];
}

/** What the note claims beside what was measured. */
function claims({ entry, before, after, slow, fast, cost }: Timed): string[] {
  const factor = (value: number): string => `${formatNumber(value, 3)}x`;
  const said = [
    claim("size-ratio", entry["size-ratio"]?.text, factor(before.bytes / after.bytes)),
    claim("speedup", entry.speedup?.text, factor(slow.p50 / fast.p50)),
    claim("measured-drop", entry["measured-drop"]?.text, formatValue({ value: dropOf(cost), unit: "share" })),
  ].flat();
  return said.length === 0 ? [] : [`The note says ${said.join(", ")}.`];
}

function claim(name: string, written: string | undefined, measured: string): string[] {
  return written === undefined ? [] : [`\`${name}: ${written}\` (${measured} here)`];
}

/** The interval of the relative drop that the paired difference's gives: one mean is seen, and what is unsure is how far the other lies from it. */
export function relativeDrop(
  difference: readonly [number, number] | null,
  before: number,
): readonly [number, number] | null {
  return difference === null || !(before > 0) ? null : [-difference[1] / before, -difference[0] / before];
}

function dropOf({ before, after }: CompressionCost): number {
  return before > 0 ? settleZero((before - after) / before) : Number.NaN;
}

function verdicts(one: Timed): AlertOutcome[] {
  const { after, entry, cost, test } = one;
  const { accept } = entry;
  if (accept === undefined) return [];
  const { measured, interval, n, verdict, units } = judge(one, accept);
  const isMeasured = Number.isFinite(measured);
  return [
    {
      step: 5,
      kind: "acceptance",
      metric: `${cost.metric} of ${after.subject}`,
      condition: accept.text,
      measured: isMeasured ? measured : null,
      unit: accept.of === "value" ? "" : "share",
      fires: isMeasured ? verdict === "loses" : null,
      verdict: isMeasured ? verdict : "not measured",
      interval,
      n,
      unitsToSettle: units,
      owner: "",
      action: "",
      note:
        accept.of === "value"
          ? `after it was made smaller, on the ${test}`
          : `relative ${accept.of} against the part as it is, on the ${test}`,
    },
  ];
}

/** Two entries that start from the same part measure it twice; one stands for both. */
function unique(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ name, subject, against, slice }) => {
    const key = [name, subject, against, slice].join("\u0000");
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function bytesChart(compressions: readonly Compression<SystemPart>[]): Chart {
  const parts = [
    ...new Map(
      compressions.flatMap(({ before, after }) => [before, after]).map((part) => [part.subject, part]),
    ).values(),
  ];
  return {
    form: "bars",
    title: "Bytes before and after",
    caption: "Numbers in 4 bytes before; trees in compact form before and after.",
    xLabel: "part",
    yLabel: "kB",
    points: parts.map(({ subject, bytes }) => ({
      x: subject,
      y: bytes / 1000,
      label: formatValue({ value: bytes, unit: "B" }),
    })),
  };
}

function costChart(compressions: readonly MeasuredCompression[]): Chart[] {
  const known = compressions.filter(({ cost }) => Number.isFinite(dropOf(cost)));
  if (known.length === 0) return [];
  return [
    {
      form: "intervals",
      title: "What being smaller costs",
      caption: `Relative drop of the metric that each clause names, with the 95% interval of the paired difference: right of zero is worse. ${known.map(({ after, cost }) => `${after.subject}: ${cost.metric}`).join("; ")}.`,
      xLabel: "part",
      yLabel: "relative drop, %",
      points: known.map(({ after, cost }) => ({
        x: after.subject,
        y: 100 * dropOf(cost),
        interval: cost.drop === null ? null : [100 * cost.drop[0], 100 * cost.drop[1]],
        label: formatValue({ value: dropOf(cost), unit: "share" }),
      })),
    },
  ];
}
