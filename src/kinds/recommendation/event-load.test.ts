import { describe, expect, it } from "vitest";
import { largePoints } from "../../../bench/large-run-points.ts";
import { parseDesign } from "../../steps/design.ts";
import { eventLoad } from "./event-load.ts";

function loadOf(clarify: string, evaluate: string) {
  const note = `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n\n## 1. Clarify requirements and goals\n\n\`\`\`yaml\n${clarify}\n\`\`\`\n\n## 5. Training, offline evaluation and optimization\n\n\`\`\`yaml\n${evaluate}\n\`\`\`\n`;
  const { design, findings } = parseDesign(note, "note.md");
  expect(findings).toEqual([]);
  if (design === undefined) throw new Error("no design");
  return eventLoad(design);
}

describe("what a log of events takes", () => {
  it("is within a factor of three of the measured runs whose members were drawn", () => {
    const { bytes, microseconds } = loadOf("goal: x", "evaluation: { sampled-users: 10k }");
    const points = largePoints();
    expect(points.length).toBeGreaterThan(1);
    for (const { events, memory, cpu } of points) {
      const held = memory * 2 ** 30;
      const ratios = [held / (0.25e9 + events * bytes), cpu / (1.6 + events * microseconds * 1e-6)];
      for (const ratio of ratios) expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(3));
    }
  });

  it("names the draw of members where that takes less of a row, and not where it is written", () => {
    const [all, drawn] = [loadOf("goal: x", "seed: 7"), loadOf("goal: x", "evaluation: { sampled-users: 10k }")];
    expect(all.leaner).toContain("`evaluation: { sampled-users: 10k }`");
    expect(drawn.leaner).toBeUndefined();
    expect(drawn.bytes).toBeLessThan(all.bytes);
    expect(drawn.shorten).toBe(all.shorten);
  });

  it("grows with the members who are asked, drawn or all", () => {
    const sizes = "users: { total: 1M }\nitems: { count: 10k }";
    expect(loadOf(sizes, "seed: 7").besides?.seconds).toBeCloseTo(1200, 6);
    expect(loadOf(sizes, "evaluation: { sampled-users: 10k }").besides?.seconds).toBeCloseTo(12, 6);
    expect(loadOf(sizes, "evaluation: { sampled-users: 5M }").besides?.seconds).toBeCloseTo(1200, 6);
    expect(loadOf("goal: x", "seed: 7")).toMatchObject({ least: 29, bytes: 500, microseconds: 80 });
  });
});
