/** Leaves out what the reviewer misses in the facts and the candidate has said in prose: nobody is asked for what was just said. */

import type { Finding } from "../../core/finding.ts";
import { hearIn, type Ways } from "../ear/hear.ts";
import type { InterviewState } from "./interview-event.ts";
import { hasFacts } from "./interview-note.ts";

interface Said {
  /** Who writes this fact is judged by it, whatever the prose says. */
  readonly fact: string;
  readonly ways: Ways;
}

/** By rule, what says in prose that which the rule finds absent. */
const SAID: Readonly<Record<string, Said>> = {
  "adversary-not-declared": {
    fact: "adversarial",
    ways: [["attack|adversar|fraudsters|scam|new trick", "adapt|change|new|probe|learn|test|react"]],
  },
  "missing-baseline": { fact: "baseline", ways: [["@simple-first|baseline|has to beat|must beat|to beat"]] },
  "missing-metrics": {
    fact: "metrics",
    ways: [["@ranking-metric"], ["@precision"], ["metric", "is|are|report|judge"]],
  },
  "alert-volume-exceeds-capacity": {
    fact: "review-capacity",
    ways: [
      ["@precision", "@capacity"],
      ["analysts|reviewers|moderators|cases|looks", "# … a day|a day each|per day"],
    ],
  },
  "selective-labels": {
    fact: "selective",
    ways: [
      ["@blocked", "@no-outcome|@let-through"],
      ["shown", "propens|explor|at random|never shown"],
    ],
  },
  "missing-split": {
    fact: "split",
    ways: [
      ["@time-split", "train|test|learn|evaluat|fit|judge"],
      ["@kept-apart", "train|test|tun"],
    ],
  },
  "no-cold-start-path": { fact: "cold-start", ways: [["@new-member|@new-item"]] },
  "missing-experiment-facts": { fact: "experiment", ways: [["@a-test", "@unit|@test-size"]] },
  "missing-rollout": { fact: "rollout", ways: [["@staged", "@guarded|launch|go|open|roll|release"]] },
  "no-rollback": {
    fact: "rollback",
    ways: [["@way-back", "model|version|weights|switch|roll|release|index|artefact"]],
  },
  "no-fallback": {
    fact: "fallback",
    ways: [
      ["@when-down", "@fallback|rules"],
      ["fallback|falls back|fall back", "rules|model|list|default|cache|timeout"],
    ],
  },
  "missing-alerts": { fact: "alerts", ways: [["@alert", "@owner|@remedy"]] },
  "missing-retrain-trigger": {
    fact: "retrain",
    ways: [["@retrain", "when|falls|drops|weekly|daily|every|nightly|each|drift"]],
  },
  "drift-coverage-gap": {
    fact: "drift",
    ways: [["drift|psi_", "feature|input|score|prediction|watch|alert|over|above"]],
  },
  "missing-latency-limit": {
    fact: "latency",
    ways: [["# ms|# milliseconds", "budget|p99|p95|within|of the|must|at most|limit"]],
  },
};

/**
 * The findings that fit an interview and stand beside what was said. The form of a note is nobody's concern while they speak, and of a
 * section in plain sentences the reviewer has read nothing: it speaks of sections that have facts written as facts alone.
 */
export function unsaid(
  findings: readonly Finding[],
  { sections, probes, asked }: Pick<InterviewState, "sections" | "probes" | "asked">,
): readonly Finding[] {
  const written = Object.values(sections);
  const texts = [...written, ...probes.map(({ answer }) => answer)];
  return findings.filter(({ code, name }) => {
    if (code.startsWith("HP0") || !hasFacts(sections[Number(code[2])] ?? "")) return false;
    // Who asked the interviewer has asked, whatever the note lists.
    if (name === "question-topics-uncovered" && asked.length > 0) return false;
    const said = Object.hasOwn(SAID, name) ? SAID[name] : undefined;
    if (said === undefined || written.some((text) => new RegExp(`^\\s*${said.fact}:`, "mu").test(text))) return true;
    return hearIn(texts, said.ways) === undefined;
  });
}
