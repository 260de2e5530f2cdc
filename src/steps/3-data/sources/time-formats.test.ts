import { describe, expect, it } from "vitest";
import { TIME_FORMATS } from "./time-formats.ts";

describe("a format of dates in numbers", () => {
  const numeric = TIME_FORMATS.filter(({ name }) => /^(?:us|european)(?:-short)?$/u.test(name));

  it("is said in the order in which its example and its patterns have the parts", () => {
    expect(numeric).toHaveLength(12);
    for (const { name, says, example, patterns } of numeric) {
      const separator = says.replaceAll(/[a-z]/gu, "")[0];
      expect(says.split(separator), name).toEqual(
        name.startsWith("us") ? ["month", "day", "year"] : ["day", "month", "year"],
      );
      // The fifteenth of September.
      expect(example.split(separator).slice(0, 2), name).toEqual(name.startsWith("us") ? ["09", "15"] : ["15", "09"]);
      const [year, first] = name.endsWith("short") ? ["%y", "20"] : ["%Y", "2020"];
      expect(example.split(separator)[2]).toBe(first);
      const order = name.startsWith("us") ? ["%m", "%d", year] : ["%d", "%m", year];
      for (const pattern of patterns) expect(pattern.startsWith(order.join(separator)), pattern).toBe(true);
    }
  });
});
