import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import type { Imbalance } from "../../3-data/sample/imbalance.ts";
import { sigmoid } from "../losses/log-loss.ts";
import { type ClassifierChoice, fitClassifier, liftLogOdds, scoreRows } from "../models/classifier.ts";
import { handleImbalance } from "./handle-imbalance.ts";

const asked = (handling: Imbalance["handling"], odds: number): Imbalance => ({
  handling,
  odds,
  rateAfter: null,
  corrected: true,
});

describe("rows with rare positives", () => {
  it("keep every positive, and exactly the share of the others that is asked for, in their order", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (seed, positives, keep) => {
          const labels = new Uint8Array(500);
          for (let i = 0; i < positives; i++) labels[i * 16] = 1;
          const all = Int32Array.from({ length: 500 }, (_, at) => 1000 + at);
          const handled = unwrap(handleImbalance(all, labels, asked("downsample", 1 / keep), createRandom(seed)));
          expect(handled.labels.reduce((sum, one) => sum + one, 0)).toBe(positives);
          expect(handled.rows.length - positives).toBe(Math.round((500 - positives) * keep));
          expect([...handled.rows]).toEqual([...handled.rows].sort((a, b) => a - b));
          expect(handled.labels).toEqual(Uint8Array.from(handled.rows, (row) => labels[row - 1000]));
        },
      ),
    );
  });

  it("lift log-odds as the formula for a sampled score says", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (q, keep) => {
          const labels = Uint8Array.of(1, ...new Array<number>(400).fill(0));
          const { lift } = unwrap(
            handleImbalance(Int32Array.from(labels.keys()), labels, asked("downsample", 1 / keep), createRandom(1)),
          );
          // Dal Pozzolo et al. 2015, equation 4; He et al. 2014 write it q / (q + (1 - q) / w).
          expect(sigmoid(Math.log(q / (1 - q)) - lift)).toBeCloseTo((q * keep) / (q * keep + 1 - q), 10);
        },
      ),
    );
  });

  it("cannot be made rarer by sampling, nor be left alone with themselves", () => {
    const labels = Uint8Array.of(1, 0, 0, 0);
    const rows = Int32Array.of(0, 1, 2, 3);
    for (const odds of [0.5, 100]) {
      const outcome = handleImbalance(rows, labels, asked("downsample", odds), createRandom(1));
      expect(outcome).toMatchObject({ ok: false, failure: { code: "bad-imbalance" } });
    }
  });
});

describe("corrected log-odds", () => {
  const random = createRandom(11);
  const n = 20_000;
  const x = Float64Array.from({ length: n }, () => random.normal());
  const labels = Uint8Array.from(x, (value) => Number(random.uniform() < sigmoid(1.2 * value - 5)));
  const rate = labels.reduce((sum, one) => sum + one, 0) / n;
  const meanProbability = async (
    choice: ClassifierChoice,
    imbalance: Imbalance,
  ): Promise<readonly [number, number]> => {
    const all = Int32Array.from({ length: n }, (_, at) => at);
    const handled = unwrap(handleImbalance(all, labels, imbalance, createRandom(3)));
    const features = createTable({ x: Float64Array.from(handled.rows, (row) => x[row]) });
    const { weights } = handled;
    const training = { features, labels: handled.labels, ...(weights === undefined ? {} : { weights }) };
    const fitted = unwrap(await fitClassifier(choice, training, { random: createRandom(1) }));
    const mean = (classifier: typeof fitted): number =>
      scoreRows(classifier, createTable({ x })).reduce((sum, score) => sum + sigmoid(score), 0) / n;
    return [mean(fitted), mean(liftLogOdds(fitted, -handled.lift))];
  };
  const choices: readonly ClassifierChoice[] = [
    { model: "logistic-regression", features: ["x"], l2: 0.01 },
    { model: "gbdt", options: { objective: "log-loss", trees: 20, leaves: 4, minRowsInLeaf: 50 } },
  ];

  it.each(choices)("bring the mean probability of $model back to the rate of positives", async (choice) => {
    for (const handling of ["downsample", "class-weight"] as const) {
      const [lifted, corrected] = await meanProbability(choice, asked(handling, 10));
      expect(lifted).toBeGreaterThan(5 * rate);
      expect(corrected / rate).toBeGreaterThan(0.85);
      expect(corrected / rate).toBeLessThan(1.15);
    }
  });

  it("leave scores that are no log-odds as they are", () => {
    const rules = { model: "rules", rules: { format: "heptad rule list", version: 1, rules: ["x > 1"] } } as const;
    expect(liftLogOdds(rules, 2)).toBe(rules);
  });
});
