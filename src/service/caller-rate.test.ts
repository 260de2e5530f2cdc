import { describe, expect, it } from "vitest";
import { limitCallers } from "./caller-rate.ts";

describe("the rate of a caller", () => {
  it("lets a second's worth through at once, then as many as the rate, each caller apart", () => {
    let now = 0;
    const { ask } = limitCallers(5, () => now);
    const allowed = (address: string, times: number): number =>
      Array.from({ length: times }, () => ask(address)).filter((one) => one === undefined).length;
    expect(allowed("a", 20)).toBe(5);
    expect(ask("a")).toBe(1);
    expect(allowed("b", 1)).toBe(1);
    now = 0.41;
    expect(allowed("a", 20)).toBe(2);
    now = 100;
    expect(allowed("a", 20)).toBe(5);
  });

  it("says after how many seconds a slow rate allows the next", () => {
    let now = 0;
    const { ask } = limitCallers(0.1, () => now);
    expect([ask("a"), ask("a")]).toEqual([undefined, 10]);
    now = 7.5;
    expect(ask("a")).toBe(3);
    now = 10.1;
    expect(ask("a")).toBeUndefined();
  });

  it("keeps no more than ten thousand addresses, those that asked last", () => {
    const { ask } = limitCallers(1, () => 0);
    ask("first");
    ask("second");
    for (let i = 0; i < 9999; i++) ask(`caller ${i}`);
    expect(ask("second")).toBe(1);
    expect(ask("first")).toBeUndefined();
  });
});
