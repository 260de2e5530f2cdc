import { describe, expect, it } from "vitest";
import { quantitiesIn } from "./quantities-in-text.ts";

describe("quantities in a sentence", () => {
  it.each([
    ["It costs eight dollars a thousand requests.", ["8 dollars per 1000 requests"]],
    ["Half a second at p99, and a dozen GPUs.", ["0.5 second", "12 GPUs"]],
    ["Two hundred thousand users want three nines.", ["200000 users", "99.9%"]],
    ["99.9 percent of 10 requests a second take 80ms.", ["99.9 percent", "10 requests per second", "80ms"]],
    ["We pay $5k/month for 2 TB, or $0.02.", ["$5k/month", "2 TB", "$0.02"]],
    ["400/s at the peak, 3x the average", ["400/s", "3x"]],
    ["20 × 3 = 60 ms at 3× the load, 2 x 4 of them", ["60 ms", "3×"]],
    ["5 million rows of 40 bytes", ["5 million rows", "40 bytes"]],
  ])("are found: %s", (text, quantities) => {
    expect(quantitiesIn(text)).toEqual(quantities);
  });

  it.each([
    "1,5 GB of memory",
    "step 7 of 12",
    "p99 and ndcg@10",
    "one by one",
    "a few hundred users",
    "in 2026",
    "v2.1.3",
  ])("are none where nothing is sure: %s", (text) => {
    expect(quantitiesIn(text)).toEqual([]);
  });
});
