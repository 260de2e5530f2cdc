/** Finds milestones that no two people could agree to have reached. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, count } from "../../../review/words.ts";

interface Found extends Hit {
  readonly name: string;
  readonly open: number;
  readonly all: number;
}

export const rule = defineRule<Found>({
  code: "HP622",
  name: "milestone-without-proof",
  step: 6,
  reads: ["6.milestones[].name", "6.milestones[].done-when"],
  severity: "warning",
  consequence: "blind",
  summary: "a milestone does not say when it is reached",
  why: "without a condition the date decides, and what is late is called done",
  fix: "write `done-when` as something that a run, a test or a log can show",
  sources: ["Rules of ML (2016), rules 2 and 39", "ML Test Score (2017), Infra 1–7"],
  examples: {
    bad: { 6: "milestones: [{ name: first model, after: 60 d }]" },
    good: { 6: "milestones: [{ name: first model, after: 60 d, done-when: it beats the rule on the test weeks }]" },
  },
  check({ deploy: { milestones } }) {
    if (milestones === undefined || milestones.length === 0) return "not applicable";
    const open = milestones.flatMap((one, i) =>
      one["done-when"] === undefined ? [{ path: `6.milestones[${i}].name`, name: one.name }] : [],
    );
    if (open.length === 0) return [];
    const [first, ...others] = open;
    const also = others.map(({ path }) => path);
    return [{ at: first.path, also, name: first.name, open: open.length, all: milestones.length }];
  },
  say({ name, open, all, also = [] }) {
    const many = open === 1 ? "" : `${count(open)} of ${count(all)} milestones do not say when they are reached: `;
    return {
      message: `${many}the milestone ${code(name)} has no ${code("done-when")}`,
      label: "reached when?",
      also: also.map(() => "nor this one"),
    };
  },
});
