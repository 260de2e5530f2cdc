import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { estimateExamination, findImpressions, fitExamination, placedImpressions } from "./examination.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

describe("the fit of examination", () => {
  it("recovers the factors of a table that is exactly a product", () => {
    const examination = [1, 0.6, 0.25];
    const attraction = [0.5, 0.2, 0.9, 0.05];
    const shown = Float64Array.from({ length: 12 }, (_, cell) => 10 + 7 * ((cell * 5) % 11));
    const clicked = shown.map((count, cell) => count * examination[cell % 3] * attraction[Math.floor(cell / 3)]);
    const fitted = fitExamination({ places: 3, shown, clicked });
    examination.forEach((value, place) => {
      expect(fitted?.[place]).toBeCloseTo(value, 5);
    });
  });

  it("is not misled by better titles standing on top, as plain click rates are", () => {
    // Title 0 attracts 0.8 and stands on top nine times of ten, title 1 attracts 0.2: examination is 1 and 0.5.
    const shown = Float64Array.from([900, 100, 100, 900]);
    const clicked = Float64Array.from([720, 40, 20, 90]);
    expect(fitExamination({ places: 2, shown, clicked })?.[1]).toBeCloseTo(0.5, 6);
    const plain = (40 + 90) / (720 + 20);
    expect(plain).toBeLessThan(0.2);
  });

  it("gives nothing where place 1 has no click to compare with", () => {
    expect(
      fitExamination({ places: 2, shown: Float64Array.from([5, 5]), clicked: Float64Array.from([0, 1]) }),
    ).toBeNull();
  });
});

describe("the estimate from a log", () => {
  const world = createWorld({ members: 500, titles: 200, days: 120 }, createRandom(2));
  const { events } = simulateInteractions(world, createRandom(2));

  it("finds the examination of the simulated world, inside its intervals at most places", () => {
    const impressions = placedImpressions(events, world.end);
    const estimate = impressions === null ? null : estimateExamination(impressions, createRandom(1));
    if (estimate === null) throw new Error("the world logs places");
    let inside = 0;
    estimate.probability.forEach((value, at) => {
      const truth = world.examination(at + 1);
      expect(Math.abs(value - truth)).toBeLessThan(0.08);
      if (at > 0 && estimate.low[at] <= truth && truth <= estimate.high[at]) inside++;
    });
    expect(inside).toBeGreaterThanOrEqual(7);
  });

  it("refuses logs without places, and logs whose impressions were all clicked or none", () => {
    const { position: _, ...unplaced } = events;
    expect(placedImpressions(unplaced, world.end)).toBeNull();
    expect(findImpressions(unplaced, world.end)).toContain("no column of the source is mapped to the place");
    expect(placedImpressions({ ...events, value: events.value.map(() => 1) }, world.end)).toBeNull();
    expect(placedImpressions({ ...events, value: events.value.map(() => 0) }, world.end)).toBeNull();
  });

  it("reads nothing at or after the moment", () => {
    const moment = world.start + 30 * 86_400;
    const early = placedImpressions(events, moment);
    let count = 0;
    for (let row = 0; row < events.count; row++) if (events.kind[row] === 3 && events.time[row] < moment) count++;
    expect(early?.member).toHaveLength(count);
  });
});

describe("a log of one row for each thing shown", () => {
  const log = (kinds: readonly number[], titles: readonly number[]) => ({
    count: kinds.length,
    member: Int32Array.from(kinds, () => 0),
    title: Int32Array.from(titles),
    time: Float64Array.from(kinds, (_, at) => at),
    kind: Uint8Array.from(kinds),
    value: Float32Array.from(kinds, () => 1),
    position: Int32Array.from(kinds, (_, at) => 1 + (at % 2)),
  });

  it("counts a click with a place as one more that was shown, and clicked", () => {
    const found = placedImpressions(log([3, 2, 3, 2], [1, 2, 3, 4]), 10);
    expect([...(found?.clicked ?? [])]).toEqual([0, 1, 0, 1]);
    expect([...(found?.place ?? [])]).toEqual([1, 2, 1, 2]);
    // Before the moment only, and nothing where nothing was shown without a click.
    expect(placedImpressions(log([3, 2, 3, 2], [1, 2, 3, 4]), 2)?.clicked).toHaveLength(2);
    expect(placedImpressions(log([2, 2], [1, 2]), 10)).toBeNull();
  });

  it("says what it lacks: other things shown, clicks, what was not clicked, or which of two rows of a click counts", () => {
    const shown = log([3, 3], [1, 2]);
    expect(findImpressions(log([2, 2], [1, 2]), 10)).toBe(
      "the 2 clicks have a place, and nothing says what else was shown",
    );
    expect(findImpressions(shown, 10)).toContain("of 2 impressions with a place each was clicked");
    expect(findImpressions({ ...shown, value: Float32Array.of(0, 0) }, 10)).toContain("place none was clicked");
    expect(findImpressions(log([3, 3, 2], [1, 2, 1]), 10)).toContain("beside an impression of their own");
    expect(findImpressions(log([1, 1], [1, 2]), 10)).toContain("is an impression or a click");
  });

  it("does not count a click twice whose impression has a row of its own", () => {
    // Title 1 at place 1 was shown, then clicked there.
    expect(placedImpressions(log([3, 3, 2], [1, 2, 1]), 10)).toBeNull();
  });
});
