import { expect, it } from "vitest";
import { estimateDesign } from "../../../note/estimate-design.ts";
import { type Design, parseDesign } from "../../design.ts";
import { capacityOf, replicasFor } from "../capacity.ts";

function designWith(cache: string): Design {
  const { design } = parseDesign(
    `---
heptad: 1
title: Cached
system: recommendation
---

## 1. Clarify requirements and goals

\`\`\`yaml
requests: { average: 1000/s, peak: 3000/s }
\`\`\`

## 6. Deployment and online evaluation

\`\`\`yaml
serving: { mode: online, service-time: 40 ms, replicas: 14, concurrency: 16, utilization: 60%${cache} }
\`\`\`
`,
    "cached.md",
  );
  if (design === undefined) throw new Error("the note cannot be read");
  return design;
}

it.each([
  "",
  ", cache: { ttl: 60 s }",
  ", cache: { hit-rate: 0% }",
  ", cache: { hit-rate: 60% }",
  ", cache: { hit-rate: 100% }",
])("counts the replicas that the peak needs as the review does, with serving facts%s", (cache) => {
  const design = designWith(cache);
  const capacity = capacityOf(design);
  if ("missing" in capacity) throw new Error(`missing: ${capacity.missing}`);
  const { sheets } = estimateDesign(design);
  expect(sheets.find(({ estimate }) => estimate === "replicas")?.answer?.value).toBe(replicasFor(capacity));
});

it("says what passes the cache only where the note says how much it answers", () => {
  const passed = (cache: string) =>
    estimateDesign(designWith(cache)).sheets.find(({ estimate }) => estimate === "cache-load");
  expect(passed(", cache: { hit-rate: 60% }")?.answer?.value).toBeCloseTo(1200, 9);
  expect(passed(", cache: { ttl: 60 s }")).toBeUndefined();
});
