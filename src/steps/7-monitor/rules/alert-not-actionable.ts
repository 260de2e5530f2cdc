/** Finds alerts that nobody can act on. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { alertsOf } from "../alerts.ts";

interface Found extends Hit {
  readonly metric: string;
  readonly lacking: readonly string[];
  readonly pages: boolean;
  readonly open: number;
  readonly all: number;
  readonly pageCount?: number;
}

const NOBODY = /^(?:all|team|everyone|everybody|us|me)$/iu;

export const rule = defineRule<Found, { mostPages: number }>({
  code: "HP710",
  name: "alert-not-actionable",
  step: 7,
  reads: [
    "7.health[].alert",
    "7.health[].for",
    "7.health[].window",
    "7.health[].owner",
    "7.health[].severity",
    "7.health[].action",
    "7.health[].runbook",
  ],
  severity: "error",
  consequence: "blind",
  summary: "an alert has no threshold, no window, no owner or no first step",
  why: "at three in the morning nobody knows whether to get up or what to do",
  fix: "give each alert a threshold, a window, one owner (a role or a rota, not `all`) and a first step (roll back, fall back, switch a feature off); let the rest be tickets",
  sources: ["Site Reliability Engineering (2016), ch. 6", "ML Test Score (2017), Monitor 1–2"],
  settings: { mostPages: 10 },
  examples: {
    bad: { 7: 'drift: [{ metric: psi, of: amount, alert: "> 0.2", severity: page }]' },
    good: {
      7: 'health: [{ metric: error rate, alert: "> 1%", for: 5 m, owner: serving on-call, severity: page, action: roll back }]',
    },
  },
  check(design, { mostPages }) {
    const alerts = alertsOf(design);
    if (alerts.length === 0) return unknown("7.health");
    const drift = design.monitor.drift ?? [];
    const looked = alerts.map(({ facts, path }) => {
      const byTest = drift.some((entry) => entry === facts && entry["p-value"] !== undefined);
      const pages = facts.severity === "page";
      const lacking = [
        ...(facts.alert === undefined && facts["burn-rate"] === undefined && !byTest ? ["alert"] : []),
        ...(facts.for === undefined && facts.window === undefined ? ["window"] : []),
        ...(facts.owner === undefined || NOBODY.test(facts.owner.trim()) ? ["owner"] : []),
        ...(pages && facts.action === undefined && facts.runbook === undefined ? ["action"] : []),
      ];
      return { path, metric: facts.metric, pages, lacking };
    });
    const open = looked.filter(({ lacking }) => lacking.length > 0);
    const base = { open: open.length, all: alerts.length };
    if (open.length > 0) {
      const worst = open.find(({ pages }) => pages) ?? open[0];
      const { path, ...rest } = worst;
      const also = open.filter((one) => one !== worst).map((one) => `${one.path}.metric`);
      return [{ at: `${path}.metric`, also, severity: worst.pages ? "error" : "warning", ...rest, ...base }];
    }
    const pageCount = looked.filter(({ pages }) => pages).length;
    return pageCount > mostPages
      ? [{ at: "7.health", severity: "advice", metric: "", lacking: [], pages: true, ...base, pageCount }]
      : [];
  },
  say({ metric, lacking, pages, open, all, pageCount, also = [] }) {
    if (pageCount !== undefined) {
      return {
        message: `${count(pageCount)} alerts page`,
        label: "too many to heed",
        why: "who is paged for everything soon heeds nothing",
        fix: "let those page that need a person now, and make the rest tickets",
      };
    }
    const many = open === 1 ? "" : `${count(open)} of ${count(all)} alerts cannot be acted on: `;
    return {
      message: `${many}the alert on ${code(metric)} ${pages ? "pages, but " : ""}has no ${lacking.map(code).join(", no ")}`,
      label: `no ${list(lacking)}`,
      also: also.map(() => "nor this one"),
    };
  },
});
