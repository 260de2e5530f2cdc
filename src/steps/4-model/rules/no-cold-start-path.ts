/** Finds recommenders that have no answer for somebody or something new. */

import { DAY } from "../../../core/day.ts";
import { grownBy } from "../../../core/growth.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, duration, list } from "../../../review/words.ts";
import { choosesFromCatalogue } from "../../2-frame/task.ts";
import type { Design } from "../../design.ts";

interface Found extends Hit {
  readonly lacking: readonly ("user" | "item")[];
  /** New items until the model is next trained, and the share of the catalogue they are. */
  readonly fresh?: { readonly items: number; readonly every: number; readonly share: number };
  readonly newDaily?: number;
}

const PERSON = /user|member|customer|viewer|buyer|visitor|person|query|account|listener|reader/iu;

export const rule = defineRule<Found, { tooFresh: number }>({
  code: "HP414",
  name: "no-cold-start-path",
  step: 4,
  reads: ["4.cold-start", "2.task", "1.domain", "1.items.growth", "1.items.count", "7.retrain.every"],
  severity: "warning",
  consequence: "harm",
  summary: "nothing serves a new user or a new item",
  why: "a model of past behaviour has nothing to say about them, so they are served badly or never shown, and never learned about",
  fix: "write `cold-start: { user: popular in the region, item: content plus a guaranteed first number of impressions }`, and after how many events the model takes over",
  sources: [
    "Rules of ML (2016), rule 18",
    "Deep Neural Networks for YouTube (2016), §3",
    "Sampling-Bias-Corrected Neural Modeling (2019)",
  ],
  settings: { tooFresh: 0.05 },
  examples: {
    bad: { 2: "task: ranking", 4: "cold-start: { user: most-popular, item: none }" },
    good: { 2: "task: ranking", 4: "cold-start: { user: popular in the region, item: content tower with a boost }" },
  },
  check(design, { tooFresh }) {
    const chooses = choosesFromCatalogue(design);
    if (chooses === undefined) return unknown("2.task");
    if (!chooses) return "not applicable";
    const paths = Object.entries(design.model["cold-start"] ?? {}).filter(
      ([, path]) => path.trim() !== "" && path !== "none",
    );
    const lacking = [
      ...(paths.some(([key]) => PERSON.test(key)) ? [] : ["user" as const]),
      ...(paths.some(([key]) => !PERSON.test(key)) ? [] : ["item" as const]),
    ];
    if (lacking.length === 0) return [];
    const newDaily = newItemsDaily(design);
    const every = design.monitor.retrain?.every?.value;
    const items = design.clarify.items?.count?.value;
    const fresh =
      newDaily === undefined || every === undefined || items === undefined
        ? undefined
        : { items: (newDaily * every) / DAY, every, share: (newDaily * every) / DAY / items };
    const isSevere = lacking.includes("item") && fresh !== undefined && fresh.share > tooFresh;
    return [
      {
        at: "4.cold-start",
        severity: isSevere ? "error" : "warning",
        lacking,
        newDaily,
        fresh: isSevere ? fresh : undefined,
      },
    ];
  },
  say({ lacking, fresh, newDaily }) {
    const who = lacking.map((one) => `a new ${one}`).join(" or ");
    const growth =
      lacking.includes("item") && newDaily !== undefined ? `, and ${count(newDaily)} items are new every day` : "";
    const news =
      fresh === undefined
        ? growth
        : `: ${count(fresh.items)} items appear before the next training (${duration(fresh.every)})`;
    return { message: `nothing serves ${who}${news}`, label: `no path for ${list(lacking)}` };
  },
});

/** New items a day; a growth in percent is taken of the catalogue. */
function newItemsDaily({ clarify: { items } }: Design): number | undefined {
  const growth = items?.growth;
  if (growth === undefined) return undefined;
  if (!growth.percent) return growth.value * DAY;
  return items?.count === undefined ? undefined : grownBy(growth, items.count.value, DAY);
}
