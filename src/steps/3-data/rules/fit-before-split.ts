/** Finds preprocessing that is fitted on the test rows too. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

interface Found extends Hit {
  readonly step: string;
  readonly kind: string | undefined;
  readonly stated: boolean;
}

const SEVERE: readonly string[] = ["selection", "resampling", "encoding", "imputation-with-target"];

export const rule = defineRule<Found>({
  code: "HP308",
  name: "fit-before-split",
  step: 3,
  reads: ["3.preprocessing[].step", "3.preprocessing[].kind", "3.preprocessing[].fit-on"],
  severity: "error",
  consequence: "false-figures",
  summary: "a preprocessing step is fitted on all rows, the test included",
  why: "the step has seen the test rows, so the test no longer measures what happens on rows that nobody has seen",
  fix: "put every fitted step inside the pipeline that is trained on the training part: `fit-on: train`",
  sources: ["scikit-learn (2024), common pitfalls", "Leakage and the Reproducibility Crisis (2023), types L1.2–L1.3"],
  note: "for plain scaling the measured effect is often close to nil (Which Leakage Types Matter?, 2026), hence only a warning there",
  examples: {
    bad: { 3: "preprocessing: [{ step: select the 200 best features, kind: selection, fit-on: all }]" },
    good: { 3: "preprocessing: [{ step: select the 200 best features, kind: selection, fit-on: train }]" },
  },
  check({ data: { preprocessing } }) {
    if (preprocessing === undefined || preprocessing.length === 0) return "not applicable";
    return preprocessing.flatMap(({ step, kind, "fit-on": fitOn }, i): Found[] => {
      const base = { at: `3.preprocessing[${i}].fit-on`, step, kind };
      if (fitOn === undefined) return [{ ...base, severity: "advice", stated: false }];
      if (fitOn === "train") return [];
      return [{ ...base, severity: kind !== undefined && SEVERE.includes(kind) ? "error" : "warning", stated: true }];
    });
  },
  say: ({ step, kind, stated }) => ({
    message: stated
      ? `${code(step)} is fitted on all rows, the test included`
      : `${code(step)} does not say on which rows it is fitted`,
    label: stated ? "the test too" : "fitted on which rows?",
    why: kind === "selection" && stated ? "the features were chosen because they match the test labels too" : undefined,
  }),
  repair: ({ at, stated }) =>
    stated ? [{ replace: at, by: "train" }] : [{ addTo: at.replace(/\.fit-on$/u, ""), key: "fit-on", value: "train" }],
});
