import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { openDriftWatch } from "./drift-watch.ts";

const random = createRandom(4, "drift");
const profile = new Map([
  ["age", Float64Array.from({ length: 5000 }, () => random.normal())],
  ["constant", new Float64Array(5000)],
]);

describe("the drift watch", () => {
  it("is silent until a window is full, then says little where nothing moved and much where something did", () => {
    const watch = openDriftWatch(profile, 500);
    for (let i = 0; i < 499; i++)
      watch.observe(
        new Map([
          ["age", random.normal()],
          ["unknown", 1],
          ["constant", 0],
        ]),
      );
    expect(watch.psi.size).toBe(0);
    watch.observe(
      new Map([
        ["age", random.normal()],
        ["constant", 0],
      ]),
    );
    expect([...watch.psi.keys()]).toEqual(["age"]);
    expect(watch.psi.get("age")?.value).toBeLessThan(0.1);
    for (let i = 0; i < 500; i++) watch.observe(new Map([["age", random.normal() + 1]]));
    expect(watch.psi.get("age")?.value).toBeGreaterThan(0.5);
    expect(watch.psi.get("age")?.noise).toBeLessThan(0.1);
  });
});
