/** Traffic of a design: its peak, and the requests of a day and a month. */

import type { Sheet, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { traffic } from "../estimates/traffic.ts";

export const trafficSheet: Sheet<Design> = {
  name: "traffic",
  title: "traffic",
  step: 1,
  cases: ({ clarify }) => [
    {
      subject: "",
      estimate: traffic,
      inputs: {
        average: fact("1.requests.average", clarify.requests?.average, "400/s"),
        peak_factor: peakFactor(clarify.requests),
      },
    },
  ],
};

/** The peak over the average as stated, else what is usual. */
export function peakFactor(requests: Design["clarify"]["requests"]): readonly SheetInput[] {
  return [statedFactor(requests), assumed("3x", "usual for a product used in one country, by common experience")];
}

/** A peak that is written as a rate is a factor of the average. */
function statedFactor(requests: Design["clarify"]["requests"]): SheetInput {
  const key = "1.requests.peak";
  const { average, peak } = requests ?? {};
  if (peak === undefined || average === undefined || peak.dimension.second === undefined) return fact(key, peak, "3x");
  return {
    from: "fact",
    key,
    value: peak.value / average.value,
    text: `(${peak.text} / (${average.text}))`,
    example: "3x",
  };
}
