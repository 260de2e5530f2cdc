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

  it("takes a third of the longer name's letters as slips, one at least, and never all of a short name", () => {
    expect(nearest("abcxyz", ["abcdef"])).toBeUndefined();
    expect(nearest("abcdxy", ["abcdef"])).toBe("abcdef");
    expect(nearest("abcdefghi", ["abcdef"])).toBe("abcdef");
    expect(nearest("abcdefghij", ["abcdef"])).toBeUndefined();
    expect(nearest("ab", ["ax"])).toBe("ax");
    expect(nearest("a", ["b"])).toBeUndefined();
    expect(nearest("a", ["ab"])).toBeUndefined();
  });

  it("counts a swap of neighbours as one slip, also behind the first letters and of letters that come again", () => {
    expect(nearest("abdc", ["abcd"])).toBe("abcd");
    expect(nearest("ba", ["ab"])).toBe("ab");
    expect(nearest("cab", ["abc"])).toBeUndefined();
    expect(nearest("aabb", ["abab"])).toBe("abab");
    expect(nearest("abcdfe", ["abcdef", "abcdfx"])).toBe("abcdef");
  });

  it("takes the nearest, and of those as near the first", () => {
    expect(nearest("latencx", ["latencies", "latency", "latence"])).toBe("latency");
    expect(nearest("latency", ["latenxx", "latency"])).toBe("latency");
  });

  it("reads eighty letters of a name", () => {
    const long = "a".repeat(80);
    expect(nearest(`${long}zzz`, [long])).toBe(long);
    expect(nearest("a".repeat(90), ["a".repeat(106)])).toBe("a".repeat(106));
  });
});
