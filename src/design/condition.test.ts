import { describe, expect, it } from "vitest";
import { holds, parseCondition } from "./condition.ts";

describe("conditions", () => {
  it.each([
    ["> 0.2", "", "value", ">", 0.2],
    ["psi > 0.2", "psi", "value", ">", 0.2],
    ["drop > 5%", "", "drop", ">", 0.05],
    ["recall@100 drop <= 1%", "recall@100", "drop", "<=", 0.01],
    ["latency p99 ≥ 100 ms", "latency p99", "value", ">=", 0.1],
    ["drop rate < 3", "drop rate", "value", "<", 3],
    ["alerts rise > 2x", "alerts", "rise", ">", 2],
  ])("reads %s", (text, metric, of, comparison, limit) => {
    const read = parseCondition(text);
    expect(read.ok && { ...read.value, limit: read.value.limit.value }).toEqual({
      metric,
      of,
      comparison,
      limit,
      text,
    });
  });

  it.each(["", "0.2", "psi 0.2", "psi !> 0.2", "psi != 0.2", "a > b > 3", "> ", "x".repeat(300)])(
    "refuses %j",
    (text) => {
      expect(parseCondition(text)).toMatchObject({ ok: false });
    },
  );

  it("compares as it is written", () => {
    const above = parseCondition("> 0.2");
    const atMost = parseCondition("drop <= 1%");
    expect(above.ok && [holds(above.value, 0.2), holds(above.value, 0.21)]).toEqual([false, true]);
    expect(atMost.ok && [holds(atMost.value, 0.01), holds(atMost.value, 0.02)]).toEqual([true, false]);
  });
});
