import { expect, it } from "vitest";
import { parseDesign } from "../steps/design.ts";
import { runContextOf } from "./run-context.ts";

const proposedIn = (clarify: string) => {
  const text = `---
heptad: 1
title: Payments
system: fraud-detection
date: 2026-11-30
---

# Payments

## 1. Clarify requirements and goals

\`\`\`yaml
requests: { average: 100/s }
${clarify}
\`\`\`

## 6. Deployment and serving

\`\`\`yaml
serving: { replicas: 2, price: $1/h }
\`\`\`
`;
  const { design } = parseDesign(text, "payments.md");
  if (design === undefined) throw new Error("the note is a design");
  return runContextOf(design).proposed ?? [];
};

it("lets no estimate rest on a proposed map for a key of it that was looked for in vain: the cost rested on whose data are personal", () => {
  const [{ path, sheets }] = proposedIn("privacy: { personal: [card] }   # proposed");
  expect(path).toBe("1.privacy");
  expect(sheets).toEqual([]);
});

it("names the estimates that read a key of what is proposed", () => {
  const [{ sheets }] = proposedIn("privacy: { personal: [card], retention: 90 d }   # proposed");
  expect(sheets).toContain("cost");
});
