/** The system that a note describes, as a picture draws it. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawSystemMermaid } from "../report/system-mermaid.ts";
import { drawSystemSvg } from "../report/system-svg.ts";
import { parseDesign } from "../steps/design.ts";
import { describeSystem } from "./describe-system.ts";
import { estimateDesign } from "./estimate-design.ts";

function drawn(path: string, change: (text: string) => string = (text) => text) {
  const { design } = parseDesign(change(readFileSync(path, "utf8")), path);
  if (design === undefined) throw new Error("the note of the test is a design");
  return describeSystem(design, estimateDesign(design));
}

const FAULTY = "designs/bad/movie-recommendations.md";

describe("the drawing of a system", () => {
  test("has the stages in the order of serving, with what each receives, may take and takes", () => {
    const drawing = drawn(FAULTY);
    expect(drawing?.nodes.map(({ name }) => name)).toEqual(["request", "candidates", "ranking", "re-ranking"]);
    expect(drawing?.nodes[2].rows).toEqual([
      { name: "reads", value: "200", isBroken: false },
      { name: "allowed", value: "30 ms", isBroken: false },
      { name: "takes", value: "80 ms", isBroken: true },
    ]);
    expect(drawing?.nodes.map(({ isBroken }) => isBroken)).toEqual([false, false, true, false]);
  });

  test("says on each arrow how much flows: 200 of 1,200 requests a second are 240,000 a second", () => {
    expect(drawn(FAULTY)?.edges.map(({ lines }) => lines)).toEqual([
      ["1.2k/s", "cache 60 s"],
      ["200 items", "240k/s"],
      ["50 items", "60k/s"],
    ]);
  });

  test("says what breaks that belongs to no stage", () => {
    const broken = drawn(FAULTY)?.broken ?? [];
    expect(broken).toContain("the budgets exceed the p99 of 100 ms");
    expect(broken.join()).not.toContain("ranking works");
  });

  test("draws no contender as a part of what is served: stages that are held against each other hand on nothing", () => {
    const names = (path: string, change?: (text: string) => string) =>
      drawn(path, change)?.nodes.map(({ name }) => name);
    const drafted = (text: string): string =>
      text.replace(
        /stages:\n(?: +.*\n)+/u,
        "stages:\n  - { name: baseline, model: logistic-regression }\n  - { name: model, model: gbdt }\n",
      );
    expect(names("designs/card-fraud.md")).toEqual(["request", "scoring"]);
    expect(names("designs/card-fraud.md", drafted)).toEqual(["request", "model"]);
    const cascade = (text: string): string =>
      drafted(text).replace("model: logistic-regression", "model: logistic-regression, keep: 50");
    expect(names("designs/card-fraud.md", cascade)).toEqual(["request", "baseline", "model"]);
  });

  test("says in the box of the one that answers what it is held against, by name or, of many, by number", () => {
    const compared = (change?: (text: string) => string) =>
      drawn("designs/card-fraud.md", change)
        ?.nodes[1].rows.filter(({ name }) => name === "compared with")
        .map(({ value }) => value);
    expect(compared()).toEqual(["rules", "logistic", "novelty"]);
    const more = (text: string): string =>
      text.replace("  - { name: novelty,", "  - { name: forest, model: isolation-forest }\n  - { name: novelty,");
    expect(compared(more)).toEqual(["4 others"]);
    for (const node of drawn(FAULTY)?.nodes ?? [])
      expect(node.rows.map(({ name }) => name)).not.toContain("compared with");
  });

  test("follows the note", () => {
    const faster = drawn(FAULTY, (text) => text.replace("item-cost: 400 us", "item-cost: 100 us"));
    expect(faster?.nodes.some(({ isBroken }) => isBroken)).toBe(false);
    const blank = drawn(FAULTY, (text) => text.replace(/## 4\.[\s\S]*?(?=## 5\.)/u, ""));
    expect(blank).toBeUndefined();
  });
});

describe("a drawn system", () => {
  test("is SVG of its own: no script, no address, every text escaped", () => {
    const drawing = drawn(FAULTY, (text) => text.replaceAll("name: ranking", 'name: "<script>&"'));
    if (drawing === undefined) throw new Error("there are stages");
    for (const width of [undefined, 300]) {
      const svg = drawSystemSvg(drawing, { width, theme: "file" });
      expect(svg).toContain("&lt;script&gt;&amp;");
      expect(svg).not.toMatch(/<script|href|url\(/u);
      expect(svg.match(/<rect/gu)).toHaveLength(4);
      expect(svg.match(/class="head"/gu)).toHaveLength(3);
    }
    expect(drawSystemSvg(drawing, { theme: "page" })).not.toContain("<style>");
  });

  test("stands side by side where its texts fit, and one below the other where they do not; no text is smaller for it", () => {
    const drawing = drawn(FAULTY);
    if (drawing === undefined) throw new Error("there are stages");
    const sizeOf = (width?: number): number[] =>
      (/width="(\d+)" height="(\d+)"/u.exec(drawSystemSvg(drawing, { width, theme: "page" })) ?? [])
        .slice(1)
        .map(Number);
    const [natural, low] = sizeOf();
    expect(sizeOf(natural)).toEqual([natural, low]);
    const [narrow, stillLow] = sizeOf(natural - 1);
    expect([narrow <= natural - 1, stillLow]).toEqual([true, low]);
    for (let width = 260; width <= natural; width += 20) expect(sizeOf(width)[0]).toBeLessThanOrEqual(width);
    expect(drawSystemSvg(drawing, { width: 300, theme: "paper" })).toContain('viewBox="-1 -1 300 ');
    const [column, high] = sizeOf(300);
    expect([column <= 300, high > 2 * low]).toEqual([true, true]);
  });

  test("goes on in a second line where not all boxes fit into one, three and two, with an arrow back to its begin", () => {
    const drawing = drawn("designs/card-fraud.md", (text) => text.replace("name: rules, ", "name: rules, keep: 1, "));
    if (drawing === undefined) throw new Error("there are stages");
    expect(drawing.nodes).toHaveLength(5);
    const svg = drawSystemSvg(drawing, { width: 720, theme: "page" });
    const boxes = [...svg.matchAll(/class="box" x="(?<x>\d+)" y="(?<y>\d+)"/gu)].map(({ groups }) => [
      Number(groups?.x),
      Number(groups?.y),
    ]);
    const [, across, far] = boxes.map(([x]) => x);
    const below = boxes[3][1];
    expect(boxes).toEqual([
      [0, 0],
      [across, 0],
      [far, 0],
      [0, below],
      [across, below],
    ]);
    expect(Number(/width="(\d+)"/u.exec(svg)?.[1])).toBeLessThanOrEqual(720);
    expect(svg.match(/class="head"/gu)).toHaveLength(4);
    expect(svg.match(/class="arrow" d="M\d+ \d+V\d+H28V\d+"/gu)).toHaveLength(1);
    expect(svg).toContain(`class="arrow" d="M${far + 28} `);
  });

  test("marks what breaks by a heavy line and a cross", () => {
    const drawing = drawn(FAULTY);
    if (drawing === undefined) throw new Error("there are stages");
    const svg = drawSystemSvg(drawing, { theme: "page" });
    expect(svg.match(/class="box broken"/gu)).toHaveLength(1);
    expect(svg).toContain("✕ 80 ms");
    expect(drawSystemMermaid(drawing)).toContain("class s2 broken");
  });

  test("wraps what a stage does within its box, every word of it, and cuts none", () => {
    const said = "finite-state index of prefixes with the best 100 at each node";
    const long = "pneumonoultramicroscopicsilicovolcanoconiosis";
    const node = { name: `lookup ${long}`, what: said, rows: [], isBroken: false };
    const one = drawSystemSvg({ title: "t", nodes: [node], edges: [], broken: [] }, { theme: "paper" });
    const lines = [...one.matchAll(/<text x="(\d+)" y="(\d+)"[^>]*>([^<]*)</gu)];
    const words = lines.map(([, , , line]) => line);
    expect(words.join(" ")).toContain(said);
    expect(words.join("")).toContain(`lookup${long}`);
    expect(one).not.toContain("…");
    const height = Number(/<rect[^>]*height="(\d+)"/u.exec(one)?.[1]);
    const tops = lines.map(([, , y]) => Number(y));
    expect(new Set(tops).size).toBe(lines.length);
    expect(Math.max(...tops)).toBeLessThan(height);
  });

  test("is Mermaid with the same boxes and arrows, and no quote ends a label", () => {
    const drawing = drawn(FAULTY, (text) => text.replaceAll("name: ranking", "name: 'a \"b\" <i>'"));
    if (drawing === undefined) throw new Error("there are stages");
    const mermaid = drawSystemMermaid(drawing);
    expect(mermaid).toMatch(/^flowchart LR\n/u);
    expect(mermaid).toContain("a #quot;b#quot; #lt;i#gt;");
    expect(mermaid).toContain('s0 -->|"1.2k/s<br/>cache 60 s"| s1');
    for (const line of mermaid.split("\n")) expect((line.match(/"/gu) ?? []).length % 2).toBe(0);
  });
});
