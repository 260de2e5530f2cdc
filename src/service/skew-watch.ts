/** Has the test window of each model that comes to serve replayed once, and counts what production would have read otherwise than the run. */

import { formatNumber } from "../core/format-figure.ts";
import type { SkewCount } from "../system/served-system.ts";

export interface SkewWatchParts {
  /** Replays the window of the model that serves; null where it has nothing to compare. */
  readonly replay: () => Promise<SkewCount | null>;
  readonly model: () => string;
  readonly onCounted: (model: string, count: SkewCount) => void;
  /** Told what a person has to know of it. */
  readonly say: (message: string) => void;
}

/** Looks whether a model serves whose window was not replayed yet; settles once it was. */
export function openSkewWatch({ replay, model, onCounted, say }: SkewWatchParts): () => Promise<void> {
  let looked: string | undefined;
  let isBusy = false;
  return async () => {
    const id = model();
    if (isBusy || id === looked) return;
    isBusy = true;
    looked = id;
    try {
      const count = await replay();
      if (count === null || model() !== id) return;
      onCounted(id, count);
      if (count.differing > 0) say(sayDiffering(id, count));
    } catch (error) {
      say(`whether model ${id} reads features as its run did was not looked at: ${String(error)}`);
    } finally {
      isBusy = false;
    }
  };
}

function sayDiffering(id: string, { requests, compared, differing, first }: SkewCount): string {
  const counts = `${formatNumber(differing)} of ${formatNumber(compared)} values, at ${formatNumber(requests)} rows of the test window`;
  const shown =
    first === undefined
      ? ""
      : `; first ${first.feature} of row ${first.row}: ${first.served} where the run has ${first.batch}`;
  return `model ${id} reads features otherwise than its run did: ${counts}${shown}`;
}
