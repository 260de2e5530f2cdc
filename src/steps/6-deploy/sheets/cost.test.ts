import { expect, it } from "vitest";
import { estimateDesign } from "../../../note/estimate-design.ts";
import { parseDesign } from "../../design.ts";

/** Dollars a month for replicas: 40 ms x 3,000/s are 120 in flight at the peak, and 8 x 60% slots a replica make that 25. */
function servingOf(requests: string, facts: string): number | undefined {
  const { design } = parseDesign(
    `---
heptad: 1
title: Priced
system: recommendation
---

## 1. Clarify requirements and goals

\`\`\`yaml
requests: ${requests}
\`\`\`

## 6. Deployment and online evaluation

\`\`\`yaml
serving: { mode: online, service-time: 40 ms, concurrency: 8, utilization: 60%, price: $100/month${facts} }
\`\`\`
`,
    "priced.md",
  );
  if (design === undefined) throw new Error("the note cannot be read");
  const cost = estimateDesign(design).sheets.find(({ estimate }) => estimate === "monthly-cost");
  const line = cost?.lines.find(({ name }) => name === "serving");
  // The sheets count in seconds: a month of 365 / 12 days.
  return line === undefined ? undefined : Math.round(line.value * 2_628_000);
}

const TRIPLE = "{ average: 1000/s, peak: 3000/s }";

it.each([
  ["replicas that stand for the peak by what the peak needs", TRIPLE, ", replicas: 10", 2500],
  ["more replicas than the peak needs as they are stated", TRIPLE, ", replicas: 40", 4000],
  ["replicas that follow the traffic by their stated mean", TRIPLE, ", replicas: 40, replicas-average: 12", 1200],
  ["a stated mean that the traffic cannot have by the mean need", TRIPLE, ", replicas: 40, replicas-average: 1", 833],
  ["a mean without a stated peak by the usual one", "{ average: 1000/s }", ", replicas-average: 1", 833],
])("prices %s", (_, requests, facts, dollars) => {
  expect(servingOf(requests, facts)).toBe(dollars);
});
