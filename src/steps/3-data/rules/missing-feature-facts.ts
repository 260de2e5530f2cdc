/** Asks when each feature is known and where it comes from. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { count, list } from "../../../review/words.ts";

interface Found extends Hit {
  readonly names: readonly string[];
  readonly all: number;
}

export const rule = defineRule<Found>({
  code: "HP324",
  name: "missing-feature-facts",
  step: 3,
  reads: [
    "3.source.format",
    "3.features[].aggregate",
    "3.features[].available",
    "3.features[].train",
    "3.features[].serve",
    "3.features[].refresh",
  ],
  severity: "warning",
  consequence: "false-figures",
  summary: "features do not say when they are known or where they come from",
  why: "leaks and skew between training and serving hide in exactly these columns",
  fix: "declare each with `entity`, `aggregate` and `window` (both sides are then computed from one declaration), or give `available`, `train`, `serve` and `refresh`",
  sources: ["ML Test Score (2017), Data 1 and Monitor 3", "Rules of ML (2016), rule 11"],
  examples: {
    bad: { 3: "features: [{ name: avg_basket_30d }]" },
    good: { 3: "features: [{ name: avg_basket_30d, entity: user, aggregate: mean(amount), window: 30 d }]" },
  },
  check({ data: { features = [], source } }) {
    // Rows of LibSVM bring their features, by number.
    if (features.length === 0 && source?.format === "libsvm") return [];
    if (features.length === 0) return [{ at: "3.features", lacks: ["3.features"], names: [], all: 0 }];
    const lacking = features.flatMap(({ name, aggregate, available, train, serve, refresh }, i) => {
      const path = `3.features[${i}]`;
      if (aggregate !== undefined) return [];
      const lacks = [
        ...(available === undefined ? [`${path}.available`] : []),
        ...(train === undefined ? [`${path}.train`] : []),
        ...(serve === undefined ? [`${path}.serve`] : []),
        ...(refresh === undefined && serve !== "request" ? [`${path}.refresh`] : []),
      ];
      return lacks.length === 0 ? [] : [{ name, path, lacks }];
    });
    if (lacking.length === 0) return [];
    const [first] = lacking;
    return [
      {
        at: `${first.path}.name`,
        lacks: lacking.flatMap(({ lacks }) => lacks),
        names: lacking.map(({ name }) => name),
        all: features.length,
      },
    ];
  },
  say: ({ names, all }) =>
    all === 0
      ? { message: "no feature is declared", label: "no `features` here" }
      : {
          message: `${count(names.length)} of ${count(all)} features ${names.length === 1 ? "does" : "do"} not say when ${names.length === 1 ? "it is" : "they are"} known and where ${names.length === 1 ? "it comes" : "they come"} from: ${list(names, 10)}`,
          label: "known when, and from where?",
        },
});
