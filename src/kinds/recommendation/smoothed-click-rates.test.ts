import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { fitClickRates } from "./smoothed-click-rates.ts";

const examination = Float64Array.from([1, 0.4]);

it("recovers rates of titles and members from many impressions, whatever their place", () => {
  const random = createRandom(4);
  const rows = Array.from({ length: 60_000 }, () => {
    const [member, title] = [random.below(4), random.below(3)];
    // The better the title, the lower it stands: plain click rates would put title 0 first.
    const place = random.uniform() < [0.9, 0.5, 0.1][title] ? 1 : 2;
    const attraction = [0.1, 0.15, 0.2][title] * [0.5, 1, 1, 1.5][member];
    return { member, title, place, clicked: random.uniform() < examination[place - 1] * attraction ? 1 : 0 };
  });
  const rates = fitClickRates(
    {
      member: Int32Array.from(rows, ({ member }) => member),
      title: Int32Array.from(rows, ({ title }) => title),
      place: Int32Array.from(rows, ({ place }) => place),
      clicked: Uint8Array.from(rows, ({ clicked }) => clicked),
    },
    examination,
    { members: 5, titles: 4 },
  );
  expect(Math.abs(rates(1, 0) - 0.1)).toBeLessThan(0.015);
  expect(Math.abs(rates(0, 1) - 0.075)).toBeLessThan(0.015);
  expect(Math.abs(rates(3, 2) - 0.3)).toBeLessThan(0.03);
  // A member and a title never seen: the rate of all.
  expect(rates(4, 3)).toBeGreaterThan(0.1);
  expect(rates(4, 3)).toBeLessThan(0.2);
});

it("predicts no click where none was ever made", () => {
  const nothing = {
    member: new Int32Array(1),
    title: new Int32Array(1),
    place: Int32Array.from([1]),
    clicked: new Uint8Array(1),
  };
  expect(fitClickRates(nothing, examination, { members: 1, titles: 1 })(0, 0)).toBe(0);
});
