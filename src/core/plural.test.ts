import { expect, it } from "vitest";
import { plural } from "./plural.ts";

it("counts one thing as one and all else, none too, as several", () => {
  expect([0, 1, 2, 1200].map((n) => plural(n, "row"))).toEqual(["0 rows", "1 row", "2 rows", "1,200 rows"]);
  expect([1, 3].map((n) => plural(n, "quantity", "quantities"))).toEqual(["1 quantity", "3 quantities"]);
});
