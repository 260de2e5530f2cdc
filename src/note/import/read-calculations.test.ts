import { describe, expect, it } from "vitest";
import { readCalculations } from "./read-calculations.ts";

function again(text: string): readonly (readonly [says: string, quote: string])[] {
  const place = { file: "a.md", line: 1, quote: text };
  return readCalculations({ text, steps: [6], under: "", place }).map(({ says, at }) => [says, at.quote]);
}

describe("a calculation in the prose", () => {
  it("is done again as it was typed", () => {
    expect(again("memory: 10^9 * 256 * 2 ~ 500 GB")).toEqual([
      ["computed again: 5.12e11 bytes, which agrees", "10^9 * 256 * 2 ~ 500 GB"],
    ]);
    expect(again("100 * 30 = 4,000")).toEqual([["computed again: 3000, which is 25% from 4,000", "100 * 30 = 4,000"]]);
  });

  it("is done again where it is set as a formula, and quoted as it stands", () => {
    const text = "Memory is $10^{9} \\cdot 256 \\times 2 \\approx 500\\,\\text{GB}$ in all.";
    expect(again(text)).toEqual([["computed again: 5.12e11 bytes, which agrees", text]]);
    expect(again("about $10^9 \\cdot 256 \\cdot 2 \\sim 200$ GB")[0][0]).toContain("which is far from 200 GB");
  });

  it.each([
    ["86400 * 1000 = 86.4M", "8.64e7, which agrees"],
    ["1,000,000 * 300 = 300,000,000", "3e8, which agrees"],
    ["10^6 × 10^3 ~ 10^9", "1e9, which agrees"],
    ["3 * 7 = 20", "21, which is 5% from 20"],
    ["3 * 7 ~ 20", "21, which agrees"],
    ["1.2 * 3 = 3.6", "3.6, which agrees"],
    ["86400 * 365 = 31.5M", "3.1536e7, which agrees"],
    ["10M * 2 KB = 20 TB", "2e10 bytes, which is 100% from 20 TB"],
    ["10M * 2 KB = 20 GB", "2e10 bytes, which agrees"],
    ["1000 x 4 KiB = 4 MiB", "4096000 bytes, which is 2% from 4 MiB"],
    ["2 * 3 billion = 7 billion", "6e9, which is 14% from 7 billion"],
    ["1M users x 2KB = 20 GB", "2e9 bytes, which is 90% from 20 GB"],
    ["1M users x 2 KB = 2 GB", "2e9 bytes, which agrees"],
    ["10M items * 256 dims * 4 bytes ~ 10 GB", "1.024e10 bytes, which agrees"],
    ["5 * 10^6 / 86400 ≈ 58 qps", "57.8703703704, which agrees"],
    ["5 * 10^6 / 86400 ≈ 85 qps", "57.8703703704, which is 32% from 85"],
    ["10M users * 10 requests per day / 86400 ~ 1200 requests per second", "1157.40740741, which agrees"],
    ["100ms * 3 = 300 ms", "0.3 s, which agrees"],
    ["100ms * 3 = 500 ms", "0.3 s, which is 40% from 500 ms"],
    ["2^20 * 4 B ~ 4 MB", "4194304 bytes, which agrees"],
    ["10 GB / 2 KB = 5M", "5e6, which agrees"],
    ["120 requests / 2 s = 60 qps", "60, which agrees"],
    ["1000 * 1.008 = 1000", "1008, which is 0.8% from 1000"],
  ])("with magnitudes, sizes and powers on either side: %s", (text, says) => {
    expect(again(text).map(([one]) => one.replace("4.096e6", "4096000").replace("4.194304e6", "4194304"))).toEqual([
      `computed again: ${says}`,
    ]);
  });

  it.each([
    "10^9*256*2 = 512*10^9",
    "2 KB * 3 MB = 6 GB",
    "10M * 2 KB = 20",
    "2 * 3 = 6 000",
    "v2 * 3 = 7",
    "1'000 * 3 = 7",
    "5 * 4 = 20 + 1",
    "10 + 5 * 2 = 20",
    "(10 + 5) * 2 * 2 = 60",
    "N * 5 * 2 = 20",
    "1/2 = 50%",
    "100 qps * 2 days = 17",
    "8 bits * 4 = 4 bytes",
    "86400 * 2 = 2 days",
    "10 weeks * 7 = 70",
    "2 B users * 4 bytes = 8 GB",
  ])("is none where it goes on, or nobody knows what is meant: %s", (text) => {
    expect(again(text)).toEqual([]);
  });

  it("is none where a dollar is a price", () => {
    expect(again("It costs $5 a day and $7 a night.")).toEqual([]);
  });
});
