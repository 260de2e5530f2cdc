import { expect, it } from "vitest";
import { splitConfidence } from "./read-confidence.ts";

it.each([
  ["49.2 GB @70", "49.2 GB", 0.7],
  ["49.2 GB @70%", "49.2 GB", 0.7],
  ["49.2 GB @ 70 %", "49.2 GB", 0.7],
  ["49.2 GB @0.8", "49.2 GB", 0.8],
  ["49.2 GB @.8", "49.2 GB", 0.8],
  ["49.2 GB @1.0", "49.2 GB", 1],
  ["49.2 GB @1", "49.2 GB", 0.01],
  ["49.2 GB @0.8%", "49.2 GB", 0.008],
  ["49.2 GB @72.5", "49.2 GB", 0.725],
  ["49.2 GB @100", "49.2 GB", 1],
  ["49.2 GB @1.5", "49.2 GB", 0.015],
  ["49.2 GB @170", "49.2 GB", 1.7],
  ["recall@10 of 5", "recall@10 of 5", undefined],
  ["49.2 GB", "49.2 GB", undefined],
  ["49.2 GB @", "49.2 GB @", undefined],
])("%s is %s, sure to %s", (text, typed, confidence) => {
  const split = splitConfidence(text);
  expect(split.typed).toBe(typed);
  if (confidence === undefined) expect(split.confidence).toBeUndefined();
  else expect(split.confidence).toBeCloseTo(confidence, 12);
});
