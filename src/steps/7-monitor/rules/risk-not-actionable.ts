/** Finds risks that are written down and answered for by nobody. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";

interface Found extends Hit {
  readonly risk: string;
  readonly lacking: readonly string[];
  readonly open: number;
  readonly all: number;
}

const NOBODY = /^(?:all|team|everyone|everybody|us|me|nobody|tbd)$/iu;

export const rule = defineRule<Found>({
  code: "HP720",
  name: "risk-not-actionable",
  step: 7,
  reads: ["7.risks[].risk", "7.risks[].status", "7.risks[].impact", "7.risks[].owner", "7.risks[].action"],
  severity: "warning",
  consequence: "blind",
  summary: "an open risk has no owner, or nothing is done about it",
  why: "a list of risks that nobody answers for is read once; the risk comes true all the same",
  fix: "name one owner (a role, not `all`) and an action for each open risk; write `status: accepted` with an owner where nothing is to be done, and `status: closed` where it is over",
  sources: ["ML Test Score (2017), Monitor 1–2", "Site Reliability Engineering (2016), ch. 6"],
  examples: {
    bad: { 7: "risks: [{ risk: Sellers copy the words that rank well, impact: high }]" },
    good: {
      7: "risks: [{ risk: Sellers copy the words that rank well, impact: high, owner: ranking team, action: weigh behaviour over words }]",
    },
  },
  check({ monitor: { risks } }) {
    if (risks === undefined || risks.length === 0) return "not applicable";
    const looked = risks.map(({ risk, status, impact, owner, action }, i) => ({
      path: `7.risks[${i}].risk`,
      risk,
      high: impact === "high",
      lacking:
        status === "closed"
          ? []
          : [
              ...(owner === undefined || NOBODY.test(owner.trim()) ? ["owner"] : []),
              ...(action === undefined && status !== "accepted" ? ["action"] : []),
            ],
    }));
    const open = looked.filter(({ lacking }) => lacking.length > 0);
    if (open.length === 0) return [];
    const worst = open.find(({ high }) => high) ?? open[0];
    const also = open.filter((one) => one !== worst).map(({ path }) => path);
    return [{ at: worst.path, also, risk: worst.risk, lacking: worst.lacking, open: open.length, all: risks.length }];
  },
  say({ risk, lacking, open, all, also = [] }) {
    const many = all === 1 || open === 1 ? "" : `${count(open)} of ${count(all)} risks cannot be acted on: `;
    return {
      message: `${many}the risk ${code(risk)} has no ${lacking.map(code).join(" and no ")}`,
      label: `no ${list(lacking)}`,
      also: also.map(() => "nor this one"),
    };
  },
});
