import { describe, expect, it } from "vitest";
import { quantileOf, readMetrics, total } from "./read-metrics.ts";

const page = (a: number, b: number, c: number) => `# HELP x y
t_bucket{le="0.01",path="/a"} ${a}
t_bucket{le="0.1",path="/a"} ${b}
t_bucket{le="+Inf",path="/a"} ${c}
n_total{why="a \\"b\\"",s="200"} 3
n_total{why="c",s="500"} 4
plain 5
broken line here`;

describe("a metrics page that is read back", () => {
  it("gives totals by label, and quantiles that are never better than the truth", () => {
    const samples = readMetrics(page(50, 99, 100));
    expect(total(samples, "n_total")).toBe(7);
    expect(total(samples, "n_total", ({ s }) => s === "500")).toBe(4);
    expect(total(samples, "plain")).toBe(5);
    expect(quantileOf(samples, "t", 0.5)).toBe(0.01);
    expect(quantileOf(samples, "t", 0.51)).toBe(0.1);
    expect(quantileOf(samples, "t", 0.999)).toBe(Number.POSITIVE_INFINITY);
    expect(quantileOf(samples, "t", 0.5, ({ path }) => path === "/b")).toBeNaN();
    expect(quantileOf(readMetrics(page(50, 199, 200)), "t", 0.5, undefined, samples)).toBe(0.1);
  });
});
