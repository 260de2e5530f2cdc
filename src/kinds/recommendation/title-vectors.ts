/** What is known of titles before anybody has seen them, as vectors that can be compared. */

import { DAY } from "../../core/day.ts";
import type { ItemVectors } from "../../steps/3-data/ranked-task.ts";

/** Genres of title t are `names[indices[i]]` for i from `offsets[t]` up to `offsets[t + 1]`; `released` is NaN where unknown. */
interface DescribedTitles {
  readonly count: number;
  readonly genres: { readonly names: readonly string[]; readonly offsets: Int32Array; readonly indices: Int32Array };
  readonly released: Float64Array;
}

const DECADE = 10 * 365.25 * DAY;

/** Genre flags of unit length, and the decade of release where it is known: what content-based scoring compares. */
export function titleVectors({ genres, released, count }: DescribedTitles): ItemVectors {
  const decades = Array.from(released, (time) => (Number.isNaN(time) ? undefined : Math.floor(time / DECADE)));
  const known = [...new Set(decades.filter((decade) => decade !== undefined))].sort((a, b) => a - b);
  const width = genres.names.length + known.length;
  const values = new Float32Array(count * width);
  for (let title = 0; title < count; title++) {
    const start = genres.offsets[title];
    const end = genres.offsets[title + 1];
    for (let i = start; i < end; i++) values[title * width + genres.indices[i]] = 1 / Math.sqrt(end - start);
    const decade = decades[title];
    // Half the weight of the genres: two films of one decade share less than two westerns do.
    if (decade !== undefined) values[title * width + genres.names.length + known.indexOf(decade)] = 0.5;
  }
  return { width, values };
}
