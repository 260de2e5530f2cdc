/** Finds request rates that do not fit the number of users, or a peak that is no peak. */

import { exceeds } from "../../../core/comparison.ts";
import { DAY } from "../../../core/day.ts";
import { absent, defineRule, orUnknown } from "../../../review/rule.ts";
import { count, number } from "../../../review/words.ts";
import { trafficOf } from "../traffic.ts";

export const rule = defineRule({
  code: "HP106",
  name: "traffic-not-plausible",
  step: 1,
  reads: ["1.users.daily", "1.requests.average", "1.requests.peak"],
  severity: "warning",
  consequence: "late",
  summary: "the request rate does not fit the users, or the peak is no higher than the mean",
  why: "replicas, cost and the length of the experiment are all computed from these numbers",
  fix: "compute the rate as users × sessions × calls / 86,400 s, and take the peak from the busiest minute of a normal week",
  sources: ["Site Reliability Engineering (2016), ch. 4 and 22"],
  note: "traffic of machines can be flat: set `peakRatio` to 1 for it",
  settings: { fewestPerUser: 0.05, mostPerUser: 500, peakRatio: 1.5 },
  examples: {
    bad: { 1: "users: { daily: 100k }\nrequests: { average: 5000/s, peak: 3x }" },
    good: { 1: "users: { daily: 10M }\nrequests: { average: 5000/s, peak: 3x }" },
  },
  check(design, { fewestPerUser, mostPerUser, peakRatio }) {
    const users = design.clarify.users?.daily;
    const { average, peak, peakWaitsFor } = trafficOf(design);
    const rate = design.clarify.requests?.average;
    const perUser = average === undefined || users === undefined ? undefined : (average * DAY) / users.value;
    const ratio = average === undefined || peak === undefined ? undefined : peak / average;
    const hits = [];
    if (perUser !== undefined && (exceeds(fewestPerUser, perUser) || exceeds(perUser, mostPerUser))) {
      hits.push({
        at: "1.requests.average",
        also: ["1.users.daily"],
        rate: rate?.text ?? "",
        users: users?.text ?? "",
        perUser,
        ratio: undefined,
      });
    }
    if (ratio !== undefined && exceeds(peakRatio, ratio)) {
      hits.push({ at: "1.requests.peak", also: [], rate: rate?.text ?? "", users: "", perUser: undefined, ratio });
    }
    const missing = [...absent({ "1.users.daily": users, "1.requests.average": average }), ...peakWaitsFor];
    return orUnknown(hits, [...new Set(missing)]);
  },
  say: ({ rate, users, perUser, ratio }) =>
    perUser === undefined
      ? {
          message: `the peak is ${number(ratio ?? 0)} times the average of ${rate}; people's traffic peaks at 2 to 5 times`,
          label: "no peak",
          fix: "take the peak from the busiest minute of a normal week: `peak: 3x`",
        }
      : {
          message: Number.isFinite(perUser)
            ? `${rate} over ${users} daily users is ${count(perUser)} requests per user and day`
            : `${rate} come from ${users} daily users`,
          label: Number.isFinite(perUser) ? `${count(perUser)} per user and day` : "from nobody",
          also: ["one of the two is off"],
        },
});
