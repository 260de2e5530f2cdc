/** What of a design's peak passes its cache, where the note states how much the cache answers. */

import type { Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact, result } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { cacheLoad } from "../estimates/cache-load.ts";
import { isOnline } from "../serving-mode.ts";

export const cacheSheet: Sheet<Design> = {
  name: "cache",
  title: "peak past the cache",
  step: 6,
  cases: (design) => {
    const hitRate = design.deploy.serving?.cache?.["hit-rate"];
    if (!isOnline(design) || hitRate === undefined) return [];
    return [
      {
        subject: "",
        estimate: cacheLoad,
        inputs: {
          rate: result("traffic.peak"),
          before: assumed("0%", "an empty cache, as after a flush"),
          after: fact("6.serving.cache.hit-rate", hitRate, "60%"),
        },
      },
    ];
  },
};

/** What reaches the replicas at the peak: what passes the cache, or all of it where there is none. The review counts so too. */
export const PEAK_AT_REPLICAS: readonly SheetInput[] = [result("cache.backend_after"), result("traffic.peak")];
