import { expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { categorySample } from "../../7-monitor/drift/category-sample.ts";
import { psi } from "../../7-monitor/drift/psi.ts";
import type { ScoredTask } from "../scored-task.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { categoryBehind } from "./label-encoding.ts";
import { scoredFeatures } from "./scored-features.ts";

const ROWS = 3000;
/** Rows before this one are trained on, the others are judged. */
const CUT = 2000;

const color: FeatureDeclaration = {
  name: "color",
  entity: ["visit"],
  aggregate: { kind: "value", column: "color" },
  window: Number.POSITIVE_INFINITY,
  delay: 0,
  smoothing: 0,
};

/** One row in ten is positive, whatever its colour; `colorOf` draws the colour of a row. */
function visits(seed: number, colorOf: (row: number, uniform: number) => number): ScoredTask {
  const random = createRandom(seed);
  const task = plantScored(
    Array.from({ length: ROWS }, (_, row) => ({
      day: Math.floor(row / 50),
      unit: row,
      label: random.uniform() < 0.1 ? 1 : 0,
    })),
  );
  const rows = Int32Array.from({ length: ROWS }, (_, row) => colorOf(row, random.uniform()));
  return {
    ...task,
    entities: new Map([...task.entities, ["color", { count: 400, rows }]]),
    words: { ...task.words, row: "visit" },
  };
}

function driftOfCategory(task: ScoredTask, declaration = color) {
  const keys = categoryBehind(declaration, task) ?? new Int32Array();
  const { reference, current } = categorySample(keys.slice(0, CUT), keys.slice(CUT));
  return unwrap(psi(reference, current));
}

const stationary = (values: number) => (_: number, uniform: number) => Math.floor(uniform * values);

it("finds a column of words quiet that is drawn alike all the time, which its rate of the label is not", () => {
  let loud = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { value, noise } = driftOfCategory(visits(seed, stationary(5)));
    expect(value).toBeLessThan(0.05);
    if (value > noise.percentile95) loud++;
  }
  expect(loud).toBeLessThan(7);
  const task = visits(1, stationary(5));
  const rate = scoredFeatures(
    [color],
    task,
    Int32Array.from({ length: ROWS }, (_, row) => row),
  ).get("color");
  const encoded = unwrap(psi(rate?.slice(0, CUT) ?? [], rate?.slice(CUT) ?? []));
  expect(encoded.value).toBeGreaterThan(1);
});

it("finds hundreds of rare words quiet too", () => {
  for (let seed = 1; seed <= 10; seed++) expect(driftOfCategory(visits(seed, stationary(400))).value).toBeLessThan(0.1);
});

it("finds a word that comes twice as often, one that is new, and one that goes missing", () => {
  const twice = (row: number, uniform: number) => (row < CUT || uniform > 0.3 ? Math.floor(uniform * 5) : 4);
  const fresh = (row: number, uniform: number) => (row >= CUT && uniform < 0.3 ? 7 : Math.floor(uniform * 5));
  const gone = (row: number, uniform: number) => (row >= CUT && uniform < 0.3 ? -1 : Math.floor(uniform * 5));
  for (const drawn of [twice, fresh, gone]) expect(driftOfCategory(visits(1, drawn)).value).toBeGreaterThan(0.2);
});

it("takes for a category what is the label's rate over all of the past, alone or in pairs, and nothing else", () => {
  const task = visits(1, stationary(3));
  const rate: FeatureDeclaration = {
    ...color,
    entity: ["color"],
    aggregate: { kind: "rate", measure: task.words.positive },
  };
  expect(categoryBehind(rate, task)?.length).toBe(ROWS);
  expect(new Set(categoryBehind({ ...rate, entity: ["color", "color"] }, task)).size).toBe(3);
  expect(categoryBehind({ ...rate, window: 86_400 }, task)).toBeNull();
  expect(categoryBehind({ ...rate, aggregate: { kind: "count" } }, task)).toBeNull();
  expect(categoryBehind({ ...color, aggregate: { kind: "value", column: "pages" } }, task)).toBeNull();
});
