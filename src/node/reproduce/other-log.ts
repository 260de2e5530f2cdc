/** The protocol of the other log: what the uniform policy earns, estimated from the log of another policy, beside the uniform policy's own log. */

import { FailureError } from "../../core/outcome.ts";
import { numbers } from "../../core/table.ts";
import {
  effectiveSampleSize,
  inversePropensity,
  type LoggedDecisions,
  type OffPolicyEstimate,
  selfNormalized,
} from "../../steps/5-evaluate/protocols/off-policy.ts";
import { openDuckdb } from "../duckdb.ts";
import { checksumOfLines } from "./data-checksums.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import type { PublishedTable } from "./table.ts";
import type { Workbench } from "./workbench.ts";

interface Log {
  readonly click: Float64Array;
  readonly propensity: Float64Array;
  readonly item: Float64Array;
  readonly items: number;
}

/** Metrics are `click rate, CAMPAIGN`; the files are `CAMPAIGN-own` and `CAMPAIGN-other`. */
export async function tryOtherLog(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const campaigns = table.metrics.map((metric) => metric.replace(/^click rate, /u, ""));
  const logs = new Map<string, { readonly own: Log; readonly other: Log }>();
  for (const campaign of campaigns) {
    const [own, other] = [
      await readLog(table, `${campaign}-own`, bench),
      await readLog(table, `${campaign}-other`, bench),
    ];
    for (const { click } of [own, other]) bench.counted({ [`rows of each log, ${campaign}`]: click.length });
    bench.summed({ [`${campaign}-own`]: checksumOf(own), [`${campaign}-other`]: checksumOf(other) });
    logs.set(campaign, { own, other });
  }
  const estimates = new Map<string, (logs: { readonly own: Log; readonly other: Log }) => OffPolicyEstimate>([
    ["own-log", ({ own }) => inversePropensity(decisionsOf(own, () => 1))],
    ["inverse-propensity", ({ other }) => inversePropensity(uniformOf(other))],
    ["self-normalized", ({ other }) => selfNormalized(uniformOf(other))],
  ]);
  const values = (
    of: (logs: { readonly own: Log; readonly other: Log }) => OffPolicyEstimate,
  ): Record<string, Measured> =>
    Object.fromEntries(
      [...logs].map(([campaign, both]) => {
        const { value, interval } = of(both);
        return [`click rate, ${campaign}`, { value, interval: [interval[0], interval[1]] }];
      }),
    );
  const all = [...logs.values()];
  const rows = table.models.map(({ model }): TableRow => {
    const of = estimates.get(model);
    if (of === undefined) {
      throw new FailureError({
        code: "unknown-estimate",
        message: `there is no estimate \`${model}\``,
        fix: `use one of ${[...estimates.keys()].join(", ")}`,
      });
    }
    const n = all.reduce((sum, both) => sum + both[model === "own-log" ? "own" : "other"].click.length, 0);
    return { name: model, settings: {}, tried: 1, validation: null, values: values(of), n };
  });
  const best = rows[rows.length - 1].name;
  const estimate = estimates.get(best) ?? (() => inversePropensity(uniformOf(all[0].other)));
  return {
    table: name,
    seeds: table.seeds,
    data: Object.fromEntries(
      [...logs].flatMap(([campaign, { own, other }]) => [
        [`rows of each log, ${campaign}`, own.click.length],
        [
          `rows of weight 1 that the other log is worth, ${campaign}`,
          Math.round(effectiveSampleSize(uniformOf(other).weight)),
        ],
      ]),
    ),
    rows,
    best,
    checks: [
      {
        name: `${best} less its own log`,
        says: "the two logs are independent: an interval that holds 0 says that the estimate agrees",
        values: values((both) => difference(estimate(both), inversePropensity(decisionsOf(both.own, () => 1)))),
      },
    ],
    claims: [
      {
        name: "the other log as it is",
        says: "the click rate of the other policy taken for the uniform one's: no weights",
        values: values(({ other }) => inversePropensity(decisionsOf(other, () => 1))),
      },
    ],
    seconds: await bench.seconds(),
  };
}

/** The uniform policy's chance of any item over the chance that the log's policy gave it. */
function uniformOf(log: Log): LoggedDecisions {
  return decisionsOf(log, (at) => 1 / log.items / log.propensity[at]);
}

/** Each row stands alone: the log names no person. */
function decisionsOf({ click }: Log, weight: (at: number) => number): LoggedDecisions {
  return {
    reward: click,
    weight: Float64Array.from(click, (_, at) => weight(at)),
    unit: Int32Array.from(click, (_, at) => at),
  };
}

function difference(a: OffPolicyEstimate, b: OffPolicyEstimate): OffPolicyEstimate {
  const standardError = Math.hypot(a.standardError, b.standardError);
  const value = a.value - b.value;
  return { value, standardError, interval: [value - 1.959964 * standardError, value + 1.959964 * standardError] };
}

async function readLog(table: PublishedTable, key: string, bench: Workbench): Promise<Log> {
  const file = table.data[key];
  if (file === undefined) {
    throw new FailureError({
      code: "broken-table",
      message: `the table names no file \`${key}\``,
      fix: "add it to `data`",
    });
  }
  const sql = await openDuckdb();
  const read = await sql.query(
    "SELECT CAST(click AS DOUBLE) AS click, CAST(propensity_score AS DOUBLE) AS propensity, CAST(item_id AS DOUBLE) AS item FROM read_csv($1)",
    [bench.path(file)],
  );
  sql.close();
  const item = Float64Array.from(numbers(read, "item"));
  return {
    click: Float64Array.from(numbers(read, "click")),
    propensity: Float64Array.from(numbers(read, "propensity")),
    item,
    items: new Set(item).size,
  };
}

/** Rows stand alone: their order says nothing. */
function checksumOf({ item, click, propensity }: Log): string {
  return checksumOfLines(Array.from(item, (one, row) => `${one} ${click[row]} ${propensity[row]}`));
}
