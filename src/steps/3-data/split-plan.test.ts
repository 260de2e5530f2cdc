import { expect, it } from "vitest";
import { type Design, parseDesign } from "../design.ts";
import { historyOf, isByRow, isTemporal, periodsOf, testRowsOf } from "./split-plan.ts";

function designOf(data: string, clarify = "goal: x"): Design {
  const text = `---\nheptad: 1\ntitle: t\nsystem: s\n---\n\n## 1. Clarify\n\n\`\`\`yaml\n${clarify}\n\`\`\`\n\n## 3. Data\n\n\`\`\`yaml\n${data}\n\`\`\`\n`;
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("no design");
  return design;
}
const DAY = 86_400;
const days = (data: string) => {
  const periods = periodsOf(designOf(data));
  return (
    periods &&
    [periods.train, periods.validation, periods.test, periods.gap, periods.total].map(
      (one) => Math.round((1e6 * one) / DAY) / 1e6,
    )
  );
};

it("tells splits that follow time from those by rows", () => {
  expect((["time", "rolling", "group-and-time", "random"] as const).map(isTemporal)).toEqual([true, true, true, false]);
  expect((["random", "k-fold", "random-stratified", "time"] as const).map(isByRow)).toEqual([true, true, true, false]);
});

it("knows how far back data goes as stated", () => {
  expect(historyOf(designOf("history: 90 d"))).toBe(90 * DAY);
  expect(historyOf(designOf("split: { by: time }"))).toBeUndefined();
});

it("adds up parts in days with a gap before each that is held out", () => {
  expect(days("split: { by: time, train: 60 d, validation: 7 d, test: 14 d, gap: 2 d }")).toEqual([60, 7, 14, 2, 85]);
  expect(days("split: { by: time, train: 60 d, test: 14 d, gap: 2 d }")).toEqual([60, 0, 14, 2, 76]);
  expect(days("split: { by: time, train: 60 d, test: 14 d }")).toEqual([60, 0, 14, 0, 74]);
});

it("takes shares of the history, which hold the gaps already", () => {
  expect(days("history: 100 d\nsplit: { by: time, train: 80%, validation: 10%, test: 10%, gap: 2 d }")).toEqual([
    80, 10, 10, 2, 100,
  ]);
  expect(days("history: 100 d\nsplit: { by: time, train: 80%, test: 14 d, gap: 2 d }")).toEqual([80, 0, 14, 2, 96]);
});

it("knows no periods without parts, or of shares of what is not known", () => {
  expect(days("split: { by: time, gap: 2 d }")).toBeUndefined();
  expect(days("split: { by: time, train: 80%, test: 20% }")).toBeUndefined();
});

it("takes the rows of a test as stated, else its share of the labels", () => {
  const labels = "goal: x\nlabels: { count: 50k }";
  expect(testRowsOf(designOf("split: { by: random, test: 10%, rows: 700 }", labels))).toEqual({
    rows: 700,
    assumed: false,
  });
  expect(testRowsOf(designOf("split: { by: random, test: 10% }", labels))).toEqual({ rows: 5000, assumed: true });
  expect(testRowsOf(designOf("split: { by: random, test: 10% }"))).toBeUndefined();
  expect(testRowsOf(designOf("split: { by: time, test: 14 d }", labels))).toBeUndefined();
});
