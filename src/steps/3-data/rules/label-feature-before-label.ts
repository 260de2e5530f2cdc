/** Finds features made of the label that read labels which have not arrived. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, duration } from "../../../review/words.ts";

interface Found extends Hit {
  readonly name: string;
  /** The fact that says how old the youngest label is, where one does. */
  readonly stated: "delay" | "available" | undefined;
  readonly feature: string;
  /** Seconds. */
  readonly age: number;
  readonly short: number;
  readonly delay: string;
}

export const rule = defineRule<Found>({
  code: "HP325",
  name: "label-feature-before-label",
  step: 3,
  reads: [
    "1.labels.delay",
    "3.features[].target-based",
    "3.features[].fit",
    "3.features[].delay",
    "3.features[].available",
  ],
  severity: "error",
  consequence: "false-figures",
  summary: "a feature is made of labels that are younger than a label takes to arrive",
  why: "offline the whole past is labelled, so the feature knows of every fraud an hour ago; while serving those labels do not exist, and the model meets a feature that it has never seen",
  fix: "let the feature wait as long as its labels do: `delay: 7 d` where labels take 7 days",
  sources: ["Credit Card Fraud Handbook (2022), ch. 3", "Leakage and the Reproducibility Crisis (2023), type L2"],
  note: "only features with `target-based: true` and `fit: past-only` are looked at: the others do not read the newest labels, or target-encoding-leak speaks of them",
  examples: {
    bad: {
      1: "labels: { delay: 7 d }",
      3: "features: [{ name: terminal_fraud_rate_1d, aggregate: rate(fraud), window: 1 d, target-based: true, fit: past-only }]",
    },
    good: {
      1: "labels: { delay: 7 d }",
      3: "features: [{ name: terminal_fraud_rate_1d, aggregate: rate(fraud), window: 1 d, delay: 7 d, target-based: true, fit: past-only }]",
    },
  },
  check({ clarify: { labels }, data: { features = [] } }) {
    const made = features.flatMap((feature, i) =>
      feature["target-based"] === true && feature.fit === "past-only" ? [{ ...feature, path: `3.features[${i}]` }] : [],
    );
    if (made.length === 0) return "not applicable";
    const delay = labels?.delay;
    if (delay === undefined) return unknown("1.labels.delay");
    return made.flatMap(({ name, delay: waits, available, path }): Found[] => {
      const stated = waits === undefined ? (available === undefined ? undefined : "available") : "delay";
      const age = waits?.value ?? -(available?.value ?? 0);
      if (!exceeds(delay.value, age)) return [];
      const at = stated === undefined ? `${path}.fit` : `${path}.${stated}`;
      const short = delay.value - age;
      return [{ at, also: ["1.labels.delay"], name, stated, feature: path, age, short, delay: delay.text }];
    });
  },
  say: ({ name, age, short, delay }) => ({
    message: `${code(name)} is made of labels ${age > 0 ? `from ${duration(age)} on` : "up to this moment"}, but a label takes ${delay}: while serving, the last ${duration(short)} of them do not exist yet`,
    label: age > 0 ? "shorter than a label takes" : "no `delay`",
    also: [`a label takes ${delay}`],
    fix: `write \`delay: ${delay}\``,
  }),
  repair: ({ stated, feature, delay }) =>
    stated === undefined
      ? [{ addTo: feature, key: "delay", value: delay }]
      : stated === "delay"
        ? [{ replace: `${feature}.delay`, by: delay }]
        : [],
});
