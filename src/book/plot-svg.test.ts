import { describe, expect, it } from "vitest";
import type { Mark, Plot } from "../report/plot.ts";
import { NARROW, plotSvg, WIDE } from "./plot-svg.ts";

const bar = (from: number, to: number, text: string): Mark => ({ form: "bar", from, to, fill: "budget", text });

function plot(marks: readonly Mark[], more: Partial<Plot> = {}): string {
  return plotSvg({
    caption: "A request",
    scale: "linear",
    from: 0,
    to: 100,
    ticks: [{ at: 50, text: "50 ms" }],
    lines: [{ at: 50, kind: "limit", label: "limit" }],
    rows: [{ name: "allowed", marks, value: "" }],
    layout: "rows",
    ...more,
  });
}

function placeOf(svg: string, text: string): number | undefined {
  const found = new RegExp(`<text x="([\\d.]+)"[^>]*>${text}</text>`, "u").exec(svg)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Where the drawing puts a value. */
function at(value: number): number {
  const [from, to] = [WIDE.names + 8, WIDE.width - WIDE.values - 8];
  return from + (value / 100) * (to - from);
}

describe("a plot for paper", () => {
  it("names a bar within the bar: behind it the name would stand on the next", () => {
    const svg = plot([bar(0, 40, "ranking"), bar(40, 80, "network")]);
    for (const [text, from, to] of [
      ["ranking", 0, 40],
      ["network", 40, 80],
    ] as const) {
      expect(placeOf(svg, text)).toBeGreaterThan(at(from));
      expect(placeOf(svg, text)).toBeLessThan(at(to));
    }
  });

  it("sets a name smaller where it would not fit, and none where that does not fit either", () => {
    const svg = plot([bar(0, 19, "candidates"), bar(19, 30, "candidates too"), bar(30, 80, "network")]);
    expect(svg).toMatch(/font-size="10"[^>]*>candidates</u);
    expect(placeOf(svg, "candidates too")).toBeUndefined();
    expect(svg).toMatch(/<text(?![^>]*font-size)[^>]*>network</u);
  });

  it("draws names over every bar of their row, and the numbers of an axis over its lines on paper of their own", () => {
    const svg = plot([bar(0, 40, "ranking"), bar(40, 80, "network")]);
    const bars = [...svg.matchAll(/<rect [^>]*stroke="#868f9a"\/>/gu)].map(({ index }) => index);
    expect(bars).toHaveLength(2);
    expect(svg.indexOf(">ranking<")).toBeGreaterThan(Math.max(...bars));
    const line = svg.indexOf('stroke-dasharray="4 3"');
    const paper = svg.indexOf('fill="#ffffff"', line);
    expect(line).toBeGreaterThan(0);
    expect(paper).toBeGreaterThan(line);
    expect(svg.search(/>50\s?ms</u)).toBeGreaterThan(paper);
  });

  it("puts the number behind the bar in a plot of bars", () => {
    const svg = plot([bar(0, 40, "40%")], { layout: "bars" });
    expect(placeOf(svg, "40\\s?%")).toBeGreaterThan(at(40));
  });
});

it("breaks a long name behind its own signs, and lets no line run through the name of a group", () => {
  const svg = plotSvg(
    {
      caption: "Drift",
      scale: "linear",
      from: 0,
      to: 100,
      ticks: [],
      lines: [],
      rows: ["By slice", { name: "customer_mean_amount_7d", marks: [], value: "", isCode: true }],
      layout: "rows",
    },
    NARROW,
  );
  expect([...svg.matchAll(/>(customer[^<]*|amount[^<]*)</gu)].map(([, one]) => one)).toEqual([
    "customer_mean_",
    "amount_7d",
  ]);
  expect(/<text[^>]*>By slice/u.exec(svg)?.[0]).toContain("paint-order");
});
