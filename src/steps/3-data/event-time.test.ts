import { describe, expect, it } from "vitest";
import { noteOfExample } from "../../review/example.ts";
import { parseDesign } from "../design.ts";
import { eventTimeOf } from "./event-time.ts";

const timeOf = (facts: string) => {
  const { design, findings } = parseDesign(noteOfExample({ 3: facts }), "n.md");
  if (design === undefined || findings.length > 0) throw new Error(findings.map(({ message }) => message).join("; "));
  return eventTimeOf(design);
};

describe("the time of a design's events", () => {
  it("is the column of the first source that has one", () => {
    expect(
      timeOf("sources:\n  - { name: items }\n  - { name: logs, time: at }\n  - { name: later, time: when }"),
    ).toEqual({
      ...{ source: "logs", column: "at", path: "3.sources[1].time" },
    });
    expect(timeOf("sources:\n  - { name: logs, time: at }")?.path).toBe("3.sources[0].time");
  });

  it("is none where no source has one and nothing else says it", () => {
    expect(timeOf("sources:\n  - { name: items, time: none }")).toBeUndefined();
    expect(timeOf("features: []")).toBeUndefined();
    expect(timeOf("time: none")).toBeUndefined();
  });

  it("is the data's own, or that of a format which carries one", () => {
    expect(timeOf("time: at")).toEqual({ source: "the data", column: "at", path: "3.time" });
    expect(timeOf("source: { format: simulated }")?.path).toBe("3.source.format");
  });
});
