/** One meaning of an empty cell in a column that is added up: in a run, in its replay through the serving state, and in the SQL of the note. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { numbers } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { PAY_ROWS, payNote } from "./pay-note.ts";
import { sqlStatements } from "./sql-statements.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const skewOf = (record: RunRecord): unknown => record.figures.find(({ name }) => name === "rows with skew")?.value;

it("an empty amount adds nothing, counts in no mean, and its row is counted, in batch, serving and SQL alike", async () => {
  const folder = temporaryFolder();
  const sql = await openDuckdb({ threads: 1 });
  await sql.query(`COPY (${PAY_ROWS}) TO '${join(folder, "pay.parquet")}' (FORMAT parquet)`);
  await sql.query(
    `COPY (SELECT * REPLACE (CASE WHEN isnan(euros) THEN NULL ELSE euros END AS euros) FROM (${PAY_ROWS})) TO '${join(folder, "pay.csv")}'`,
  );
  writeFileSync(join(folder, "heptad.yaml"), "");
  const columns = "columns: { label: bad, id: id }";
  writeFileSync(join(folder, "parquet.md"), payNote(`{ format: parquet, path: pay.parquet, ${columns} }`));
  writeFileSync(join(folder, "csv.md"), payNote(`{ format: csv, path: pay.csv, ${columns} }`));
  const there: unknown[] = [];
  for (const [name, ...tables] of [["parquet"], ["csv", "--tables", "rows"]]) {
    const run = await heptadHere(folder, ["run", `${name}.md`, "--threads", "1", "--json"]);
    expect(run.status, run.stderr).toBe(0);
    expect(skewOf(runRecordSchema.parse(JSON.parse(run.stdout)))).toBe(0);
    const text = await heptadHere(folder, ["sql", `${name}.md`, ...tables]);
    expect(text.status, text.stderr).toBe(0);
    const { views, last } = sqlStatements(text.stdout);
    for (const one of views) await sql.query(one);
    const profile = await sql.query(last);
    const names = profile.columns.get("name");
    expect(numbers(profile, "n")[Array.isArray(names) ? names.indexOf("refused") : -1]).toBe(0);
    const cases = await sql.query(
      "SELECT moment, feature_sum, feature_mean, feature_count, feature_known, feature_euros FROM heptad_cases ORDER BY moment",
    );
    there.push([...cases.columns.keys()].map((column) => [column, Array.from(numbers(cases, column))]));
  }
  expect(there[1]).toEqual(there[0]);
  const before = (what: string): string =>
    `(SELECT ${what} FROM rows_here e WHERE e.card = r.card AND e."at" < r."at" AND e."at" >= r."at" - INTERVAL 7 DAY)`;
  // Hundredths and whole counts, so that a plain sum is near enough to tell the meaning.
  await sql.query(
    `CREATE TEMPORARY TABLE rows_here AS SELECT * REPLACE (CASE WHEN isnan(euros) THEN NULL ELSE euros END AS euros) FROM (${PAY_ROWS})`,
  );
  const plain = await sql.query(
    `SELECT ${before("coalesce(sum(euros), 0)")} AS sum, ${before("count(*)")} AS count, ${before("count(euros)")} AS known,
      (${before("coalesce(sum(euros), 0)")} + coalesce(euros, 0)) / nullif(${before("count(euros)")} + CASE WHEN euros IS NULL THEN 0 ELSE 1 END, 0) AS mean
    FROM rows_here r WHERE epoch(r."at") >= (SELECT min(moment) FROM heptad_cases) ORDER BY r."at"`,
  );
  const cases = await sql.query("SELECT * FROM heptad_cases ORDER BY moment");
  for (const name of ["sum", "mean", "count", "known"]) {
    const [found, meant] = [numbers(cases, `feature_${name}`), numbers(plain, name)];
    expect(found.length).toBeGreaterThan(1500);
    const apart = meant.subarray(0, found.length).map((value, row) => Math.abs(value - found[row]));
    expect(
      [...apart].every(
        (difference, row) => difference < 1e-4 || (Number.isNaN(meant[row]) && Number.isNaN(found[row])),
      ),
    ).toBe(true);
  }
  sql.close();
}, 120_000);
