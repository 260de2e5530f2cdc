/** Finds offline metrics that nothing ties to the online one. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { readMetricName } from "../metric-name.ts";

interface Found extends Hit {
  readonly offline: string;
  readonly online: string;
  readonly evidence?: string;
  /** A name of the link that the lists do not hold. */
  readonly stray?: string;
}

export const rule = defineRule<Found>({
  code: "HP210",
  name: "offline-online-disconnect",
  step: 2,
  reads: ["2.link.offline", "2.link.online", "2.link.evidence", "2.metrics.offline", "2.metrics.online"],
  severity: "warning",
  consequence: "false-figures",
  summary: "nothing shows that the offline metric foretells the online one",
  why: "if the two do not move together, every hour of offline tuning is spent on a number that nobody feels",
  fix: "tabulate past launches (offline difference against online difference) and write `link: { offline: ndcg@10, online: orders per user, evidence: past-experiments }`; without a past, plan the first experiment as a check of the link",
  sources: [
    "ML Test Score (2017), Model 2",
    "Rules of ML (2016), rules 25 and 38",
    "Trustworthy Online Controlled Experiments (2020), ch. 7",
  ],
  examples: {
    bad: {
      2: "metrics: { offline: [ndcg@10], online: [orders per user] }\nlink: { offline: ndcg@10, online: orders per user, evidence: assumed }",
    },
    good: {
      2: "metrics: { offline: [ndcg@10], online: [orders per user] }\nlink: { offline: ndcg@10, online: orders per user, evidence: past-experiments }",
    },
  },
  check({ frame: { metrics, link } }) {
    const offline = (metrics?.offline ?? []).map(({ metric }) => metric);
    const online = metrics?.online ?? [];
    const missing = [
      ...(offline.length === 0 ? ["2.metrics.offline"] : []),
      ...(online.length === 0 ? ["2.metrics.online"] : []),
    ];
    if (missing.length > 0) return unknown(...missing);
    const named = { offline: link?.offline ?? offline[0], online: link?.online ?? online[0] };
    if (link === undefined) return [{ ...named, at: "2.link" }];
    const evidence = link.evidence;
    if (evidence === undefined || evidence === "none" || evidence === "assumed") {
      return [{ ...named, at: "2.link.evidence", evidence: evidence ?? "" }];
    }
    if (!holds(offline, named.offline)) return [{ ...named, at: "2.link.offline", evidence, stray: named.offline }];
    if (!holds(online, named.online)) return [{ ...named, at: "2.link.online", evidence, stray: named.online }];
    return [];
  },
  say({ offline, online, evidence, stray }) {
    if (stray !== undefined) {
      return {
        message: `the link speaks of ${code(stray)}, which the metrics do not list`,
        label: "not in the list",
        fix: "use the names of `metrics`",
      };
    }
    const how = evidence === "assumed" ? "the link between them is assumed" : "nothing says that they move together";
    return {
      message: `${code(offline)} is tuned offline, ${code(online)} is wanted online, and ${how}`,
      label: evidence === undefined ? "no `link` here" : "no evidence",
      fix: `tabulate past launches (offline difference against online difference) and write ${evidence === undefined ? code(`link: { offline: ${offline}, online: ${online}, evidence: past-experiments }`) : "`evidence: past-experiments` in `link`"}; without a past, plan the first experiment as a check of the link`,
    };
  },
});

function holds(names: readonly string[], wanted: string): boolean {
  const { name, k } = readMetricName(wanted);
  return names.map(readMetricName).some((one) => one.name === name && (k === undefined || one.k === k));
}
