/** Finds availability promises whose budget no alert watches. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { duration, number, share } from "../../../review/words.ts";
import { alertsOf } from "../alerts.ts";

interface Found extends Hit {
  readonly promised: number;
  /** One region cannot keep it. */
  readonly oneRegion: boolean;
}

export const rule = defineRule<Found, { oneRegionBest: number }>({
  code: "HP712",
  name: "slo-without-burn-rate",
  step: 7,
  reads: ["1.availability", "7.health[].burn-rate", "6.serving.regions"],
  severity: "advice",
  consequence: "blind",
  summary: "availability is promised, and no alert watches how fast its budget burns",
  why: "a fixed alarm at 5% errors lets 1% run unseen until the budget is gone",
  fix: "alert on the budget: 14.4× over 1 h and 5 min (page), 6× over 6 h and 30 min (page), 1× over 3 d and 6 h (ticket)",
  sources: ["The Site Reliability Workbook (2018), ch. 5"],
  settings: { oneRegionBest: 0.9999 },
  examples: {
    bad: { 1: "availability: 99.9%", 7: 'health: [{ metric: error rate, alert: "> 5%", for: 5 m }]' },
    good: {
      1: "availability: 99.9%",
      7: "health: [{ metric: error rate, burn-rate: 14.4x, window: 1 h, short-window: 5 m }]",
    },
  },
  check(design, { oneRegionBest }) {
    const promised = design.clarify.availability?.value;
    if (promised === undefined) return "not applicable";
    if (exceeds(promised, oneRegionBest) && design.deploy.serving?.regions === 1) {
      return [{ at: "1.availability", also: ["6.serving.regions"], promised, oneRegion: true }];
    }
    if (alertsOf(design).some(({ facts }) => facts["burn-rate"] !== undefined)) return [];
    return [{ at: "7.health", also: ["1.availability"], promised, oneRegion: false }];
  },
  say({ promised, oneRegion }) {
    if (oneRegion) {
      return {
        message: `${share(promised)} is promised from one region`,
        label: "from one region?",
        also: ["a region is down for longer than that"],
        why: "one outage of the region uses up the budget of years",
        fix: "serve from two regions, or promise 99.9%",
      };
    }
    const budget = duration((1 - promised) * 30 * DAY);
    const onePercent = (1 - promised) / 0.01;
    const slow =
      onePercent > 0 && onePercent < 1
        ? `: 1% of errors uses it up in ${duration(onePercent * 30 * DAY)} (a burn rate of ${number(1 / onePercent)})`
        : "";
    return {
      message: `${share(promised)} allows ${budget} of failure in 30 d, and no alert watches how fast they go${slow}`,
      label: "no `burn-rate` here",
      also: ["the promise"],
    };
  },
});
