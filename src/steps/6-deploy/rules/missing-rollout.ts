/** Asks for the steps of the rollout, how long each is watched and what stops it. */

import { absent, defineRule, type Hit } from "../../../review/rule.ts";
import { duration, facts } from "../../../review/words.ts";
import { isOnline } from "../serving-mode.ts";
import { suggestedTimeout } from "../suggested-timeout.ts";

const SUGGESTED: Readonly<Record<string, string>> = {
  "6.rollout.steps": "`steps: [1%, 10%, 50%, 100%]`",
  "6.rollout.bake": "`bake: 2 h`",
  "6.rollout.abort-on": "`abort-on: [error rate, latency p99]`",
};

interface Found extends Hit {
  readonly lacks: readonly string[];
  /** Seconds; absent where nothing says how fast an answer has to be. */
  readonly timeout?: number;
}

export const rule = defineRule<Found>({
  code: "HP603",
  name: "missing-rollout",
  step: 6,
  reads: [
    "6.rollout.steps",
    "6.rollout.bake",
    "6.rollout.abort-on",
    "6.serving.timeout",
    "6.serving.mode",
    "6.serving.fallback.latency",
    "1.latency",
  ],
  severity: "warning",
  consequence: "no-way-back",
  summary: "the steps of the rollout, their length, what stops it or the timeout is not stated",
  why: "without steps the first request to the new model is also every request",
  fix: "write `rollout: { steps: [1%, 10%, 50%, 100%], bake: 2 h, abort-on: [error rate, latency p99] }` and a `timeout` in `serving`, about 70% of the latency that is promised",
  sources: ["The Site Reliability Workbook (2018), ch. 16", "Trustworthy Online Controlled Experiments (2020), ch. 15"],
  examples: {
    bad: { 6: "serving: { mode: online, timeout: 150 ms }\nrollout: [1%, 10%, 100%]" },
    good: {
      6: "serving: { mode: online, timeout: 150 ms }\nrollout: { steps: [1%, 10%, 100%], bake: 2 h, abort-on: [error rate] }",
    },
  },
  check(design) {
    const { rollout, serving } = design.deploy;
    const online = isOnline(design);
    const lacks = absent({
      ...(online ? { "6.rollout.steps": rollout?.steps, "6.rollout.bake": rollout?.bake } : {}),
      "6.rollout.abort-on": rollout?.["abort-on"],
      ...(online ? { "6.serving.timeout": serving?.timeout } : {}),
    });
    return lacks.length === 0 ? [] : [{ at: lacks[0], lacks, timeout: suggestedTimeout(design) }];
  },
  say: ({ lacks, timeout }) => ({
    message: `${facts(lacks)} ${lacks.length === 1 ? "is" : "are"} not stated`,
    label: `no ${facts(lacks, 3)} here`,
    fix: `add ${lacks.map((path) => SUGGESTED[path] ?? timeoutWords(timeout)).join(", ")}`,
  }),
});

function timeoutWords(timeout: number | undefined): string {
  return timeout === undefined
    ? "`timeout` (in `serving`), about 70% of the latency that is promised"
    : `\`timeout: ${duration(timeout)}\` (in \`serving\`)`;
}
