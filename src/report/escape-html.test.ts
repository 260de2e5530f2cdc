import { expect, it } from "vitest";
import { drawChart } from "./chart-svg.ts";
import { escapeHtml } from "./escape-html.ts";

it("text begins no tag and ends no attribute", () => {
  expect(escapeHtml(`<img src="x" onerror=a>&`)).toBe("&lt;img src=&quot;x&quot; onerror=a&gt;&amp;");
});

it("a series' name in a chart's legend is text: a committed cache could bring a script along", () => {
  const series = "<script>alert(1)</script>";
  const points = ["plain", series].map((name, at) => ({ x: at, y: at, series: name }));
  const drawn = drawChart({ title: "t", caption: "", form: "lines", xLabel: "a", yLabel: "b", points });
  expect(drawn).not.toContain("<script");
  expect(drawn).toContain("&lt;script&gt;alert(1)");
});
