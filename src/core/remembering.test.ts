import { expect, test } from "vitest";
import { remembering } from "./remembering.ts";

test("an answer is found once, and again when more was asked for since than is kept", () => {
  const found: string[] = [];
  const of = remembering<number>(2);
  const ask = (...key: (string | number)[]): number =>
    of(key, () => {
      found.push(key.join());
      return found.length;
    });
  expect([ask("a", 0.1), ask("a", 0.1), ask("a", 0.1 + 2 ** -56), ask("a", 0.1)]).toEqual([1, 1, 2, 1]);
  // The one that was asked for last stays.
  expect([ask("b"), ask("a", 0.1), ask("a", 0.1 + 2 ** -56)]).toEqual([3, 1, 4]);
});
