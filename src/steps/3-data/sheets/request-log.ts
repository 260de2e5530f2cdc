/** The storage of a design: its request log, kept as long as personal data may be. */

import type { Sheet } from "../../../estimate/sheet.ts";
import { assumed, fact, result } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { storage } from "../estimates/storage.ts";

export const requestLogSheet: Sheet<Design> = {
  name: "storage",
  title: "storage of the request log",
  step: 3,
  cases: ({ clarify, data }) => {
    const { privacy, users } = clarify;
    const retention = privacy?.retention;
    return [
      {
        subject: "",
        estimate: storage,
        inputs: {
          events: result("traffic.daily"),
          event_size: assumed("1 kB", "a request with its features and answer; measure yours"),
          retention: [
            fact("1.privacy.retention", retention === "forever" ? undefined : retention, "400 d"),
            fact("3.history", data.history, "365 d"),
            assumed("365 d", "a year of history"),
          ],
          growth: [
            fact("1.users.growth", users?.growth?.percent ? users.growth : undefined, "20%/year"),
            assumed("0%/year", "the note states no relative growth of the users"),
          ],
          compression: assumed("4x", "columns compress well; measure yours"),
        },
      },
    ];
  },
};
