/** The numbers that sliders move. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { estimateDesign } from "./estimate-design.ts";
import { estimateInputs } from "./estimate-inputs.ts";
import { vary } from "./with-fact.ts";

function designOf(text: string) {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is a design");
  return design;
}

const MOVIES = designOf(readFileSync("designs/movie-recommendations.md", "utf8"));

test("each number that an estimate reads stands once, as the note writes it, in the order of the steps", () => {
  const inputs = estimateInputs(MOVIES);
  const keys = inputs.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.map((key) => key[0])).toEqual(keys.map((key) => key[0]).toSorted());
  const byKey = new Map(inputs.map((one) => [one.key, one]));
  expect(byKey.get("1.requests.average")).toMatchObject({ value: 400, text: "400/s" });
  expect(byKey.get("6.serving.budget.network")).toMatchObject({ value: 0.02, text: "20 ms", about: "time of network" });
  for (const { about } of inputs) expect(about).not.toBe("");
});

test("every one of them can be moved, and moves an answer or is held against a limit", () => {
  const said = (design: Parameters<typeof estimateDesign>[0]): string =>
    JSON.stringify(
      estimateDesign(design).sheets.map(({ answer, lines, limits }) => [
        answer?.value,
        lines.map(({ value }) => value),
        limits,
      ]),
    );
  const before = said(MOVIES);
  const still = estimateInputs(MOVIES).filter(({ key, value, isWhole }) => {
    const varied = vary(MOVIES, key);
    return !varied.ok || said(varied.value.at(isWhole ? value * 2 : value * 1.5)) === before;
  });
  expect(still.map(({ key }) => key)).toEqual([]);
});

test("a number stands there too where an estimate works its input out from it, as storage does from predictions a day", () => {
  const inputs = estimateInputs(designOf(readFileSync("designs/demand-forecasting.md", "utf8")));
  expect(inputs.find(({ key }) => key === "1.predictions")).toMatchObject({ text: "10.8M/day", value: 125 });
});

test("a note without numbers has none", () => {
  expect(
    estimateInputs(
      designOf("---\nheptad: 1\ntitle: Feed\nsystem: feed\n---\n\n## 1. Clarify\n\n```yaml\ngoal: x\n```\n"),
    ),
  ).toEqual([]);
});
