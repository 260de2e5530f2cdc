/** What a growing ingest adds up to over months. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Geometric series: first x ((1 + g)^m - 1) / g. */
export const storageGrowth = defineEstimate({
  name: "storage-growth",
  step: 3,
  summary: "what a growing ingest adds up to over months",
  inputs: {
    first_month: { kind: "size", about: "bytes ingested in the first month", example: "10 TB" },
    growth: { kind: "share", about: "growth of the ingest per month", example: "5%" },
    months: { kind: "count", about: "months", example: "24" },
    replication: { kind: "factor", about: "copies of each byte", default: "3x" },
  },
  formula: `
    logical = if(growth > 0, first_month * ((1 + growth)^months - 1) / growth, first_month * months)  # geometric series
    replicated = logical * replication
  `,
  answer: "replicated",
  source: "Geometric series: first x ((1 + g)^m - 1) / g.",
});
