import { expect, it } from "vitest";
import { secondsBehind } from "./time-left.ts";

const stages = [
  { name: "read", step: 3, inputs: [] },
  { name: "train", step: 4, inputs: ["read"] },
  { name: "other", step: 4, inputs: [] },
  { name: "judge", step: 5, inputs: ["train"] },
  { name: "watch", step: 7, inputs: ["judge", "other"] },
] as const;
const before = new Map([
  ["read", 100],
  ["train", 20],
  ["other", 1000],
  ["judge", 3],
  ["watch", 4],
]);

it("adds up what the stages behind it took that read what is made anew, however far behind", () => {
  expect(secondsBehind(stages, "read", new Set(["read"]), before)).toBe(27);
  expect(secondsBehind(stages, "train", new Set(["train"]), before)).toBe(7);
  expect(secondsBehind(stages, "other", new Set(["read", "train", "other"]), before)).toBe(7);
  expect(secondsBehind(stages, "watch", new Set(["watch"]), before)).toBe(0);
});

it("counts stages of the steps that were asked for anew, kept or not", () => {
  expect(secondsBehind(stages, "train", new Set(["train"]), before, 4)).toBe(1007);
  expect(secondsBehind(stages, "train", new Set(["train"]), before, 5)).toBe(7);
});

it("is not known where one of them never ran here, and heeds none that will not run", () => {
  const without = (name: string) => new Map([...before].filter(([one]) => one !== name));
  expect(secondsBehind(stages, "read", new Set(["read"]), without("judge"))).toBeUndefined();
  expect(secondsBehind(stages, "read", new Set(["read"]), without("other"))).toBe(27);
});
