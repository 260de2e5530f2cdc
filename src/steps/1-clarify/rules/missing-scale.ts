/** Asks for users, traffic and, where things are chosen from a catalogue, its size. */

import { absent, defineRule } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP110",
  name: "missing-scale",
  step: 1,
  reads: ["1.users.daily", "1.items.count", "1.requests.average", "1.requests.peak", "2.task", "4.stages[].kind"],
  severity: "warning",
  consequence: "late",
  summary: "users, traffic or the size of the catalogue is not stated",
  why: "capacity, cost, index memory and the experiment's length are computed from these numbers",
  fix: "an order of magnitude is enough: `users: { daily: 1M }`, `requests: { average: 100/s, peak: 3x }`, `items: { count: 50k }`",
  sources: ["Site Reliability Engineering (2016), ch. 4", "Deep Neural Networks for YouTube (2016), §1"],
  examples: {
    bad: { 1: "users: { daily: 1M }\nrequests: { average: 100/s }" },
    good: { 1: "users: { daily: 1M }\nrequests: { average: 100/s, peak: 3x }" },
  },
  check(design) {
    const { users, items, requests } = design.clarify;
    const task = design.frame.task;
    const isRetrieval = design.model.stages?.some(({ kind }) => kind === "retrieval") ?? false;
    const needsItems = task === "ranking" || task === "retrieval" || isRetrieval;
    const lacks = absent({
      "1.users.daily": users?.daily,
      "1.requests.average": requests?.average,
      // Written as a factor it waits for the average, and is not missing itself.
      "1.requests.peak": requests?.peak,
      ...(needsItems ? { "1.items.count": items?.count } : {}),
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks }];
  },
  say: ({ lacks }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated, so what depends on the scale is not checked`,
    label: `no ${facts(lacks)} here`,
    fix: `an order of magnitude is enough: ${suggested(lacks)}`,
  }),
});

/** A map stands once, with all that is missing in it. */
function suggested(lacks: readonly string[]): string {
  const maps = new Map<string, string[]>();
  for (const path of lacks) {
    const [, map, key] = path.split(".");
    maps.set(map, [...(maps.get(map) ?? []), `${key}: ${SUGGESTED[path]}`]);
  }
  return [...maps].map(([map, keys]) => `\`${map}: { ${keys.join(", ")} }\``).join(", ");
}

const SUGGESTED: Readonly<Record<string, string>> = {
  "1.users.daily": "1M",
  "1.requests.average": "100/s",
  "1.requests.peak": "3x",
  "1.items.count": "50k",
};
