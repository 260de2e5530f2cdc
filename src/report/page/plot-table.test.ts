import { describe, expect, it } from "vitest";
import type { Mark, Plot, PlotRow } from "../plot.ts";
import { plotTable } from "./plot-table.ts";

const plot: Plot = {
  caption: "ndcg by model",
  scale: "linear",
  from: 0,
  to: 10,
  ticks: [],
  lines: [],
  rows: [],
  layout: "rows",
};
const drawn = (marks: readonly Mark[], more: Partial<Plot> = {}, row: Partial<PlotRow> = {}): string =>
  plotTable({ ...plot, rows: [{ name: "als", value: "4.0", marks, ...row }], ...more });
const dot = (more: Partial<Extract<Mark, { form: "dot" }>> = {}): Mark => ({
  form: "dot",
  at: 5,
  interval: null,
  role: "system",
  ...more,
});
const bar = (more: Partial<Extract<Mark, { form: "bar" }>> = {}): Mark => ({
  form: "bar",
  from: 0,
  to: 5,
  fill: "system",
  text: "",
  ...more,
});

describe("the axis of a plot", () => {
  it("has its ticks lower where no line is named, and texts at its ends lean inwards", () => {
    const ticks = [0, 0.39, 0.4, 9.6, 9.61].map((at) => ({ at, text: `t${at}` }));
    const html = plotTable({ ...plot, ticks });
    const anchors = [...html.matchAll(/<text x="([\d.]+)%" y="(\d+)" text-anchor="(\w+)">/gu)].map((one) =>
      one.slice(1),
    );
    expect(anchors).toEqual([
      ["0.00", "15", "start"],
      ["3.90", "15", "start"],
      ["4.00", "15", "middle"],
      ["96.00", "15", "middle"],
      ["96.10", "15", "end"],
    ]);
    expect(html).toContain('<td class="draw lo">');
    const named = plotTable({ ...plot, ticks, lines: [{ at: 3, kind: "limit", label: "limit" }] });
    expect(named).toContain('y="34"');
    expect(named).not.toContain('class="draw lo"');
  });

  it("names lines on the side that has room, and leaves the others without a name", () => {
    const line = (at: number, label = "limit") => plotTable({ ...plot, lines: [{ at, kind: "limit", label }] });
    expect(line(6)).toContain('<text x="60.00%" y="14" dx="4" text-anchor="start"');
    expect(line(6.01)).toContain('<text x="60.10%" y="14" dx="-4" text-anchor="end"');
    expect(line(6)).toContain('<line x1="60.00%" x2="60.00%" y1="4" y2="38" class="limit"/>');
    expect(line(6, "")).not.toContain("<text");
  });
});

describe("a row of a plot", () => {
  it("has its grid and lines behind its marks, and no grid behind a band", () => {
    const more: Partial<Plot> = { ticks: [{ at: 2, text: "2" }], lines: [{ at: 0, kind: "zero", label: "" }] };
    const html = drawn([dot(), { form: "limit", at: 4 }], more);
    const order = ["grid", "zero", "f-system", 'class="limit"'].map((one) => html.lastIndexOf(one));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(html).toContain('<line x1="20.00%" x2="20.00%" y1="0" y2="100%" class="grid"/>');
    expect(html).toContain('<line x1="40.00%" x2="40.00%" y1="3" y2="27" class="limit" stroke-dasharray="none"/>');
    const banded = drawn([dot(), { form: "band", from: 1, to: 3 }], more);
    expect(banded).not.toContain('class="grid"');
    expect(banded).toContain('<rect x="10.00%" width="20.00%" y="0" height="100%" class="band"/>');
    expect(banded.indexOf("band")).toBeLessThan(banded.indexOf("f-system"));
  });

  it("has its name, its number or its state, and small words where there are some", () => {
    expect(drawn([])).toContain('<th scope="row" class="name">als</th>');
    expect(drawn([], {}, { small: "", below: "" })).not.toContain("<small>");
    expect(drawn([], {}, { small: "of 9", below: "n 5" })).toMatch(/als<small>of.9<\/small>.*4\.0<small>n.5<\/small>/u);
    expect(drawn([], {}, { name: "a_b", isCode: true })).toContain("<code>a_b</code>");
    const html = drawn([], {}, { state: { state: "bad", word: "late" } });
    expect(html).toContain('<span class="t-bad st">');
    expect(html).not.toContain("4.0");
    expect(plotTable({ ...plot, rows: ["Slices"] })).toContain(
      '<tr class="group"><th colspan="3" scope="colgroup">Slices</th></tr>',
    );
    expect([drawn([]), drawn([], { layout: "dense" })].map((one) => /class="plot([^"]*)"/u.exec(one)?.[1])).toEqual([
      "",
      " dense",
    ]);
  });
});

