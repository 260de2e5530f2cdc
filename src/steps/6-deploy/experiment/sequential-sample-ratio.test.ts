import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { sampleRatioEvidence } from "./sequential-sample-ratio.ts";

describe("the evidence against a planned split", () => {
  it("is the product of what an urn predicts of each unit over the planned share (an oracle without gamma functions)", () => {
    const shares = [0.7, 0.3];
    const random = createRandom(1);
    const counts = [0, 0];
    let product = 0;
    for (let unit = 0; unit < 300; unit++) {
      const arm = random.uniform() < 0.6 ? 0 : 1;
      product += Math.log((200 * shares[arm] + counts[arm]) / (200 + counts[0] + counts[1]) / shares[arm]);
      counts[arm]++;
      expect(sampleRatioEvidence(counts, shares)).toBeCloseTo(product, 8);
    }
  });

  it("is none before the first unit", () => {
    expect(sampleRatioEvidence([0, 0], [0.5, 0.5])).toBeCloseTo(0, 12);
  });

  it("reaches 1 / alpha under the planned split in fewer than alpha of the runs, looked at after every unit", () => {
    let alarms = 0;
    for (let run = 0; run < 400; run++) {
      const random = createRandom(run, "split");
      const counts = [0, 0];
      for (let unit = 0; unit < 2000; unit++) {
        counts[random.uniform() < 0.5 ? 0 : 1]++;
        if (sampleRatioEvidence(counts, [0.5, 0.5]) >= Math.log(1 / 0.05)) {
          alarms++;
          break;
        }
      }
    }
    // Expected at most 20; 33 are three standard errors more.
    expect(alarms).toBeLessThan(33);
  });

  it("sees that one arm loses a tenth of its units, within 20,000", () => {
    for (let run = 0; run < 20; run++) {
      const random = createRandom(run, "lost");
      const counts = [0, 0];
      while (sampleRatioEvidence(counts, [0.5, 0.5]) < Math.log(1000) && counts[0] + counts[1] < 20_000) {
        const arm = random.uniform() < 0.5 ? 0 : 1;
        if (arm === 0 || random.uniform() < 0.9) counts[arm]++;
      }
      expect(counts[0] + counts[1]).toBeLessThan(20_000);
    }
  });
});
