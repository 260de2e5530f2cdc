/** Finds designs whose field or prose has adversaries while the facts do not say so. */

import { type Checked, defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { domainOf } from "../domain.ts";

const HOSTILE: readonly string[] = ["fraud", "abuse", "spam", "security"];
const WORDS = /\b(?:fraud|fraudsters?|spam|spammers?|bots?|abuse|scams?|scammers?|scrapers?|evade|evasion)\b/iu;

interface Found extends Hit {
  readonly domain?: string;
  readonly word?: string;
  readonly step: number;
  readonly stated: boolean | undefined;
}

export const rule = defineRule({
  code: "HP108",
  name: "adversary-not-declared",
  step: 1,
  reads: ["1.adversarial", "1.domain", "0.system"],
  severity: "warning",
  consequence: "harm",
  summary: "somebody gains from the model's errors, but the facts do not say so",
  why: "people who profit from errors probe the threshold, so a fixed model decays faster than drift alone suggests",
  fix: "write `adversarial: true`, or `adversarial: false` with a sentence of prose that says why",
  sources: ["Credit Card Fraud Handbook (2022), ch. 2 and 5.2", "Hidden Technical Debt (2015), §7"],
  note: "the one rule that reads prose: whole words in the sections of steps 1 and 2",
  examples: {
    bad: { 1: "goal: fewer chargebacks", prose: "Fraudsters change cards every week." },
    good: { 1: "goal: fewer chargebacks\nadversarial: true", prose: "Fraudsters change cards every week." },
  },
  check(design): Checked<Found> {
    const { adversarial } = design.clarify;
    if (adversarial === true) return [];
    const domain = domainOf(design);
    if (domain !== undefined && HOSTILE.includes(domain)) {
      return [{ at: "1.adversarial", domain, step: 1, stated: adversarial }];
    }
    if (adversarial === false) return [];
    for (const section of design.sections) {
      const word = section.step <= 2 ? WORDS.exec(section.prose)?.[0] : undefined;
      if (word !== undefined) return [{ at: "1.adversarial", word, step: section.step, stated: adversarial }];
    }
    return domain === undefined ? "not applicable" : [];
  },
  say: ({ domain, word, step, stated }) => ({
    message:
      domain === undefined
        ? `the prose of step ${step} speaks of ${code(word ?? "")}, but ${code("adversarial")} is not set`
        : `${domain} has adversaries by nature, but ${code("adversarial")} is ${stated === false ? "false" : "not set"}`,
    label: stated === false ? "nobody gains?" : "no `adversarial` here",
  }),
});
