import { expect, it } from "vitest";
import { checkIdsKept, oddId } from "./odd-id.ts";

it.each([
  [["12", "7", "0"], undefined],
  [["12", "0042"], "0042"],
  [["12.0"], "12.0"],
  [["1", "12345678901234567890"], "12345678901234567890"],
  [["+7"], "+7"],
  [["1e5"], "1e5"],
  [["C12", "Ünï-660", "a/b", "", "Infinity"], undefined],
  [["-5", "639119"], undefined],
] as const)("of %j the id that a number would not keep is %j", (names, odd) => {
  expect(oddId(names)).toBe(odd);
});

it("ids that were not all kept are refused by the name of their column, and numbers of a simulated world are not", () => {
  const all = { count: 2, names: ["a", "b"] };
  expect(() => checkIdsKept(new Map([["user", { count: 2 }]]))).not.toThrow();
  expect(() => checkIdsKept(new Map([["user", all]]))).not.toThrow();
  expect(() =>
    checkIdsKept(
      new Map([
        ["user", all],
        ["ad", { count: 1_000_001, names: [] }],
      ]),
    ),
  ).toThrow("1000001 ids of `ad`");
});
