import { describe, expect, it } from "vitest";
import { type BookTable, type Cell, plainText, tableOf, text } from "./document.ts";
import { layoutTable } from "./typst-table.ts";

const cells = (...words: readonly string[]): Cell[] => words.map((word) => (word === "" ? [] : [text(word)]));

/** A row a feature: three columns that all have, and nine that few have. */
function features(rows: number): BookTable {
  const rare = Array.from({ length: 9 }, (_, i) => `rarely-said-${i}`);
  return tableOf(
    cells("name", "entity", "aggregate", ...rare),
    Array.from({ length: rows }, (_, i) =>
      cells(
        `customer_count_${i}d`,
        "customer",
        "count()",
        ...rare.map((name, at) => (at === i % 9 ? `of ${name}` : "")),
      ),
    ),
  );
}

describe("a table that is too wide for the page", () => {
  it("keeps a row a thing: the columns that all rows have, and one for what else a row says, with its names", () => {
    const layout = layoutTable(features(9), 100);
    if (layout.form !== "columns") throw new Error("stacks of names and values left two thirds of the page blank");
    expect(layout.table.header.map(plainText)).toEqual(["name", "entity", "aggregate", "also"]);
    expect(layout.table.rows.map((row) => row.map(plainText))[2]).toEqual([
      ...["customer_count_2d", "customer", "count()", "rarely-said-2 of rarely-said-2"],
    ]);
    expect(layout.columns.match(/auto|fr/gu)).toHaveLength(4);
  });

  it("loses no word of any cell", () => {
    for (const width of [7, 12, 25]) {
      const table = tableOf(
        cells(...Array.from({ length: width }, (_, i) => `head-of-column-${i}`)),
        [0, 1].map((row) =>
          cells(...Array.from({ length: width }, (_, i) => ((i + row) % 3 === 0 ? "" : `cell-${row}-${i}`))),
        ),
      );
      const layout = layoutTable(table, 100);
      if (layout.form !== "columns") throw new Error("no columns");
      const said = layout.table.rows.map((row) => row.map(plainText).join(" "));
      for (const [row, line] of table.rows.entries())
        for (const cell of line) expect(said[row]).toContain(plainText(cell));
    }
  });

  it("becomes records on a phone, where no column is left beside the first", () => {
    expect(layoutTable(features(3), 48).form).toBe("records");
  });

  it("folds columns that are mostly blank where its sentences would stand as pillars beside them", () => {
    const rows = (rare: string): Cell[][] =>
      Array.from({ length: 4 }, (_, i) => {
        const said = i === 0 ? rare : "";
        return cells(
          "latency of the slowest percent",
          "ranking team on call",
          "serve the light score",
          rare,
          said,
          said,
        );
      });
    const table = tableOf(cells("metric", "owner", "action", "burn rate", "short window", "kind"), rows("page"));
    const layout = layoutTable(table, 80);
    expect(layout.form === "columns" && layout.table.header).toHaveLength(6);
    const blank = rows("page").map((row, i) => row.map((cell, at) => (at > 2 && i > 0 ? [] : cell)));
    const folded = layoutTable(tableOf(table.header, blank), 80);
    expect(folded.form === "columns" && folded.table.header.map(plainText)).toEqual([
      "metric",
      "owner",
      "action",
      "also",
    ]);
    expect(layoutTable(tableOf(table.header, blank), 200)).toMatchObject({ table: { header: table.header } });
  });

  it("folds where many columns leave one so little that its words stand below one another", () => {
    const table = tableOf(
      cells("method", "stage", "kind", "from", "precision", "accept", "measured drop", "hardware", "runtime"),
      [
        cells(
          "quantization",
          "small",
          "qat",
          "fp32",
          "int8",
          "the miss rate rises by no more than 5% on every slice",
          "3%",
          "microcontroller",
          "CMSIS-NN",
        ),
      ],
    );
    const layout = layoutTable(table, 100);
    expect(layout.form === "columns" && layout.table.header.map(plainText).at(-1)).toBe("also");
    const short = {
      ...table,
      rows: table.rows.map((row) => row.map((cell, i) => (i === 5 ? [text("rise <= 5%")] : cell))),
    };
    expect(layoutTable(short, 100)).toMatchObject({ table: { header: table.header } });
  });

  it("is left as it is where it fits", () => {
    const table = tableOf(cells("key", "rows"), [cells("customer", "350")]);
    expect(layoutTable(table, 100)).toMatchObject({ form: "columns", table });
  });
});
