/** Asks how rows are divided into training and test. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { facts } from "../../../review/words.ts";
import { isTemporal, testRowsOf } from "../split-plan.ts";

interface Found extends Hit {
  readonly lacks: readonly string[];
  /** Nothing at all is said of it. */
  readonly none: boolean;
}

export const rule = defineRule<Found>({
  code: "HP323",
  name: "missing-split",
  step: 3,
  reads: ["3.split.by", "3.split.train", "3.split.gap", "3.split.test", "3.split.rows"],
  severity: "error",
  consequence: "false-figures",
  summary: "no split is stated, or its test part or its gap is not",
  why: "no offline number of this design can be believed before it is known what it was measured on",
  fix: "start from `split: { by: time, train: 90 d, gap: <the label's delay>, validation: 7 d, test: 14 d, rows: 50k }`",
  prose: {
    path: "3.split.by",
    about: "how rows are divided",
    words: /\bsplit|hold[- ]?out|\btrain(?:ed|ing)? on\b.*\btest(?:ed|ing)? on\b/iu,
  },
  sources: ["Leakage and the Reproducibility Crisis (2023), type L1.1", "Rules of ML (2016), rule 33"],
  examples: {
    bad: { 3: "split: { by: time, train: 90 d, test: 14 d, rows: 50k }" },
    good: { 3: "split: { by: time, train: 90 d, gap: 7 d, test: 14 d, rows: 50k }" },
  },
  check(design) {
    const { split } = design.data;
    if (split?.by === undefined)
      return [{ at: "3.split.by", lacks: ["3.split", "3.split.by"], severity: "error", none: true }];
    // Where the label's window or delay is known, the rules on leaks speak of the gap.
    const isUnjudged = design.frame.label?.window === undefined && design.clarify.labels?.delay === undefined;
    const lacks = [
      ...(split.test === undefined && split.by !== "given" ? ["3.split.test"] : []),
      ...(testRowsOf(design) === undefined ? ["3.split.rows"] : []),
      ...(isTemporal(split.by) && split.gap === undefined && isUnjudged ? ["3.split.gap"] : []),
    ];
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks, severity: "warning", none: false }];
  },
  say: ({ lacks, none }) =>
    none
      ? { message: "nothing says how rows are divided into training and test", label: "no `split` here" }
      : {
          message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated${lacks.includes("3.split.gap") ? "; a missing gap counts as 0 d" : ""}`,
          label: `no ${facts(lacks)} here`,
          fix: `add ${lacks.map((path) => SUGGESTED[path]).join(", ")} to \`split\``,
        },
});

const SUGGESTED: Readonly<Record<string, string>> = {
  "3.split.test": "`test:` (how long, or which share)",
  "3.split.rows": "`rows:` (how many rows the test holds)",
  "3.split.gap": "`gap:` (the label's delay)",
};
