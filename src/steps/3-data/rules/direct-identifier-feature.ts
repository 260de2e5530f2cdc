/** Finds model inputs that name a person. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code, count, list } from "../../../review/words.ts";
import { usesPersonalData } from "../../1-clarify/personal-data.ts";

interface Found extends Hit {
  readonly names: readonly string[];
  readonly problem: "direct" | "pseudonymous" | "unsaid";
  readonly all: number;
}

export const rule = defineRule<Found>({
  code: "HP319",
  name: "direct-identifier-feature",
  step: 3,
  reads: ["3.features[].identifier", "3.features[].kind", "3.features[].purpose", "1.privacy.personal"],
  severity: "error",
  consequence: "harm",
  summary: "a model input names a person",
  why: "the model can memorise individuals, and the name, address or number ends up in every feature log",
  fix: "remove it, or derive what is needed (the age of a domain, a region) and drop the raw value before the feature store; a hash is still personal data",
  sources: [
    "GDPR (2016), Art. 5(1)(c), 4(5) and 25",
    "ML Test Score (2017), Data 4–5",
    "EDPB (2025), Guidelines 01/2025 on pseudonymisation",
  ],
  examples: {
    bad: { 3: "features: [{ name: email, identifier: direct }]" },
    good: { 3: "features: [{ name: email_domain_age_days, identifier: none }]" },
  },
  check(design) {
    const { features = [] } = design.data;
    if (features.length === 0) return { unknown: ["3.features"] };
    const all = features.length;
    const hits = features.flatMap(({ name, identifier, kind, purpose }, i): Found[] => {
      const base = { at: `3.features[${i}].identifier`, names: [name], all };
      if (identifier === "direct") return [{ ...base, problem: "direct" }];
      const excused = kind === "embedding_key" && purpose !== undefined;
      return identifier === "pseudonymous" && !excused
        ? [{ ...base, severity: "warning", problem: "pseudonymous" }]
        : [];
    });
    if (usesPersonalData(design) !== true) return hits;
    // A declared aggregate over events is a number, never a name.
    const unsaid = features.flatMap(({ name, identifier, aggregate }, i) =>
      identifier === undefined && (aggregate === undefined || aggregate.startsWith("value")) ? [{ name, i }] : [],
    );
    if (unsaid.length === 0) return hits;
    const asked: Found = {
      at: `3.features[${unsaid[0].i}].identifier`,
      severity: "advice",
      names: unsaid.map(({ name }) => name),
      problem: "unsaid",
      all,
    };
    return [...hits, asked];
  },
  say({ names, problem, all }) {
    if (problem === "direct")
      return { message: `1 of ${count(all)} model inputs, ${code(names[0])}, names a person`, label: "names a person" };
    if (problem === "pseudonymous") {
      return {
        message: `${code(names[0])} is a pseudonym used as a model input without a stated purpose`,
        label: "still personal data",
        fix: "remove it, or write `kind: embedding_key` and `purpose:` with why it is needed",
      };
    }
    return {
      message: `personal data is used, and ${list(names)} ${names.length === 1 ? "does" : "do"} not say whether ${names.length === 1 ? "it names" : "they name"} a person`,
      label: "a person's name?",
      fix: "write `identifier: none`, `pseudonymous` or `direct` on each",
    };
  },
});
