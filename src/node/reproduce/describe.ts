/** A reproduced table in words and rows, the same for the terminal and for the page: published beside ours, the baseline first. */

import { compareSystems } from "../../core/verdict.ts";
import type { ReportTable } from "../../report/sections.ts";
import { requireFigure } from "./figures.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import type { PublishedTable } from "./table.ts";

/** All that is said of one table. */
export interface DescribedTable {
  readonly rows: ReportTable;
  /** Of the best against each published row that has the metric, and against the aim. */
  readonly verdicts: readonly string[];
  /** Settings at the edge of their grid, and what to doubt. */
  readonly cautions: readonly string[];
  readonly checks: ReportTable | undefined;
  readonly claims: ReportTable | undefined;
  /** Seed, settings tried, time. */
  readonly how: string;
}

export function describeTable(table: PublishedTable, result: TableResult): DescribedTable {
  const { metrics } = table;
  const choice = isChosen(result);
  const own = result.rows.map((row) => [
    `ours: ${row.name}${choice && row.name === result.best ? " (chosen)" : ""}`,
    ...metrics.map((metric) => withInterval(row.values[metric])),
    settingsText(row, result),
  ]);
  const published = table.published.map(({ name, values, source }) => [
    `published: ${name}`,
    ...metrics.map((metric) => (values[metric] === undefined ? "" : digits(values[metric]))),
    source,
  ]);
  return {
    rows: {
      title: table.title,
      header: ["", ...metrics, choice ? "settings chosen on validation, or source" : "source"],
      rows: [...own.slice(0, 1), ...published, ...own.slice(1)],
    },
    verdicts: verdictsOf(table, result),
    cautions: cautionsOf(table, result),
    checks: others(`what ${choice ? "the best" : result.best} rests on`, metrics, result.checks),
    claims: others(
      `what a dishonest protocol would have claimed of ${choice ? "the best" : result.best}`,
      metrics,
      result.claims.map((claim) => ({
        ...claim,
        says: `${claim.says}${besideHonest(claim, bestRow(result), metrics)}`,
      })),
    ),
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

function isChosen(result: TableResult): boolean {
  return result.rows.some((row) => row.validation !== null);
}

function cautionsOf(table: PublishedTable, result: TableResult): readonly string[] {
  const read = table["test-read-before"];
  const edges = settingsAtEdge(table, result);
  const seed = result.seeds.length === 1 ? "" : ` with seed ${result.seeds[0]}`;
  return [
    ...(edges.length === 0 ? [] : [`chosen${seed} at the edge of what was tried: ${edges.join("; ")}`]),
    ...[...(read === undefined ? [] : [read]), ...table.doubts].map((doubt) => `doubt: ${doubt}`),
  ];
}

/** The chosen settings of each of our models that are the least or the most of what the table tries: a wider grid might choose others. */
function settingsAtEdge(table: PublishedTable, result: TableResult): readonly string[] {
  return result.rows.flatMap(({ name, settings }) => {
    const grid: Readonly<Record<string, number | number[] | undefined>> =
      table.models.find(({ model }) => model === name)?.settings ?? {};
    const edges = Object.entries(settings).filter(([setting, value]) => {
      const options = grid[setting];
      if (!Array.isArray(options) || options.length === 1) return false;
      return value === Math.min(...options) || value === Math.max(...options);
    });
    return edges.length === 0
      ? []
      : [`${name} with ${edges.map(([setting, value]) => `${setting} ${value}`).join(", ")}`];
  });
}

/** Words on a claim that is not above the honest row, so that nobody takes it for the larger figure; of what is printed, to the last digit. */
function besideHonest(claim: TableResult["claims"][number], honest: TableRow, metrics: readonly string[]): string {
  const differences = metrics.map(
    (metric) => Number(digits(claim.values[metric].value)) - Number(digits(honest.values[metric].value)),
  );
  if (differences.every((one) => one === 0)) {
    const isDrawnAlike = metrics.every(
      (metric) => String(claim.values[metric].interval) === String(honest.values[metric].interval),
    );
    return isDrawnAlike ? "; the same figures here" : "; the same figures here, with intervals from other random draws";
  }
  const less = metrics.filter((_, at) => differences[at] < 0);
  if (less.length === 0) return "";
  return less.length === metrics.length ? "; claims less here" : `; claims less here in ${less.join(" and ")}`;
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
  const chosen = isChosen(result)
    ? `${tried} settings tried${result.seeds.length === 1 ? "" : " for each seed"}, chosen by ${table["chosen-by"]} on validation`
    : "nothing was chosen";
  return `${counts.join(", ")}; ${seeds}; ${chosen}; ${secondsText(result.seconds)} of work`;
}

function secondsText(seconds: number): string {
  return seconds < 1 ? "less than 1 s" : `${Math.round(seconds)} s`;
}

function settingsText({ settings, tried, validation }: TableRow, { seeds }: TableResult): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  if (told.length === 0) return validation === null ? "" : "defaults";
  return `${told.join(", ")} (of ${tried}${tried > 1 && seeds.length > 1 ? `, with seed ${seeds[0]}` : ""})`;
}

function withInterval(measured: Measured | undefined): string {
  if (measured === undefined) return "";
  const { value, interval } = measured;
  return interval === null ? digits(value) : `${digits(value)} [${digits(interval[0])}, ${digits(interval[1])}]`;
}

/** Four digits: what such tables are printed with. Throws a `FailureError` where there is no number. */
function digits(value: number): string {
  requireFigure(value, "a figure");
  return value.toFixed(4);
}
