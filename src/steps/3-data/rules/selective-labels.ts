/** Finds outcomes that are known only where the present system let things through. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { domainOf } from "../../1-clarify/domain.ts";

interface Found extends Hit {
  readonly source: string;
  readonly seenFor?: string;
}

const SELECTIVE_DOMAINS: readonly string[] = ["fraud", "credit", "recommendation", "ads"];

export const rule = defineRule<Found>({
  code: "HP318",
  name: "selective-labels",
  step: 3,
  reads: ["3.sources[].labels-seen-for", "4.exploration.share", "5.policy-correction", "1.domain", "2.task"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the outcome is known only where the present system acted, and nothing makes up for it",
  why: "the model is trained and tested on what the old one let through, so its errors on the rest are invisible",
  fix: "let a small random share through (0.1 to 1%, with a cap on the loss) as `exploration`, or write `policy-correction: ips`, and report with and without the unseen part",
  sources: [
    "Selective Labels (2017)",
    "Rules of ML (2016), rule 34",
    "Leakage and the Reproducibility Crisis (2023), type L3.3",
  ],
  examples: {
    bad: { 3: "sources: [{ name: payments, kind: events, labels-seen-for: approved }]" },
    good: {
      3: "sources: [{ name: payments, kind: events, labels-seen-for: approved }]",
      4: "exploration: { method: random pass, share: 0.5% }",
    },
  },
  check(design) {
    const explores = (design.model.exploration?.share?.value ?? 0) > 0;
    const correction = design.evaluate["policy-correction"];
    const corrected = correction !== undefined && correction !== "none";
    const { sources = [] } = design.data;
    const i = sources.findIndex((source) => {
      const seen = source["labels-seen-for"];
      return seen !== undefined && seen !== "all";
    });
    if (i !== -1) {
      if (explores || corrected) return [];
      return [
        {
          at: `3.sources[${i}].labels-seen-for`,
          source: sources[i].name ?? "a source",
          seenFor: sources[i]["labels-seen-for"],
        },
      ];
    }
    const isStated = sources.some((source) => source["labels-seen-for"] !== undefined);
    const { task } = design.frame;
    const isSelective =
      SELECTIVE_DOMAINS.includes(domainOf(design) ?? "") && task !== "regression" && task !== "forecasting";
    if (isStated || explores || corrected) return [];
    if (!isSelective) return "not applicable";
    return [
      {
        at: sources.length === 0 ? "3.sources" : "3.sources[0].labels-seen-for",
        severity: "advice",
        source: domainOf(design) ?? "",
      },
    ];
  },
  say: ({ source, seenFor }) =>
    seenFor === undefined
      ? {
          message: `in ${source} the label is often known only for what was shown or approved, and nothing says whether it is here`,
          label: "known for which rows?",
          fix: "write `labels-seen-for: all`, `exposed`, `approved` or `reviewed` on the source",
        }
      : {
          message: `${code(source)} has labels only for what was ${seenFor}, and nothing is let through at random`,
          label: `only what was ${seenFor}`,
        },
});
