import { describe, expect, it } from "vitest";
import { checkWorldSize } from "./world-size.ts";

const size = (members: number, items: number, days: number) => () =>
  checkWorldSize({ people: ["members", members], things: ["items", items], days });

describe("a simulated world that no machine holds", () => {
  it("is refused with the sum that shows it: `days: 1e9`, `members: 1e12` and `items: 10M` hung or ran out of memory", () => {
    expect(size(2000, 1000, 1e9)).toThrow("2,000 members x 1.0e9 days = 2.0e12, at 40 bytes each 80,000 GB");
    expect(size(1e12, 1000, 180)).toThrow(/members x 180 days = 1\.8e14/u);
    expect(size(2000, 1e7, 180)).toThrow("1.0e7 items at 1000 bytes each are 10 GB");
  });

  it("is refused from the first day on, and no sooner", () => {
    expect(size(1e6, 2e6, 100)).not.toThrow();
    expect(size(1e6, 2e6, 101)).toThrow(/does not fit/u);
    expect(size(2000, 2e6 + 1, 180)).toThrow(/does not fit/u);
  });
});
