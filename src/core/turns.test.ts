import { setImmediate as later } from "node:timers/promises";
import { expect, it } from "vitest";
import { openTurns } from "./turns.ts";

it("begins each work once the ones before it have ended, also where one of them failed, and gives to each its own", async () => {
  const inTurn = openTurns();
  const seen: string[] = [];
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      seen.push(`${name} begins`);
      await later();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const ended = await Promise.allSettled([work("a"), work("b", true), work("c")]);
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect(ended.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason)))).toEqual([
    "a",
    "Error: b",
    "c",
  ]);
});
