import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { type Remark, stageResult } from "../../../system/stage.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { hashDistance, perceptualHash } from "./perceptual-hash.ts";
import { photoSplitStage } from "./photo-split-stage.ts";
import type { PictureSet } from "./picture-set.ts";
import { fitScaling, scaleInto } from "./picture-set.ts";
import { readIdx } from "./read-idx.ts";
import { independentUnits, splitItems, splitPhotos } from "./split-items.ts";
import { picturesToStored } from "./stored-pictures.ts";

/** Pictures of smooth noise: a few waves a channel. */
function waves(
  count: number,
  seed: number,
  change: (value: number, row: number) => number = (value) => value,
): PictureSet {
  const size = 32;
  const pixels = new Uint8Array(count * size * size * 3);
  for (let row = 0; row < count; row++) {
    const random = createRandom(seed + row);
    const kinds = Array.from({ length: 6 }, () => [
      random.uniform() * 0.6,
      random.uniform() * 0.6,
      random.uniform() * 6,
    ]);
    for (let p = 0; p < size * size; p++) {
      const light = kinds.reduce((sum, [a, b, c]) => sum + Math.sin(a * (p % size) + b * Math.floor(p / size) + c), 0);
      for (let c = 0; c < 3; c++)
        pixels[(row * size * size + p) * 3 + c] = Math.max(0, Math.min(255, change(128 + 25 * light, row)));
    }
  }
  return { count, size, channels: 3, pixels };
}

describe("the perceptual hash", () => {
  it("hardly moves when a photo becomes lighter, and is far from another photo's", () => {
    const [plain, light] = [waves(12, 100), waves(12, 100, (value) => value * 1.08 + 4)];
    let far = 0;
    for (let row = 0; row < 12; row++) {
      expect(hashDistance(perceptualHash(plain, row), perceptualHash(light, row))).toBeLessThanOrEqual(4);
      far += hashDistance(perceptualHash(plain, row), perceptualHash(plain, (row + 1) % 12)) / 12;
    }
    expect(far).toBeGreaterThan(20);
  });

  it("finds the one photo that stands there twice", () => {
    const set = waves(10, 7, (value, row) => (row === 9 ? value + 3 : value));
    const step = 32 * 32 * 3;
    set.pixels.copyWithin(9 * step, 2 * step, 3 * step);
    expect(nearDuplicates(set).pairs).toEqual([[2, 9]]);
  });
});

describe("dividing photos", () => {
  const shares = { validation: 0.2, test: 0.3 };

  it("keeps the photos of an item, and items that look the same, on one side, whatever the pairs", () => {
    const shape = fc.tuple(
      fc.integer({ min: 5, max: 40 }),
      fc.array(fc.tuple(fc.nat(119), fc.nat(119)), { maxLength: 12 }),
      fc.nat(99),
    );
    fc.assert(
      fc.property(shape, ([items, drawn, seed]) => {
        const item = Int32Array.from({ length: items * 3 }, (_, row) => Math.floor(row / 3));
        const pairs = drawn.map(([a, b]): [number, number] => [a % item.length, b % item.length]);
        const { part, group, across, moved } = splitItems(item, pairs, shares, createRandom(seed));
        for (let row = 1; row < item.length; row++)
          if (item[row] === item[row - 1]) expect(part[row]).toBe(part[row - 1]);
        for (const [a, b] of pairs) expect([part[a], group[a]]).toEqual([part[b], group[b]]);
        expect(moved > 0).toBe(across > 0);
      }),
    );
  });

  it("gives each side its share of items, and tears items apart where photos are drawn", () => {
    const item = Int32Array.from({ length: 300 }, (_, row) => Math.floor(row / 3));
    const { part } = splitItems(item, [], shares, createRandom(1));
    expect([0, 1, 2].map((side) => part.filter((own) => own === side).length)).toEqual([150, 60, 90]);
    const torn = splitPhotos(300, shares, createRandom(1));
    expect(torn.filter((own) => own === 2).length).toBe(90);
    expect([...torn.keys()].some((row) => row % 3 > 0 && torn[row] !== torn[row - 1])).toBe(true);
  });
});

describe("what chance draws as one", () => {
  const item = Int32Array.of(0, 0, 1, 1, 2, 2);

  it("is an item, or items that look the same; photos that were drawn for themselves are no more independent", () => {
    const ofEach = (units: Int32Array): readonly number[] => [...units];
    expect(ofEach(independentUnits(Int32Array.of(0, 0, 0, 0, 2, 2), item))).toEqual([0, 0, 0, 0, 2, 2]);
    expect(ofEach(independentUnits(Int32Array.of(7, 7, 8, 8, 9, 9), item))).toEqual([7, 7, 8, 8, 9, 9]);
    expect(ofEach(independentUnits(Int32Array.from(item.keys()), item))).toEqual([...item]);
  });
});

