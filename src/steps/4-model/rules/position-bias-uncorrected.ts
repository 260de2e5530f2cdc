/** Finds rankers that learn from clicks without knowing where the clicked thing stood. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { slotsOf } from "../funnel.ts";

interface Found extends Hit {
  readonly signals: readonly string[];
  readonly slots?: number;
  /** The feature or the method that needs a fixed value in serving. */
  readonly position?: string;
}

const BIASED: readonly string[] = ["click", "view", "play", "dwell", "tap"];

export const rule = defineRule<Found>({
  code: "HP416",
  name: "position-bias-uncorrected",
  step: 4,
  reads: ["2.task", "2.signals.implicit", "4.position-bias.method", "4.position-bias.serve-value", "3.features[].name"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the ranker learns from clicks and ignores the position they happened at",
  why: "the first slot is clicked more because it is the first; the model learns to repeat the old order",
  fix: "log the position; weight by the inverse propensity from randomised swaps, or give the position as an input that is fixed in serving (`position-bias: { method: position-feature, serve-value: 1 }`)",
  sources: ["Unbiased Learning-to-Rank (2017), §3–5", "Rules of ML (2016), rule 36"],
  examples: {
    bad: { 2: "task: ranking\nsignals: { implicit: [click] }", 4: "position-bias: { method: none }" },
    good: {
      2: "task: ranking\nsignals: { implicit: [click] }",
      4: "position-bias: { method: position-feature, serve-value: 1 }",
    },
  },
  check(design) {
    const { task, signals } = design.frame;
    if (task === undefined) return unknown("2.task");
    if (task !== "ranking") return "not applicable";
    if (signals === undefined) return unknown("2.signals");
    const biased = (signals.implicit ?? []).filter((signal) =>
      BIASED.some((one) => signal.toLowerCase().includes(one)),
    );
    if (biased.length === 0) return "not applicable";
    const bias = design.model["position-bias"];
    const base = { also: ["2.signals.implicit"], signals: biased, slots: slotsOf(design) };
    const named = (design.data.features ?? []).findIndex(({ name }) => /^(?:position|rank|slot)$/iu.test(name));
    const needsValue = named !== -1 || bias?.method === "position-feature";
    if (needsValue && bias?.["serve-value"] === undefined) {
      const position = named === -1 ? "position-feature" : (design.data.features?.[named].name ?? "");
      return [
        {
          ...base,
          at: named === -1 ? "4.position-bias.method" : `3.features[${named}].name`,
          severity: "error",
          position,
        },
      ];
    }
    if (bias?.method !== undefined && bias.method !== "none") return [];
    return [{ ...base, at: "4.position-bias" }];
  },
  say({ signals, slots, position }) {
    const also = ["clicked where it stood"];
    if (position !== undefined) {
      return {
        message: `${code(position)} is an input in training, and nothing says which position is assumed in serving`,
        label: "which position in serving?",
        also,
        fix: "write `position-bias: { method: position-feature, serve-value: 1 }`",
      };
    }
    return {
      message: `the ranker is trained on ${list(signals)}, and the slot${slots === undefined ? "" : ` of the ${count(slots)}`} that each happened in is ignored`,
      label: "the slot is ignored",
      also,
    };
  },
});
