import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { scaleInto } from "../../3-data/pictures/picture-set.ts";
import { type Augmentation, augmentInto } from "./augment.ts";

const size = 32;
const still: Augmentation = { move: 0, zoom: 0, flip: false, light: 0, tint: 0, erase: 0 };

/** One picture whose level rises from left to right and, twice as fast, from top to bottom. */
const ramp = {
  size,
  channels: 1,
  pixels: Uint8Array.from({ length: size * size }, (_, p) => 100 + (p % size) + 2 * Math.floor(p / size)),
};
const scaling = { mean: [0], deviation: [1 / 255] };

function changed(how: Partial<Augmentation>, seed = 1): Float32Array {
  const to = new Float32Array(size * size);
  augmentInto(ramp, 0, scaling, { ...still, ...how }, createRandom(seed), to, 0);
  return to;
}

describe("chance changes of a training picture", () => {
  it("leave the picture as serving reads it where all of them are 0", () => {
    const plain = new Float32Array(size * size);
    scaleInto(ramp, 0, scaling, plain, 0);
    expect(changed({})).toEqual(plain);
  });

  it("draw nothing for a change that is 0, so that a training without it stays what it was", () => {
    const [once, twice] = [createRandom(5), createRandom(5)];
    augmentInto(ramp, 0, scaling, { ...still, light: 0.2 }, once, new Float32Array(size * size), 0);
    // Two moves, the light and the tint of one channel.
    for (const draw of ["below", "below", "normal", "normal"] as const)
      draw === "below" ? twice.below(1) : twice.normal();
    expect(once.uint32()).toBe(twice.uint32());
  });

  it("stretch height and width each by its own share around the middle, within the bound", () => {
    const steps = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      const picture = changed({ zoom: 0.2 }, seed);
      const middle = (size / 2) * size + size / 2;
      const across = picture[middle + 1] - picture[middle];
      const down = (picture[middle + size] - picture[middle]) / 2;
      for (const step of [across, down]) {
        expect(step).toBeGreaterThan(0.799);
        expect(step).toBeLessThan(1.201);
      }
      // The middle of the picture stays where it is: between its four inner places.
      const around = [middle, middle - 1, middle - size, middle - size - 1];
      expect(around.reduce((sum, at) => sum + picture[at], 0) / 4).toBeCloseTo(100 + 1.5 * (size - 1), 3);
      steps.add(`${across.toFixed(3)} ${down.toFixed(3)}`);
      expect(Math.abs(across - down)).toBeGreaterThan(1e-4);
    }
    expect(steps.size).toBe(40);
  });

  it("blot out one field of an eighth to half of each side in the asked share of the pictures, and nothing beside it", () => {
    let blotted = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const picture = changed({ erase: 0.3 }, seed);
      const places = [...picture.keys()].filter((at) => picture[at] === 0);
      if (places.length === 0) continue;
      blotted++;
      const [columns, rows] = [places.map((at) => at % size), places.map((at) => Math.floor(at / size))];
      const [width, height] = [columns, rows].map((all) => Math.max(...all) - Math.min(...all) + 1);
      expect(places).toHaveLength(width * height);
      for (const side of [width, height]) {
        expect(side).toBeGreaterThanOrEqual(size / 8);
        expect(side).toBeLessThanOrEqual(size / 2);
      }
    }
    // 60 are expected, with a deviation of 6.5.
    expect(blotted).toBeGreaterThan(40);
    expect(blotted).toBeLessThan(80);
  });
});
