/** Finds features made of a field that step 1 says must not be used. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

export const rule = defineRule({
  code: "HP326",
  name: "excluded-field-used",
  step: 3,
  reads: ["1.privacy.excluded", "3.features[].name", "3.features[].aggregate"],
  severity: "error",
  consequence: "harm",
  summary: "a feature is made of a field that must not be used",
  why: "a promise about personal data holds only if the pipeline keeps it: one derived column is enough to break it",
  fix: "take the feature out, or take the field off `privacy.excluded` of step 1 with a lawful basis for its use",
  sources: ["GDPR (2016), Art. 5 and 25", "Model Cards (2019)"],
  note: "a feature counts as made of a field when its name, or the column that it adds up, holds the field's name as a word: `zip_income` and `mean(zip)` are made of `zip`, `zipper` is not",
  examples: {
    bad: {
      1: "privacy: { personal: [age, zip], excluded: [zip] }",
      3: "features: [{ name: zip_income, aggregate: value(zip_income) }]",
    },
    good: {
      1: "privacy: { personal: [age, zip], excluded: [zip] }",
      3: "features: [{ name: age_band, aggregate: value(age_band) }]",
    },
  },
  check({ clarify: { privacy }, data: { features } }) {
    const excluded = privacy?.excluded ?? [];
    if (excluded.length === 0) return "not applicable";
    if (features === undefined) return unknown("3.features");
    return features.flatMap(({ name, aggregate = "" }, i) => {
      const field = excluded.find((one) => holds(name, one) || holds(aggregate, one));
      return field === undefined ? [] : [{ at: `3.features[${i}].name`, also: ["1.privacy.excluded"], name, field }];
    });
  },
  say: ({ name, field }) => ({
    message: `${code(name)} is made of ${code(field)}, which step 1 excludes`,
    label: `made of ${code(field)}`,
    also: ["must not be used"],
  }),
});

/** Whether the words of `field` stand one after the other in `text`. */
function holds(text: string, field: string): boolean {
  const words = (one: string): string =>
    ` ${one
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .join(" ")
      .trim()} `;
  return words(field).trim() !== "" && words(text).includes(words(field));
}
