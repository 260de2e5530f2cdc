import { describe, expect, it } from "vitest";
import { parseGuardrail } from "./experiment-options.ts";

describe("a guardrail", () => {
  it("says by its sign which way is harm, and by its number how much is borne", () => {
    expect(parseGuardrail("hides=+0.01")).toEqual({ metric: "hides", margin: 0.01, harmful: "increase" });
    expect(parseGuardrail(" hours = -2% ")).toEqual({ metric: "hours", margin: 0.02, harmful: "decrease" });
    expect(parseGuardrail("a=b=+1").metric).toBe("a=b");
  });

  it.each(["hides=+5 ms", "hides=+$5", "hides=+much"])("%s is no number that a metric could lose", (text) => {
    expect(() => parseGuardrail(text)).toThrow(/a number/u);
  });

  it.each(["hides=0.01", "hides", "=+1", "hides="])("%s is refused for what it lacks", (text) => {
    expect(() => parseGuardrail(text)).toThrow(/which way is harm|is no NAME=VALUE/u);
  });
});
