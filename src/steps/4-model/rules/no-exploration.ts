/** Finds systems that learn only from what they chose to show. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, list, share } from "../../../review/words.ts";
import { choosesFromCatalogue } from "../../2-frame/task.ts";

interface Found extends Hit {
  readonly signals: readonly string[];
  readonly source?: string;
  readonly share?: number;
}

export const rule = defineRule<Found, { costly: number }>({
  code: "HP415",
  name: "no-exploration",
  step: 4,
  reads: [
    "4.exploration.method",
    "4.exploration.share",
    "4.stages[].exploration",
    "3.sources[].logged-by-this-system",
    "2.signals.implicit",
  ],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the model learns from what it chose to show, and never tries anything else",
  why: "what is never shown stays unknown, and what is popular gains with every round of training",
  fix: "give 1 to 2% of the impressions to chance or a bandit (`exploration: { method: epsilon-greedy, share: 1%, propensity-logged: true }`), and watch catalogue coverage",
  sources: [
    "Hidden Technical Debt (2015), §4",
    "Designing Machine Learning Systems (2022), ch. 8",
    "Algorithmic Confounding (2018)",
  ],
  settings: { costly: 0.1 },
  examples: {
    bad: { 2: "task: ranking\nsignals: { implicit: [click] }", 4: "exploration: { method: none }" },
    good: {
      2: "task: ranking\nsignals: { implicit: [click] }",
      4: "exploration: { method: epsilon-greedy, share: 1%, propensity-logged: true }",
    },
  },
  check(design, { costly }) {
    const logged = (design.data.sources ?? []).findIndex((source) => source["logged-by-this-system"] === true);
    const signals = design.frame.signals?.implicit ?? [];
    const ownExposure = logged !== -1 || (signals.length > 0 && choosesFromCatalogue(design) === true);
    if (!ownExposure) {
      const isStated = design.data.sources?.some((source) => source["logged-by-this-system"] !== undefined) ?? false;
      return design.frame.signals === undefined && !isStated ? unknown("2.signals") : "not applicable";
    }
    const { method, share: stated } = design.model.exploration ?? {};
    const slots = design.model.stages?.some(({ exploration }) => (exploration?.slots ?? 0) > 0) ?? false;
    const isOff = method === undefined || method === "none" || stated?.value === 0;
    const source = logged === -1 ? undefined : (design.data.sources?.[logged].name ?? "a source");
    if (isOff && !slots)
      return [
        {
          at: "4.exploration",
          also: [logged === -1 ? "2.signals.implicit" : `3.sources[${logged}].logged-by-this-system`],
          signals,
          source,
        },
      ];
    const rate = stated?.value;
    return rate !== undefined && rate > costly
      ? [{ at: "4.exploration.share", severity: "advice", signals, share: rate }]
      : [];
  },
  say({ signals, source, share: rate }) {
    if (rate !== undefined) {
      return {
        message: `${share(rate)} of the traffic explores, which costs more than it teaches`,
        label: "a lot",
        why: "each exploring request is a worse answer; 1 to 2% usually teaches as much",
        fix: "explore on 1 to 2% of the impressions",
      };
    }
    return {
      message: `the model is trained on ${source === undefined ? list(signals) : code(source)}, what it chose to show itself, and nothing explores`,
      label: "nothing is tried",
      also: ["recorded on its own choices"],
    };
  },
});
