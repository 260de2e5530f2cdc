/** Finds stand-ins for protected attributes that nobody has reviewed. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP320",
  name: "proxy-attribute-unreviewed",
  step: 3,
  reads: ["3.features[].sensitive", "3.features[].reviewed", "1.stakes", "5.slices"],
  severity: "warning",
  consequence: "harm",
  summary: "a sensitive feature was not reviewed, or no slice shows what it does",
  why: "a postcode often stands for origin and a device's price for income; without a slice nobody sees the harm",
  fix: "write who reviewed it and why it is needed (`reviewed: true`), and add its attribute to `slices` of step 5",
  sources: ["GDPR (2016), Art. 9 and 22", "ML Test Score (2017), Model 6–7", "Model Cards (2019)"],
  examples: {
    bad: { 1: "stakes: legal", 3: "features: [{ name: postcode, sensitive: true }]", 5: "slices: [postcode]" },
    good: {
      1: "stakes: legal",
      3: "features: [{ name: postcode, sensitive: true, reviewed: true }]",
      5: "slices: [postcode]",
    },
  },
  check({ clarify: { stakes }, data: { features = [] }, evaluate: { slices = [] } }) {
    const sensitive = features.flatMap(({ name, sensitive, reviewed }, i) =>
      sensitive === true ? [{ name, reviewed, i }] : [],
    );
    if (sensitive.length === 0) return "not applicable";
    if (stakes === undefined) return unknown("1.stakes");
    if (stakes !== "high" && stakes !== "legal") return "not applicable";
    return sensitive.flatMap(({ name, reviewed, i }) => {
      const sliced = slices.some(
        (slice) => slice.toLowerCase().includes(name.toLowerCase()) || name.toLowerCase().includes(slice.toLowerCase()),
      );
      return reviewed === true && sliced
        ? []
        : [{ at: `3.features[${i}].sensitive`, name, reviewed: reviewed === true, stakes }];
    });
  },
  say: ({ name, reviewed, stakes }) => ({
    message: `${code(name)} is sensitive, the stakes are ${stakes}, and ${reviewed ? "no slice reports it apart" : "nobody has reviewed its use"}`,
    label: reviewed ? "no slice" : "not reviewed",
  }),
});
