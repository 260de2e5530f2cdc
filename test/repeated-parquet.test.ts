/** Rows of Parquet that are written twice are one in a run and in the SQL of the note, which reads them where they lie. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { numbers } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";
import { PAY_ROWS, payNote } from "./pay-note.ts";
import { sqlStatements } from "./sql-statements.ts";
import { temporaryFolder } from "./temporary-folder.ts";

it("a row that is the same in every cell counts once in a run and in SQL, and twice in both where the note says so", async () => {
  const folder = temporaryFolder();
  const sql = await openDuckdb({ threads: 1 });
  const rows = `SELECT * FROM (${PAY_ROWS})`;
  await sql.query(
    `COPY (${rows} UNION ALL (${rows} ORDER BY id LIMIT 40)) TO '${join(folder, "pay.parquet")}' (FORMAT parquet)`,
  );
  const [all] = numbers(await sql.query(`SELECT count(*) AS n FROM (${rows})`), "n");
  writeFileSync(join(folder, "heptad.yaml"), "");
  const note = payNote("{ format: parquet, path: pay.parquet, columns: { label: bad } }");
  writeFileSync(join(folder, "once.md"), note);
  writeFileSync(join(folder, "twice.md"), note.replace("\ntime:", "\nrepair: { duplicates: { keep: all } }\ntime:"));
  for (const [name, expected] of [
    ["once", all],
    ["twice", all + 40],
  ] as const) {
    const run = await heptadHere(folder, ["run", `${name}.md`, "--threads", "1", "--json"]);
    expect(run.status, run.stderr).toBe(0);
    const { figures } = runRecordSchema.parse(JSON.parse(run.stdout));
    const cases = figures.find(({ name: one, subject }) => one === "cases" && subject === "data");
    expect([name, cases?.value]).toEqual([name, expected]);
    const text = await heptadHere(folder, ["sql", `${name}.md`]);
    expect(text.status, text.stderr).toBe(0);
    const { views, last } = sqlStatements(text.stdout);
    for (const one of views) await sql.query(one);
    await sql.query(last);
    const [found] = numbers(await sql.query("SELECT count(*) AS n FROM heptad_events"), "n");
    expect([name, found]).toEqual([name, expected]);
  }
  sql.close();
}, 120_000);
