/** A reproduced table in words and rows, the same for the terminal and for the page: published beside ours, the baseline first. */

import { compareSystems } from "../../core/verdict.ts";
import type { ReportTable } from "../../report/sections.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import type { PublishedTable } from "./table.ts";

/** All that is said of one table. */
export interface DescribedTable {
  readonly rows: ReportTable;
  /** Of the best against each published row that has the metric, and against the aim. */
  readonly verdicts: readonly string[];
  readonly checks: ReportTable | undefined;
  readonly claims: ReportTable | undefined;
  /** Seed, settings tried, time. */
  readonly how: string;
}

export function describeTable(table: PublishedTable, result: TableResult): DescribedTable {
  const { metrics } = table;
  const own = result.rows.map((row) => [
    `ours: ${row.name}${row.name === result.best ? " (chosen)" : ""}`,
    ...metrics.map((metric) => withInterval(row.values[metric])),
    settingsText(row),
  ]);
  const published = table.published.map(({ name, values, source }) => [
    `published: ${name}`,
    ...metrics.map((metric) => (values[metric] === undefined ? "" : digits(values[metric]))),
    source,
  ]);
  return {
    rows: {
      title: table.title,
      header: ["", ...metrics, "settings chosen on validation, or source"],
      rows: [...own.slice(0, 1), ...published, ...own.slice(1)],
    },
    verdicts: verdictsOf(table, result),
    checks: others("what the best rests on", metrics, result.checks),
    claims: others("what a dishonest protocol would have claimed of the best", metrics, result.claims),
    how: howText(table, result),
  };
}

/** The best's row. Throws where the result does not hold it. */
export function bestRow(result: TableResult): TableRow {
  const best = result.rows.find((row) => row.name === result.best);
  if (best === undefined) throw new Error(`the result of ${result.table} has no row ${result.best}`);
  return best;
}

function verdictsOf(table: PublishedTable, result: TableResult): readonly string[] {
  const best = bestRow(result);
  const against = table.published.flatMap(({ name, values, apart }) => {
    if (apart !== undefined) return [`${name}: not compared, for it was judged otherwise: ${apart}`];
    return table.metrics.flatMap((metric) => {
      if (values[metric] === undefined) return [];
      const measured = best.values[metric];
      const { verdict } = compareSystems({
        value: measured.value - values[metric],
        interval:
          measured.interval === null
            ? null
            : [measured.interval[0] - values[metric], measured.interval[1] - values[metric]],
        n: best.n,
      });
      return [
        `${metric}: ${best.name} ${withInterval(measured)} against ${digits(values[metric])} of ${name}: ${verdict}`,
      ];
    });
  });
  const aims = Object.entries(table.aim ?? {}).map(([metric, aim]) => {
    const { value } = best.values[metric];
    return `${metric}: the aim of ${digits(aim)} is ${value >= aim ? "reached" : "missed"} with ${digits(value)}`;
  });
  return [...against, ...aims];
}

function others(title: string, metrics: readonly string[], rows: TableResult["claims"]): ReportTable | undefined {
  if (rows.length === 0) return undefined;
  return {
    title,
    header: ["", ...metrics, ""],
    rows: rows.map(({ name, says, values }) => [name, ...metrics.map((metric) => withInterval(values[metric])), says]),
  };
}

function howText(table: PublishedTable, result: TableResult): string {
  const tried = result.rows.reduce((sum, row) => sum + row.tried, 0);
  const seeds = result.seeds.length === 1 ? `seed ${result.seeds[0]}` : `seeds ${result.seeds.join(", ")}`;
  const counts = Object.entries(result.data).map(([name, count]) => `${count.toLocaleString("en-US")} ${name}`);
  const chosen = result.rows.some((row) => row.validation !== null)
    ? `${tried} settings tried${result.seeds.length === 1 ? "" : " for each seed"}, chosen by ${table["chosen-by"]} on validation`
    : "nothing was chosen";
  return `${counts.join(", ")}; ${seeds}; ${chosen}; ${Math.round(result.seconds)} s of work on a machine that was busy with other things`;
}

function settingsText({ settings, tried, validation }: TableRow): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  if (told.length === 0) return validation === null ? "" : "defaults";
  return `${told.join(", ")} (of ${tried})`;
}

function withInterval(measured: Measured | undefined): string {
  if (measured === undefined) return "";
  const { value, interval } = measured;
  return interval === null ? digits(value) : `${digits(value)} [${digits(interval[0])}, ${digits(interval[1])}]`;
}

/** Four digits: what such tables are printed with. */
function digits(value: number): string {
  return value.toFixed(4);
}
