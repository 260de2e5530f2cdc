import { expect, it } from "vitest";
import { meanCoverage, RARE_VALUES } from "../../../../test/interval-simulations.ts";
import { createRandom } from "../../../core/random.ts";

it.each(RARE_VALUES)(
  "covers rare values at least as often as it claims, from ten units on: %s",
  (_, law, truth, range) => {
    const random = createRandom(12);
    for (const n of [10, 12, 15, 30, 60, 150])
      expect(meanCoverage(law, truth, n, 800, random, range), `${n} units`).toBeGreaterThan(
        0.935 - 2 * Math.sqrt(0.0475 / 800),
      );
  },
);
