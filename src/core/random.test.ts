import { describe, expect, it } from "vitest";
import { chiSquare } from "./distribution-chi-square.ts";
import { kolmogorovFiniteSurvival } from "./distribution-kolmogorov.ts";
import { standardNormal } from "./distribution-normal.ts";
import { poisson } from "./distribution-poisson.ts";
import { createRandom } from "./random.ts";

const WORD = 2n ** 32n;
const rotated = (x: bigint, k: bigint): bigint => ((x << k) | (x >> (32n - k))) % WORD;

/** The published C code of xoshiro128** and of the finalizer of MurmurHash3 behind splitmix32, in whole numbers without bound. */
function reference(seed: number, label: string): () => number {
  const whole = BigInt(seed);
  let state = (0x811c9dc5n ^ (whole % WORD) ^ (((whole / WORD) * 0x9e3779b9n) % WORD)) % WORD;
  for (const letter of label) state = ((state ^ BigInt(letter.charCodeAt(0))) * 0x01000193n) % WORD;
  const s = Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9n) % WORD;
    let z = state;
    z = ((z ^ (z >> 16n)) * 0x85ebca6bn) % WORD;
    z = ((z ^ (z >> 13n)) * 0xc2b2ae35n) % WORD;
    return z ^ (z >> 16n);
  });
  return () => {
    const result = (rotated((s[1] * 5n) % WORD, 7n) * 9n) % WORD;
    const t = (s[1] << 9n) % WORD;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 11n);
    return Number(result);
  };
}

/** The chance of a sample that lies as far from its law as this one. */
function chanceOf(sample: number[], cdf: (x: number) => number): number {
  const n = sample.length;
  const gaps = sample
    .toSorted((a, b) => a - b)
    .map((x, i) => Math.max(Math.abs(cdf(x) - i / n), Math.abs(cdf(x) - (i + 1) / n)));
  return kolmogorovFiniteSurvival(Math.max(...gaps), n);
}

function chanceOfCounts(counts: readonly number[], expected: readonly number[]): number {
  const distance = counts.reduce((sum, count, i) => sum + (count - expected[i]) ** 2 / expected[i], 0);
  return chiSquare(counts.length - 1).survival(distance);
}

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw);

describe("seeded numbers", () => {
  it.each([
    [1, ""],
    [42, "data/split"],
    [2 ** 32 + 7, "mutate"],
    [2 ** 52 + 1, "x"],
  ])("of seed %d and label %s are those of the published generator", (seed, label) => {
    const random = createRandom(seed, label);
    const next = reference(seed, label);
    expect(draws(50, () => random.uint32())).toEqual(draws(50, next));
  });

  it("fill 53 bits of a number below one, high bits first", () => {
    const random = createRandom(3, "uniform");
    const next = reference(3, "uniform");
    for (let i = 0; i < 20; i++) {
      const [high, low] = [BigInt(next()) >> 5n, BigInt(next()) >> 6n];
      expect(random.uniform()).toBe(Number(high * 2n ** 26n + low) / 2 ** 53);
    }
  });

  it("fork into a stream of the label's own, which draws of the parent do not shift", () => {
    const parent = createRandom(9, "run");
    parent.uint32();
    expect(parent.fork("data").uint32()).toBe(createRandom(9, "run/data").uint32());
    expect(parent.fork("data").uint32()).not.toBe(parent.fork("model").uint32());
  });
});

describe("drawn laws", () => {
  it("are the normal law, and neighbours of one pair are not alike", () => {
    const random = createRandom(5, "normal");
    const sample = draws(20_000, () => random.normal());
    expect(chanceOf(sample, (x) => standardNormal.cdf(x))).toBeGreaterThan(0.01);
    const product = sample.reduce((sum, x, i) => (i % 2 === 1 ? sum + x * sample[i - 1] : sum), 0) / 10_000;
    expect(Math.abs(product)).toBeLessThan(0.03);
    expect(new Set(sample).size).toBe(20_000);
  });

  it("are the exponential law of mean one", () => {
    const random = createRandom(6, "exponential");
    expect(
      chanceOf(
        draws(20_000, () => random.exponential()),
        (x) => 1 - Math.exp(-x),
      ),
    ).toBeGreaterThan(0.01);
  });

  it.each([0.3, 0.999, 1, 2.5, 40])(
    "are the gamma law of shape %d: half a chi-square of twice as many degrees",
    (shape) => {
      const random = createRandom(7, "gamma");
      const law = chiSquare(2 * shape);
      expect(
        chanceOf(
          draws(20_000, () => random.gamma(shape)),
          (x) => law.cdf(2 * x),
        ),
      ).toBeGreaterThan(0.01);
    },
  );

  it.each([0.4, 6, 29.9, 33, 400])("are the Poisson law of mean %d", (mean) => {
    const random = createRandom(8, "poisson");
    const law = poisson(mean);
    const sample = draws(20_000, () => random.poisson(mean));
    // Ten bins of about a tenth each.
    const edges = [...new Set(draws(9, () => 0).map((_, i) => law.quantile((i + 1) / 10)))];
    const within = (value: number): number => edges.filter((edge) => value > edge).length;
    const counts = Array.from({ length: edges.length + 1 }, (_, bin) => sample.filter((k) => within(k) === bin).length);
    const shares = [...edges.map((edge) => law.cdf(edge)), 1];
    const expected = shares.map((share, i) => 20_000 * (share - (i === 0 ? 0 : shares[i - 1])));
    expect(chanceOfCounts(counts, expected)).toBeGreaterThan(0.01);
  });

  it("below n are all n numbers alike, also where n does not divide 2^32", () => {
    const random = createRandom(11, "below");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]++;
    expect(
      chanceOfCounts(
        counts,
        counts.map(() => 10_000),
      ),
    ).toBeGreaterThan(0.01);
    // Of 3 * 2^30 numbers the last third would come half as often, if draws past the last multiple were kept.
    const large = draws(30_000, () => random.below(3 * 2 ** 30));
    const thirds = [0, 1, 2].map((third) => large.filter((x) => Math.floor(x / 2 ** 30) === third).length);
    expect(chanceOfCounts(thirds, [10_000, 10_000, 10_000])).toBeGreaterThan(0.01);
    expect(random.below(1)).toBe(0);
  });

  it("below n are the remainders of the draws below the last multiple of n, whatever n is", () => {
    for (const n of [1, 2, 3, 1000, 65_537, 2 ** 31, 3 * 2 ** 30, 2 ** 32 - 1, 2 ** 32]) {
      const [random, twin] = [createRandom(13, "remainders"), createRandom(13, "remainders")];
      const expected = (): number => {
        const draw = twin.uint32();
        return draw < 2 ** 32 - (2 ** 32 % n) ? draw % n : expected();
      };
      for (let i = 0; i < 2000; i++) expect(random.below(n)).toBe(expected());
    }
  });

  it("shuffle into each of the 24 orders of four things alike, and lose none", () => {
    const random = createRandom(12, "shuffle");
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = random.shuffle(["a", "b", "c", "d"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(
      chanceOfCounts(
        [...counts.values()],
        [...counts].map(() => 1000),
      ),
    ).toBeGreaterThan(0.01);
  });
});
