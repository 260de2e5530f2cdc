import { expect, it } from "vitest";
import { askForLabel, OTHER_IN_EACH_ROW } from "./said-label.ts";
import type { Role } from "./seeming-role.ts";

interface Given {
  readonly name: string;
  readonly distinct?: number;
  readonly least?: number;
  readonly most?: number;
  readonly isText?: boolean;
}

const ask = (columns: readonly Given[], why = "no column seems to be a label") =>
  askForLabel(
    columns.map(({ name, distinct = 50, least = 0, most = 10, isText = false }) => ({
      name,
      distinct,
      rows: 100,
      kind: isText ? ("text" as const) : ("number" as const),
      least,
      most,
      role: "attribute" satisfies Role,
    })),
    "table.csv",
    why,
  ).failure;

const marks = (count: number): Given[] => Array.from({ length: count }, (_, at) => ({ name: `joke ${at}` }));
const words = (count: number): Given[] =>
  Array.from({ length: count }, (_, at) => ({ name: `word ${at}`, isText: true }));

it("takes a table for a matrix where seven of ten columns, fifteen at least, hold numbers of one range", () => {
  expect(ask([...marks(21), ...words(9)])).toMatchObject({
    code: "matrix-of-values",
    message: expect.stringContaining("21 of 30 columns hold numbers of one range"),
  });
  expect(ask([...marks(20), ...words(9)]).code).toBe("nothing-to-predict");
  expect(ask(marks(15)).code).toBe("matrix-of-values");
  expect(ask(marks(14)).code).toBe("nothing-to-predict");
});

it("counts a column to the matrix up to a tenth of the range off at either end", () => {
  const off = (least: number, most: number) => ask([...marks(14), { name: "odd", least, most }]).code;
  expect(off(1, 11)).toBe("matrix-of-values");
  expect(off(1.1, 10)).toBe("nothing-to-predict");
  expect(off(0, 11.1)).toBe("nothing-to-predict");
});

it("names the columns of two values, and one of several values that says how rows ended", () => {
  const found = ask([
    { name: "open", distinct: 2 },
    { name: "loan_status", distinct: 5, isText: true },
  ]);
  expect(found.message).toContain("Is it in `loan_status`, which holds 5 different values?");
  expect(found.fix).toMatch(
    /^say it by --label open; or where rows say .*; or where it is one of several values, leave out the rows/u,
  );
  expect(ask([{ name: "loan_status", distinct: 21, isText: true }]).message).not.toContain("Is it in");
});

it("asks for rows that come back where the columns were named already: it asked for --user and --item again", () => {
  const { fix } = ask(
    [{ name: "reader" }, { name: "book" }],
    `\`reader\` ${OTHER_IN_EACH_ROW}: rows describe one each`,
  );
  expect(fix).toMatch(/^give a table in which the same come back/u);
  expect(fix).not.toContain("--user");
});
