import { expect, it } from "vitest";
import { drawChart } from "./chart-svg.ts";

/** Where Plot draws the axis, and how wide a letter of a label is at the least. */
const AXIS = 64;
const LETTER = 5;

it("the label of the leftmost and lowest point stands clear of both axes and their numbers", () => {
  const label = "network pruned to 50%, 1,180 kB";
  const points = [
    { x: 0.05, y: 0.934, label },
    { x: 0.095, y: 0.952, label },
  ];
  const drawn = drawChart({ title: "t", caption: "", form: "points", xLabel: "a", yLabel: "b", points });
  const places = [...drawn.matchAll(/<circle(?=[^>]* cx="(?<x>[\d.]+)")(?=[^>]* cy="(?<y>[\d.]+)")/gu)].map(
    ({ groups }) => ({
      x: Number(groups?.x),
      y: Number(groups?.y),
    }),
  );
  expect(places).toHaveLength(2);
  const [lowest, highest] = places;
  expect(lowest.x - (label.length * LETTER) / 2).toBeGreaterThan(AXIS);
  expect(highest.x + (label.length * LETTER) / 2).toBeLessThan(720);
  // The plane ends 44 above the picture's foot, and a number of the axis is some 12 high.
  expect(340 - 44 - lowest.y).toBeGreaterThanOrEqual(8);
});
