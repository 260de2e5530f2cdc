import { describe, expect, it } from "vitest";
import { isWorkedOut } from "./worked-out.ts";

describe("an estimate", () => {
  it.each([
    "20 analysts at 10 minutes give 960 looks a day.",
    "Twenty analysts at ten minutes a case make 960 looks.",
    "900 shops times 12 thousand articles is about 11 million series.",
    "30 thousand requests with 200 candidates each, so 6 million scores a second.",
    "40 ms for reading and 15 ms for scoring add up to 55 ms.",
    "1,200 × 86,400 a day",
    "50M * 128 * 4 bytes",
    "rate = users / seconds",
    "2 million members -> 400 requests a second",
  ])("is worked out in %s", (text) => {
    expect(isWorkedOut(text)).toBe(true);
  });

  it.each([
    "Latency is 80 ms at p99.",
    "* reading takes 10 ms\n* scoring takes 15 ms",
    "It is **very** fast: 10 ms of 80 ms.",
    "We use 20 analysts. They take 10 minutes. There are 960 looks.",
    "Rollout at 1%, 10% and 50%.",
    "In 2 stages and 3 weeks the model is retrained at 4 o'clock.",
  ])("is none in %s", (text) => {
    expect(isWorkedOut(text)).toBe(false);
  });
});
