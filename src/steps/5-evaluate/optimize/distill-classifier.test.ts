import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { distillClassifier, openLesson } from "./distill-classifier.ts";

const ROWS = 3000;
const random = createRandom(3);
// Few values, so that students and teachers can cut between the same ones.
const draw = () => Float64Array.from({ length: ROWS }, () => Math.round(20 * random.normal()) / 20 + 0.01);
const [a, b] = [draw(), draw()];
const rows = createTable({ a, b });
const options = { objective: "log-loss" as const, trees: 1, leaves: 4, learningRate: 1 };
const labels = a.map((value) => Number(random.uniform() < (value > 0.5 ? 0.7 : 0.01)));
const { model } = unwrap(await trainTrees({ features: rows, labels }, options, { random }));

const distill = (lesson: Parameters<typeof distillClassifier>[1]["lessons"][number], student: object) =>
  distillClassifier(
    { model: "gbdt", hidden: [8], trees: 1, leaves: 4, ...student },
    { subject: "scoring", lessons: [lesson], judged: [rows], random: createRandom(4), pool: undefined },
  );

describe("a distilled classifier", () => {
  it("reproduces a teacher that is a logistic regression itself", async () => {
    const margins = a.map((value, row) => 1.5 * value - 0.7 * b[row] - 3);
    const lesson = { teacher: model, rows, labels: margins.map(sigmoid) };
    const { part, text } = unwrap(await distill(lesson, { model: "logistic-regression" }));
    const off = part.scores[0].map((score, row) => Math.abs(score - margins[row]));
    expect(Math.max(...off)).toBeLessThan(0.15);
    expect(part.subject).toBe("scoring as logistic-regression");
    expect(part.bytes).toBe(28);
    expect(text).toBeUndefined();
    part.serve(0);
  });

  it("reproduces a teacher that is one tree, up to splits too small to find", async () => {
    const lesson = openLesson(model, rows);
    const { part, text } = unwrap(await distill(lesson, { leaves: 8 }));
    part.scores[0].forEach((score, row) => {
      expect(Math.abs(sigmoid(score) - lesson.labels[row])).toBeLessThan(0.03);
    });
    expect(text?.split("\n")[0]).toMatch(/^a <= 0\.[45]/u);
    expect(part.subject).toBe("scoring as 1 tree of 8 leaves");
  });

  it("learns probabilities, not classes: the mean probability of a leaf is the teacher's", async () => {
    const soft = { teacher: model, rows, labels: a.map((value) => (value > 0 ? 0.4 : 0.002)) };
    const { part } = unwrap(await distill(soft, { leaves: 2 }));
    expect(sigmoid(part.scores[0][a.findIndex((value) => value > 0)])).toBeCloseTo(0.4, 9);
    expect(sigmoid(part.scores[0][a.findIndex((value) => value < 0)])).toBeCloseTo(0.002, 9);
  });

  it("comes close to its teacher with a few trees or a small network, too", async () => {
    const lesson = openLesson(model, rows);
    const mean = lesson.labels.reduce((sum, one) => sum + one, 0) / ROWS;
    const offBy = (guess: (row: number) => number) =>
      lesson.labels.reduce((sum, one, row) => sum + Math.abs(guess(row) - one), 0) / ROWS;
    for (const student of [
      { trees: 10, leaves: 4 },
      { model: "mlp", hidden: [32] },
    ]) {
      const { part } = unwrap(await distill(lesson, student));
      expect(offBy((row) => sigmoid(part.scores[0][row]))).toBeLessThan(0.4 * offBy(() => mean));
      part.serve(1);
    }
  });

  it("says the mean probability where there is nothing to split by", async () => {
    const flat = { teacher: model, rows, labels: a.map(() => 0.2) };
    const { part, text } = unwrap(await distill(flat, {}));
    expect(sigmoid(part.scores[0][0])).toBeCloseTo(0.2, 9);
    expect(text).toBeUndefined();
  });

  it("is refused for a student that nothing trains", async () => {
    const outcome = await distill(openLesson(model, rows), { model: "oracle" });
    expect(outcome.ok ? "trained" : outcome.failure.code).toBe("unknown-student");
  });
});
