import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { openSourceTable } from "../sources/source-table.ts";
import { seemingNumerals } from "./seeming-numerals.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function numeralsOf(line: (at: number) => string) {
  const path = join(temporaryFolder(), "table.csv");
  writeFileSync(path, `one;other\n${Array.from({ length: 30 }, (_, at) => line(at)).join("\n")}\n`);
  const environment = { sql, files: createInputFiles() };
  return seemingNumerals(environment, await openSourceTable(environment, path, { kind: "text", delimiter: ";" }));
}

it("takes a comma for the decimals of all columns, unless a column of points alone speaks against it", async () => {
  expect(await numeralsOf((at) => `${at},50;${at}`)).toEqual({ decimal: "," });
  expect(await numeralsOf((at) => `${at},50;${at}.5`)).toBeUndefined();
  expect(await numeralsOf((at) => `${at},50;${at === 3 ? "2.5" : at}`)).toBeUndefined();
});

it("takes points for thousands where one stands before a comma, in this column or another", async () => {
  expect(await numeralsOf((at) => `1.${100 + at},50;${at}`)).toEqual({ decimal: ",", thousands: "." });
  expect(await numeralsOf((at) => `1.${100 + at},50;${at},25`)).toEqual({ decimal: ",", thousands: "." });
});
