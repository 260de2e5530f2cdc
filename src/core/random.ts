/** Seeded random numbers: the only source of chance in the project. Same seed, same numbers, on every machine. */

/**
 * xoshiro128** of Blackman and Vigna (2018, "Scrambled linear pseudorandom number generators"), seeded through
 * splitmix32 so that neighbouring seeds give unrelated streams.
 */
export interface Random {
  /** Uniform unsigned 32-bit integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n); n from 1 to 2^32. Unbiased (Lemire 2019, with rejection). */
  below(n: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Gamma with the given shape and scale 1 (Marsaglia and Tsang 2000). */
  gamma(shape: number): number;
  /** Poisson with the given mean (Knuth product below 30; gamma reduction of Ahrens and Dieter 1974 above). */
  poisson(mean: number): number;
  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
  /** An independent generator named by `label`: a stage's draws do not shift when another stage draws more. */
  fork(label: string): Random;
}

/** A generator of its own stream: the same seed and label give the same numbers on every machine. */
export function createRandom(seed: number, label = ""): Random {
  let state = mixSeed(seed, label);
  let a = nextSplitmix();
  let b = nextSplitmix();
  let c = nextSplitmix();
  let d = nextSplitmix();
  let spare = Number.NaN;

  function nextSplitmix(): number {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  }

  function uint32(): number {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  function uniform(): number {
    return ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  }

  function below(n: number): number {
    let draw = uint32();
    // Draws up to here are below the limit whatever n is: most are spared the remainder of two doubles, five times as slow as all else.
    if (draw >= 4294967296 - n) {
      const limit = 4294967296 - (4294967296 % n);
      while (draw >= limit) draw = uint32();
    }
    // `draw % n` for the same reason: the quotient is rounded by less than 1 / n.
    return draw - Math.floor(draw / n) * n;
  }

  function normal(): number {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    let x = 0;
    let y = 0;
    let radius = 0;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      radius = x * x + y * y;
    } while (radius >= 1 || radius === 0);
    const factor = Math.sqrt((-2 * Math.log(radius)) / radius);
    spare = y * factor;
    return x * factor;
  }

  function exponential(): number {
    return -Math.log(1 - uniform());
  }

  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const shift = shape - 1 / 3;
    const scale = 1 / Math.sqrt(9 * shift);
    for (;;) {
      const x = normal();
      const v = (1 + scale * x) ** 3;
      if (v <= 0) continue;
      const height = 1 - uniform();
      // Below the squeeze a draw is accepted by the logarithms too: nineteen in twenty need none.
      if (
        height < 1 - 0.0331 * x * x * x * x ||
        Math.log(height) < 0.5 * x * x + shift - shift * v + shift * Math.log(v)
      )
        return shift * v;
    }
  }

  function poisson(mean: number): number {
    // The time of the k-th arrival is gamma(k): past the mean, the arrivals before it are binomial; short of it, go on from there.
    if (mean > 30) {
      const order = Math.floor(mean * 0.875);
      const arrival = gamma(order);
      return arrival > mean ? binomial(order - 1, mean / arrival) : order + poisson(mean - arrival);
    }
    const floor = Math.exp(-mean);
    let count = 0;
    let product = uniform();
    while (product > floor) {
      count++;
      product *= uniform();
    }
    return count;
  }

  function binomial(n: number, p: number): number {
    let successes = 0;
    for (let i = 0; i < n; i++) if (uniform() < p) successes++;
    return successes;
  }

  function shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }

  return {
    uint32,
    uniform,
    below,
    normal,
    exponential,
    gamma,
    poisson,
    shuffle,
    fork: (name) => createRandom(seed, `${label}/${name}`),
  };
}

/** FNV-1a over the label, started from the seed: a 32-bit state that differs for every (seed, label). */
function mixSeed(seed: number, label: string): number {
  let hash = 0x811c9dc5 ^ (seed | 0) ^ Math.imul(Math.floor(seed / 4294967296) | 0, 0x9e3779b9);
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193);
  return hash | 0;
}