describe("IDX files", () => {
  const file = (head: number[], values: number[]) => Uint8Array.from([...head, ...values]);

  it("are read by their header", () => {
    const read = readIdx(file([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3], [1, 2, 3, 4, 5, 6]), "a");
    expect(read.ok && [read.value.sizes, [...read.value.values]]).toEqual([
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ]);
  });

  it.each([
    ["no IDX file", [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["numbers of type 13", [0, 0, 13, 1, 0, 0, 0, 1, 5]],
    ["the file holds 1", [0, 0, 8, 1, 0, 0, 0, 2, 5]],
    ["the header is cut off", [0, 0, 8, 3, 0, 0, 0, 2]],
  ])("that are broken say how: %s", (message, bytes) => {
    const read = readIdx(Uint8Array.from(bytes), "a.idx");
    expect(read.ok ? "" : read.failure.message).toContain(message);
  });
});

it("scaled training photos have mean 0 and deviation 1 in each channel", () => {
  const set = waves(6, 40, (value, row) => value - 10 * row);
  const rows = [0, 1, 2, 3, 4, 5];
  const scaling = fitScaling(set, rows);
  const planes = new Float32Array(3 * 32 * 32);
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const row of rows) {
    scaleInto(set, row, scaling, planes, 0);
    for (const [i, value] of planes.entries()) {
      sums[Math.floor(i / 1024)] += value / 6144;
      squares[Math.floor(i / 1024)] += value ** 2 / 6144;
    }
  }
  for (const sum of sums) expect(sum).toBeCloseTo(0, 4);
  for (const square of squares) expect(square).toBeCloseTo(1, 4);
});

describe("the stage that divides photos", () => {
  /** Remarks on photos of which each item has so many. */
  async function remarksOn(
    each: number,
    set = waves(24, 9),
    classOf: (item: number) => number = (one) => one % 2,
  ): Promise<readonly Remark[]> {
    const item = Int32Array.from({ length: 24 }, (_, row) => Math.floor(row / each));
    const label = Int32Array.from(item, classOf);
    const names = Array.from(item, (_, row) => `${row}.png`);
    const stored = stageResult(picturesToStored({ set, item, label, classes: ["cup", "plate"], names, given: null }));
    const { remarks } = await photoSplitStage({}).execute({
      paths: {},
      input: async () => stored,
      random: createRandom(1),
      environment: sealedEnvironment,
    });
    return remarks;
  }

  it("says that items stand on one side only where the data knows of items, and doubts it elsewhere", async () => {
    const known = await remarksOn(3);
    expect(known.map(({ kind }) => kind)).toEqual(["answer"]);
    expect(known[0].text).toContain("all photos of an item on one side");
    const unknown = await remarksOn(1);
    expect(unknown.map(({ kind }) => kind)).toEqual(["answer", "doubt"]);
    expect(unknown[0].text).not.toMatch(/item/u);
    expect(unknown[1].text).toContain("does not say which photos show the same item");
  });

  it("counts photos that look the same and bear two classes, and says nothing where they bear one", async () => {
    const twins = waves(24, 9);
    const step = 32 * 32 * 3;
    twins.pixels.copyWithin(5 * step, 2 * step, 3 * step);
    twins.pixels.copyWithin(7 * step, 2 * step, 3 * step);
    const warnings = async (classOf: (item: number) => number): Promise<string[]> =>
      (await remarksOn(1, twins, classOf)).filter(({ kind }) => kind === "warning").map(({ text }) => text);
    expect(await warnings((row) => (row === 7 ? 1 : 0))).toEqual([
      expect.stringMatching(/^2 pairs of photos look .* two classes, such as 2\.png as `cup` and 7\.png as `plate`:/u),
    ]);
    expect(await warnings((row) => (row === 12 ? 1 : 0))).toEqual([]);
  });

  it("refuses photos that look so much the same that none is left to test on", async () => {
    await expect(
      remarksOn(
        1,
        waves(24, 9, () => 100),
      ),
    ).rejects.toMatchObject({
      failure: {
        code: "no-photos-left",
        message: expect.stringMatching(/none is left to test on: 276 pairs look the same/u),
      },
    });
  });
});
