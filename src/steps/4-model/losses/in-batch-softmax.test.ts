import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { inBatchSoftmax } from "./in-batch-softmax.ts";

const ROWS = 3;
const COLUMNS = 4;
const wanted = Float32Array.of(1, 0, 0, -1, 0, 2, 1, 0, 0, 0, 0, 0);
const logChance = Float32Array.of(-0.5, -2, -1, -3);

function batch(logits: Float32Array) {
  return { logits: logits.slice(), rows: ROWS, columns: COLUMNS, logChance, wanted };
}

function randomLogits(): Float32Array {
  const random = createRandom(3);
  return Float32Array.from({ length: ROWS * COLUMNS }, () => random.normal());
}

it("is the weighted mean of -log softmax of the corrected scores, without what is left out", () => {
  const logits = randomLogits();
  const corrected = (row: number, j: number) => logits[row * COLUMNS + j] - logChance[j];
  const minusLog = (row: number, target: number, among: number[]) =>
    Math.log(among.reduce((sum, j) => sum + Math.exp(corrected(row, j)), 0)) - corrected(row, target);
  const all = [0, 1, 2, 3];
  const expected = (minusLog(0, 0, [0, 1, 2]) + 2 * minusLog(1, 1, all) + minusLog(1, 2, all)) / 4;
  expect(inBatchSoftmax(batch(logits))).toBeCloseTo(expected, 5);
});

it("leaves derivatives that agree with finite differences", () => {
  const logits = randomLogits();
  const made = batch(logits);
  inBatchSoftmax(made);
  for (let at = 0; at < logits.length; at++) {
    const moved = (by: number) => {
      const changed = logits.slice();
      changed[at] += by;
      return inBatchSoftmax(batch(changed));
    };
    expect(made.logits[at]).toBeCloseTo((moved(0.01) - moved(-0.01)) / 0.02, 4);
  }
});

it("is 0 with no derivatives where nothing is wanted", () => {
  const made = { ...batch(randomLogits()), wanted: new Float32Array(ROWS * COLUMNS) };
  expect(inBatchSoftmax(made)).toBe(0);
  expect([...made.logits]).toEqual(new Array(ROWS * COLUMNS).fill(0));
});