describe("marks", () => {
  it("of a point have the size of its role, and a line from bound to bound", () => {
    expect(drawn([dot({ interval: [4, 7] })])).toContain(
      '<line x1="40.00%" x2="70.00%" y1="50%" y2="50%" class="r-system" stroke-width="3"/><svg x="50.00%" y="50%" overflow="visible"><circle r="6" class="f-system"/></svg>',
    );
    const roles = ["model", "baseline", "ink"] as const;
    expect(roles.map((role) => /<circle r="([\d.]+)"/u.exec(drawn([dot({ role })]))?.[1])).toEqual(["4", "4.5", "4"]);
    expect(roles.map((role) => /stroke-width="([\d.]+)"/u.exec(drawn([dot({ role, interval: [1, 2] })]))?.[1])).toEqual(
      ["2", "2", "1.5"],
    );
    const truth = drawn([dot({ role: "truth", interval: [1, 2] })]);
    expect(truth).toContain('class="r-ink" stroke-width="2"');
    expect(truth).toContain("f-truth");
  });

  it("beyond the frame are arrows at its edge, on either scale", () => {
    const tip = (at: number, more: Partial<Plot> = {}): string | undefined =>
      /<path d="([^"]+)" fill="none"/u.exec(drawn([dot({ at })], more))?.[1];
    expect([tip(-0.1), tip(0), tip(10), tip(10.1)]).toEqual(["M8-4 0 0 8 4", undefined, undefined, "M-8-4 0 0-8 4"]);
    const log: Partial<Plot> = { scale: "log", from: 0.1, to: 10 };
    expect([tip(0, log), tip(0.09, log), tip(1, log), tip(11, log)]).toEqual([
      "M8-4 0 0 8 4",
      "M8-4 0 0 8 4",
      undefined,
      "M-8-4 0 0-8 4",
    ]);
    expect(drawn([dot({ at: 1 })], log)).toContain('<svg x="50.00%"');
  });

  it("of a bar have a width that can be seen, and the fill of what it is", () => {
    expect(drawn([bar()])).toContain('<rect x="0.00%" width="50.00%" y="6" height="18" class="b-system"/>');
    expect(drawn([bar({ from: 2, to: 2 })])).toContain('width="0.30%"');
    expect(drawn([bar()], { layout: "bars" })).toContain('y="9" height="12"');
    expect(drawn([bar({ fill: "granted" })])).toContain('fill="url(#hatch)"');
  });

  it("of a bar have their text inside, behind the end, or before it where the frame ends", () => {
    expect(drawn([bar({ from: 2, text: "four" })])).toContain('<text class="only-wide" x="20.00%" dx="5" y="19"');
    expect(drawn([bar({ to: 8.5, text: "four" })], { layout: "bars" })).toContain(
      '<text x="85.00%" dx="8" y="20" text-anchor="start"',
    );
    // Four letters take 30 pixels.
    expect(drawn([bar({ to: 8.6, text: "four" })], { layout: "bars" })).toContain(
      '<svg x="86.00%" overflow="visible"><rect x="-43" width="39" y="5" height="20" class="ground"/><text x="-8" y="20" text-anchor="end"',
    );
  });
});
