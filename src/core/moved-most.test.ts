import { expect, it } from "vitest";
import { movedMost } from "./moved-most.ts";

const signal = (name: string, psi: number, chance?: number, onlyGrows = false) => ({ name, psi, chance, onlyGrows });

it("names the largest beyond what chance does: a small sample's 0.3 stood before a large one's 0.2", () => {
  expect(movedMost([signal("few", 0.3, 0.4), signal("many", 0.2, 0.01)])).toMatchObject({
    signal: { name: "many" },
    isBeyondChance: true,
  });
});

it("leaves out what can only grow: the strip named member history, the remark beside it another", () => {
  const grows = signal("member history", 1.4, 0.008, true);
  expect(movedMost([grows, signal("rating", 0.5, 0.1)])?.signal.name).toBe("rating");
  expect(movedMost([grows])).toBeUndefined();
  expect(movedMost([])).toBeUndefined();
});

it("says where chance alone could have done it: 0.00143 below 0.00205 was called the most that moved", () => {
  expect(movedMost([signal("rating", 0.00143, 0.00205), signal("popularity", 0.0009, 0.0036)])).toMatchObject({
    signal: { name: "rating" },
    isBeyondChance: false,
  });
  // The level is what stays below it: there it is not beyond.
  expect(movedMost([signal("rating", 0.002, 0.002)])?.isBeyondChance).toBe(false);
  expect(movedMost([signal("unknown", 0.001)])?.isBeyondChance).toBe(true);
});
