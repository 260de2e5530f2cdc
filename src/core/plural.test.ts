import { expect, it } from "vitest";
import { count, plural, pluralOf } from "./plural.ts";

it("writes counts and few of many short", () => {
  expect([752_700, 0.5, 9.871, 12.4, Number.NaN].map(count)).toEqual(["752,700", "0.5", "9.9", "12", "n/a"]);
});

it("counts one thing as one and all else, none too, as several", () => {
  expect([0, 1, 2, 1200].map((n) => plural(n, "row"))).toEqual(["0 rows", "1 row", "2 rows", "1,200 rows"]);
  expect([1, 3].map((n) => plural(n, "quantity", "quantities"))).toEqual(["1 quantity", "3 quantities"]);
});

it("forms the plural of what a note calls its entities, and leaves what is one", () => {
  const nouns = ["customer", "country", "day", "items", "business", "box", "branch", "status", "person", "user_id"];
  expect(nouns.map(pluralOf)).toEqual([
    "customers",
    "countries",
    "days",
    "items",
    "businesses",
    "boxes",
    "branches",
    "statuses",
    "people",
    "user_ids",
  ]);
});
