import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  const keys = ["latency", "availability", "users", "GB", "s"];

  it("sees through a slip, a swap and a wrong case", () => {
    expect(nearest("latncy", keys)).toBe("latency");
    expect(nearest("uesrs", keys)).toBe("users");
    expect(nearest("gb", keys)).toBe("GB");
  });

  it("stays silent when nothing is near", () => {
    expect(nearest("throughput", keys)).toBeUndefined();
    expect(nearest("q", keys)).toBeUndefined();
    expect(nearest("", keys)).toBeUndefined();
  });

  it("does not stumble over a megabyte of name", () => {
    expect(nearest("a".repeat(1e6), keys)).toBeUndefined();
  });
});
