import { expect, it } from "vitest";
import { renderTable } from "./render-table.ts";

it("keeps a row on one line whatever its cells hold, and its columns aligned", () => {
  const table = {
    title: "Names",
    header: ["column\nname", "n"],
    rows: [
      ["first\r\nsecond", "1"],
      ["a\tb", "20"],
    ],
  };
  expect(renderTable(table, { paint: (_, text) => text })).toEqual([
    "",
    "   Names",
    "   column␊name   n",
    "   first␊second  1",
    "   a␉b           20",
  ]);
});
