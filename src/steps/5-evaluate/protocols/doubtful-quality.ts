/** What of a test's quality is not believed yet: a score that is nearly perfect, a feature that alone orders the label, and a test with hardly anything to find. */

import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { logChoose } from "../../../core/gamma-function.ts";
import { numbers, type Table } from "../../../core/table.ts";
import type { Remark } from "../../../system/stage.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import { TOO_GOOD } from "../../3-data/sources/label-leaks.ts";
import { aucRoc } from "../metrics/auc-roc.ts";
import { LEAST_UNITS } from "./bootstrap.ts";

/** Of the way from chance to perfect, what no honest score of a hard question goes. */
const NEARLY_PERFECT = 0.98;
/** Fewer positives, or others, say nothing of a perfect order. */
const FEWEST = 5;
/** Labels that are dealt at random fall into a perfect order less often than this, or a perfect order says nothing. */
const BY_CHANCE = 1e-6;
/** Rows that a feature is ordered by. */
const MOST_ROWS = 20_000;

/** A column that alone tells the test's positives apart. */
export interface TellingFeature {
  readonly name: string;
  readonly area: number;
}

/** A value that is missing stands below all others: that it is filled for positives alone tells as much. `labels` are those of the table's rows. */
export function tellingFeatures(features: Table, labels: Uint8Array): readonly TellingFeature[] {
  if (!saysSomething(labels)) return [];
  const step = Math.max(1, Math.ceil(labels.length / MOST_ROWS));
  const rows = Int32Array.from(labels.keys()).filter((row) => row % step === 0);
  const picked = Uint8Array.from(rows, (row) => labels[row]);
  if (!saysSomething(picked)) return [];
  return [...features.columns].flatMap(([name, column]) => {
    if (!ArrayBuffer.isView(column)) return [];
    const values = numbers(features, name);
    let lowest = 0;
    for (let row = 0; row < values.length; row++) if (values[row] < lowest) lowest = values[row];
    const scores = Float64Array.from(rows, (row) => (Number.isNaN(values[row]) ? lowest - 1 : values[row]));
    const one = aucRoc(picked, scores);
    const area = Math.max(one, 1 - one);
    return area >= TOO_GOOD ? [{ name, area }] : [];
  });
}

function saysSomething(labels: Uint8Array): boolean {
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const fewer = Math.min(positives, labels.length - positives);
  return fewer >= FEWEST && -logChoose(labels.length, positives) < Math.log(BY_CHANCE);
}

/** A classifier's average precision on the test, and the units that its interval rests on. */
export interface ScoredBy {
  readonly subject: string;
  readonly averagePrecision: number;
  readonly support: number;
}

export function qualityDoubts(
  scored: readonly ScoredBy[],
  telling: readonly TellingFeature[],
  labels: Uint8Array,
  words: Pick<ScoredWords, "positives" | "positive" | "cases" | "units">,
): readonly Remark[] {
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const base = positives / labels.length;
  const perfect = saysSomething(labels)
    ? scored.filter((one) => one.averagePrecision - base >= NEARLY_PERFECT * (1 - base))
    : [];
  return [
    ...tooGood(perfect, telling, base),
    ...(positives > 0 && scored.some(({ support }) => support < LEAST_UNITS)
      ? [tooFew(positives, labels.length, words)]
      : []),
  ];
}

function tooGood(perfect: readonly ScoredBy[], telling: readonly TellingFeature[], base: number): readonly Remark[] {
  if (perfect.length === 0 && telling.length === 0) return [];
  const [first] = telling;
  const short =
    first === undefined
      ? `A score this good: ${perfect[0].subject} is nearly perfect`
      : `Any figure: \`${first.name}\` alone orders the label`;
  const scores = perfect.map(
    ({ subject, averagePrecision }) =>
      `average precision of ${subject} is ${formatNumber(averagePrecision, 3)} on the test, where chance gives ${formatNumber(base, 2)}`,
  );
  const columns = telling.map(
    ({ name, area }, at) =>
      `${at === 0 ? "its" : `of \`${name}\` too the`} area under the curve is ${area.toFixed(3)} on the test`,
  );
  const said = [...columns, ...scores].join("; ");
  return [
    {
      kind: "doubt",
      rank: -1,
      short,
      text: `${said.charAt(0).toUpperCase()}${said.slice(1)}. Ask when ${first === undefined ? "each feature" : "it"} is known: what is filled in with the label, or after it, is not there when a prediction is made.`,
    },
  ];
}

function tooFew(
  positives: number,
  cases: number,
  words: Pick<ScoredWords, "positives" | "positive" | "cases" | "units">,
): Remark {
  const negatives = cases - positives;
  const few =
    positives <= negatives
      ? `${formatNumber(positives)} ${positives === 1 ? words.positive : words.positives}`
      : `${formatNumber(negatives)} other ${words.cases}`;
  return {
    kind: "doubt",
    rank: 0,
    short: `Any quality: the test holds ${few}`,
    text: `${few} among ${formatValue({ value: cases, unit: words.cases })}, in fewer than ${LEAST_UNITS} ${words.units}: no interval can be given, and another test would give other figures. A longer test or more data.`,
  };
}
