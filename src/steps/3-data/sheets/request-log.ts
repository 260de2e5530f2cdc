/** The storage of a design: its request log, kept as long as the note says of logs, or else as long as personal data may be. */

import { relativeGrowthOf } from "../../../core/growth.ts";
import type { Quantity } from "../../../core/quantity.ts";
import type { Sheet } from "../../../estimate/sheet.ts";
import { assumed, fact, result } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { storage } from "../estimates/storage.ts";

export const requestLogSheet: Sheet<Design> = {
  name: "storage",
  title: "storage of the request log",
  step: 3,
  cases: ({ clarify, data, monitor }) => {
    const { privacy, users, predictions } = clarify;
    const retention = privacy?.retention;
    return [
      {
        subject: "",
        estimate: storage,
        inputs: {
          // One request of a nightly run may hold a shop's whole list: what is logged is the predictions.
          events:
            predictions === undefined ? result("traffic.daily") : fact("1.predictions", aDay(predictions), "2M/day"),
          event_size: assumed("1 kB", "a request with its features and answer; measure yours"),
          retention: [
            fact("7.logs.retention", monitor.logs?.retention, "90 d"),
            fact("1.privacy.retention", retention === "forever" ? undefined : retention, "400 d"),
            fact("3.history", data.history, "365 d"),
            assumed("365 d", "a year of history"),
          ],
          growth: [
            fact("1.users.growth", growthOfUsers(users), "20%/year"),
            assumed("0%/year", "the note states no growth of the users"),
          ],
          compression: assumed("4x", "columns compress well; measure yours"),
        },
      },
    ];
  },
};

/** As many as come in a day, since `events / 1 day` asks for a count. */
function aDay(rate: Quantity): Quantity {
  const text = /\/\s?d(?:ay)?$/u.test(rate.text) ? rate.text.replace(/\s?\/\s?d(?:ay)?$/u, "") : `${rate.text} × 1 day`;
  return { ...rate, value: rate.value * 86_400, dimension: {}, text };
}

/** Requests grow as their users do; what is added per month is a share of those of today. */
function growthOfUsers(users: Design["clarify"]["users"]): Quantity | undefined {
  const { growth, daily } = users ?? {};
  if (growth === undefined || growth.percent) return growth;
  if (daily === undefined || !(daily.value > 0)) return undefined;
  return {
    ...growth,
    value: relativeGrowthOf(growth, daily.value),
    text: `${growth.text} on ${daily.text}`,
    percent: true,
  };
}
