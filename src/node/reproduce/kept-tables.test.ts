import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { keepTable, keptTables } from "./kept-tables.ts";

it("keeps a result and writes the page of all that is kept, in the order of their names", () => {
  const root = temporaryFolder();
  expect(keptTables(root)).toEqual([]);
  const [first, second] = keptTables(".").slice(-2);
  keepTable(root, second.result);
  const written = keepTable(root, first.result);
  expect(written).toEqual([join("docs", "reproduced", `${first.result.table}.json`), join("docs", "reproduced.md")]);
  expect(JSON.parse(readFileSync(join(root, written[0]), "utf8"))).toEqual(first.result);
  expect(keptTables(root).map(({ result }) => result)).toEqual([first.result, second.result]);
  const page = readFileSync(join(root, written[1]), "utf8");
  expect(page.indexOf(first.table.title)).toBeGreaterThan(0);
  expect(page.indexOf(second.table.title)).toBeGreaterThan(page.indexOf(first.table.title));
});
