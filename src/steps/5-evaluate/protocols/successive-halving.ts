/** Successive halving: many settings on few requests, the better third on three times as many, until the best have seen all. */

/** What a search is made of. */
export interface HalvingOptions<Setting> {
  readonly settings: readonly Setting[];
  /** Kept through all rungs whatever it is worth: what the best is held against. */
  readonly incumbent: Setting;
  /** Requests there are. */
  readonly requests: number;
  /** The least number of requests that a rung compares on. */
  readonly least: number;
  /** The value of a setting on the first `requests` of a fixed order; larger is better. Undefined of one that cannot be measured: it is left out. */
  readonly worthOf: (setting: Setting, requests: number) => Promise<number | undefined>;
  /** Asked before each setting but the incumbent; true ends the search with what is known. */
  readonly isOver: () => boolean;
}

/** One rung: what was compared, on how much. */
export interface Rung<Setting> {
  readonly requests: number;
  /** Best first. */
  readonly values: readonly { readonly setting: Setting; readonly value: number }[];
}

export interface Halving<Setting> {
  readonly best: Setting;
  readonly rungs: readonly Rung<Setting>[];
  /** Settings that were measured at all, the incumbent included. */
  readonly tried: number;
  /** Whether every rung was finished. */
  readonly isComplete: boolean;
}

const KEPT = 3;

/**
 * Karnin, Koren and Somekh 2013, "Almost optimal exploration in multi-armed bandits", with requests as the resource (Jamieson and Talwalkar
 * 2016): a third of the settings goes on to three times the requests. The models learn from all of the data on every rung, because the best
 * regularization grows with the data. Cut off by the budget, the best of the last rung in which something besides the incumbent was measured is chosen.
 */
export async function halveSuccessively<Setting>(options: HalvingOptions<Setting>): Promise<Halving<Setting>> {
  const { settings, incumbent, requests, least, worthOf, isOver } = options;
  const sizes = rungSizes(requests, least, settings.length);
  const rungs: Rung<Setting>[] = [];
  let going = settings.filter((one) => one !== incumbent);
  let isComplete = true;
  for (const size of sizes) {
    const own = await worthOf(incumbent, size);
    if (own === undefined) throw new Error("the incumbent was not measured");
    const values = [{ setting: incumbent, value: own }];
    for (const setting of going) {
      if (isOver()) {
        isComplete = false;
        break;
      }
      const value = await worthOf(setting, size);
      if (value !== undefined) values.push({ setting, value });
    }
    // A rung with the incumbent alone compares nothing.
    if (values.length > 1 || going.length === 0 || rungs.length === 0)
      rungs.push({ requests: size, values: ranked(values) });
    if (!isComplete) break;
    const next = sizes[sizes.indexOf(size) + 1];
    if (next === undefined) break;
    const others = ranked(values).filter((one) => one.setting !== incumbent);
    going = others.slice(0, Math.max(1, Math.ceil(others.length / KEPT))).map((one) => one.setting);
  }
  const last = rungs[rungs.length - 1];
  const tried = new Set(rungs.flatMap((rung) => rung.values.map((one) => one.setting))).size;
  return { best: last.values[0].setting, rungs, tried, isComplete };
}

/** Best first; of equal values the earlier. */
function ranked<T extends { readonly value: number }>(values: readonly T[]): readonly T[] {
  return values.toSorted((a, b) => b.value - a.value);
}

/** From the smallest rung to all requests, each three times the one before; no more rungs than there are settings to part with. */
function rungSizes(requests: number, least: number, settings: number): readonly number[] {
  const sizes = [requests];
  let left = settings;
  while (left > 1 && sizes[0] / KEPT >= least) {
    sizes.unshift(Math.floor(sizes[0] / KEPT));
    left = Math.ceil(left / KEPT);
  }
  return sizes;
}
