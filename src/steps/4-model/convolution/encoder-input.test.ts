import { describe, expect, it } from "vitest";
import { encoderInput } from "./encoder-input.ts";

/** Two photos of two by two, red, green and blue told apart. */
const PHOTOS = {
  count: 2,
  size: 2,
  channels: 3,
  pixels: Uint8Array.from({ length: 24 }, (_, at) => 10 * at),
};
const MEAN = [0.1, 0.2, 0.3];
const DEVIATION = [0.5, 0.25, 1];

type Plan = Parameters<typeof encoderInput>[0];

function given(plan: Partial<Plan>, set = PHOTOS, row = 1): number[] {
  const to = new Float32Array(14).fill(-9);
  const usual: Plan = { layout: "nchw", channels: 3, mean: MEAN, deviation: DEVIATION };
  encoderInput({ ...usual, ...plan }, set, row, to, 1);
  expect([to[0], to[13]]).toEqual([-9, -9]);
  return [...to.subarray(1, 13)];
}

/** Colour `c` of place `p`, scaled by the numbers that stand at `at`. */
const scaled = (c: number, p: number, at: number, set = PHOTOS): number =>
  Math.fround((set.pixels[12 + 3 * p + c] / 255 - MEAN[at]) / DEVIATION[at]);

describe("a photo as an encoder of the user's own reads it", () => {
  it("is red first, a plane a colour, each with its own numbers", () => {
    const planes = given({});
    for (let c = 0; c < 3; c++) for (let p = 0; p < 4; p++) expect(planes[4 * c + p]).toBeCloseTo(scaled(c, p, c), 6);
  });

  it("is blue first where it was trained so, with the numbers in that order too", () => {
    const planes = given({ colours: "bgr" });
    for (let c = 0; c < 3; c++)
      for (let p = 0; p < 4; p++) expect(planes[4 * c + p]).toBeCloseTo(scaled(2 - c, p, c), 6);
  });

  it("has its colours last in either order", () => {
    const [rgb, bgr] = [given({ layout: "nhwc" }), given({ layout: "nhwc", colours: "bgr" })];
    for (let c = 0; c < 3; c++)
      for (let p = 0; p < 4; p++) {
        expect(rgb[3 * p + c]).toBeCloseTo(scaled(c, p, c), 6);
        expect(bgr[3 * p + c]).toBeCloseTo(scaled(2 - c, p, c), 6);
      }
  });

  it("that is grey fills every colour, each with the numbers of its place", () => {
    const grey = { ...PHOTOS, channels: 1, pixels: PHOTOS.pixels.subarray(0, 8) };
    for (const colours of [undefined, "bgr"] as const) {
      const planes = given({ colours }, grey);
      for (let c = 0; c < 3; c++)
        for (let p = 0; p < 4; p++)
          expect(planes[4 * c + p]).toBeCloseTo((grey.pixels[4 + p] / 255 - MEAN[c]) / DEVIATION[c], 6);
    }
  });
});
