/** Finds drift alerts and triggers on features that count over all time: they can only rise. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import type { Design } from "../../design.ts";

interface Found extends Hit {
  readonly feature: string;
  readonly watched: "alert" | "trigger";
}

const DRIFT = /\b(?:psi|population stability|jensen|js|kl|ks|kolmogorov|wasserstein|drift)\b/iu;
/** Aggregates that grow with every event. */
const GROWING = /^(?:count|sum|distinct|unique|max)\s*\(/u;

export const rule = defineRule<Found>({
  code: "HP719",
  name: "trigger-can-only-rise",
  step: 7,
  reads: ["7.drift[].metric", "7.drift[].of", "7.retrain.when", "3.features[].aggregate", "3.features[].window"],
  severity: "warning",
  consequence: "blind",
  summary: "drift is watched on a feature that counts over all time",
  why: "such a feature is larger every week for everybody, so its distribution moves away from any reference without anything being wrong: the alert fires sooner or later, for ever, and is then ignored",
  fix: "give the feature a window such as `window: 90 d`, or watch one that has one",
  sources: ["PSI (2020)", "Rules of ML (2016), rule 8"],
  examples: {
    bad: {
      3: "features: [{ name: plays, entity: member, aggregate: count(), window: all }]",
      7: 'drift: [{ metric: psi, of: plays, alert: "> 0.2" }]',
    },
    good: {
      3: "features: [{ name: plays, entity: member, aggregate: count(), window: 90 d }]",
      7: 'drift: [{ metric: psi, of: plays, alert: "> 0.2" }]',
    },
  },
  check(design) {
    const { drift = [], retrain } = design.monitor;
    const growing = growingFeatures(design);
    const alerts = drift.flatMap(({ metric, of }, i): Found[] => {
      const feature = growing.find(({ name }) => name === of);
      if (feature === undefined || !DRIFT.test(metric)) return [];
      return [{ at: `7.drift[${i}].of`, also: [feature.path], feature: feature.name, watched: "alert" }];
    });
    // A trigger takes the drift that is watched; where no feature is named, it takes all of them.
    const namesNone = drift.every(({ of }) => of === undefined);
    const triggers = (retrain?.when ?? []).flatMap((condition, i): Found[] => {
      if (!DRIFT.test(condition.metric)) return [];
      const named = growing.find(({ name }) => condition.metric.includes(name));
      const feature = named ?? (namesNone ? growing[0] : undefined);
      if (feature === undefined) return [];
      return [{ at: `7.retrain.when[${i}]`, also: [feature.path], feature: feature.name, watched: "trigger" }];
    });
    const isWatched = drift.some(({ metric }) => DRIFT.test(metric)) || (retrain?.when ?? []).length > 0;
    return isWatched ? [...alerts, ...triggers] : "not applicable";
  },
  say: ({ feature, watched }) => ({
    message: `${code(feature)} counts over all time, so its drift can only rise, and the ${watched} on it will fire for ever`,
    label: "can only rise",
    also: ["grows with every event"],
    fix: `give ${code(feature)} a window such as \`window: 90 d\`, or watch a feature that has one`,
  }),
});

function growingFeatures({ data }: Design): readonly { readonly name: string; readonly path: string }[] {
  return (data.features ?? []).flatMap(({ name, aggregate, window }, i) =>
    window === "all" && aggregate !== undefined && GROWING.test(aggregate)
      ? [{ name, path: `3.features[${i}].window` }]
      : [],
  );
}
