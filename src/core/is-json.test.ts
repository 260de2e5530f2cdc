import { expect, it } from "vitest";
import { isJson } from "./is-json.ts";

it("is true of a whole text alone", () => {
  expect(['{"a": 1}', " [1] ", "3", '{"a": ', "", "a: 1"].map(isJson)).toEqual([true, true, true, false, false, false]);
});
