/** Finds launches without a way back. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit } from "../../../review/rule.ts";
import { isOnline } from "../serving-mode.ts";

interface Found extends Hit {
  readonly problem: "absent" | "none" | "overwritten" | "slow" | "untriggered" | "incompatible";
  readonly every?: string;
  readonly time?: string;
  /** Whether something is named that would trigger going back. */
  readonly isTriggered?: boolean;
}

const WRITE_IT =
  "keep the last model warm behind a switch, rehearse it, and write `rollback: { kind: automatic, time: 5 m, previous-kept: true }`";

export const rule = defineRule<Found, { slowestMinutes: number }>({
  code: "HP618",
  name: "no-rollback",
  step: 6,
  reads: [
    "6.rollback.kind",
    "6.rollback.time",
    "6.rollback.previous-kept",
    "6.rollback.schema-compatible",
    "6.rollout.abort-on",
    "6.serving.mode",
  ],
  severity: "error",
  consequence: "no-way-back",
  summary: "there is no way back to the last model, or it is slow",
  why: "without the last model a bad one costs as long as a training takes",
  fix: WRITE_IT,
  prose: { path: "6.rollback", about: "a way back", words: /roll(?:s|ed|ing)?[- ]?back|revert/iu },
  sources: [
    "ML Test Score (2017), Infra 7",
    "Site Reliability Engineering (2016), ch. 8",
    "The Site Reliability Workbook (2018), ch. 16",
  ],
  settings: { slowestMinutes: 15 },
  examples: {
    bad: { 6: "serving: { mode: online }\nrollback: { kind: manual, previous-kept: false }" },
    good: {
      6: "serving: { mode: online }\nrollout: { steps: [1%, 10%, 50%, 100%], abort-on: [error rate, latency p99] }\nrollback: { kind: automatic, time: 5 m, previous-kept: true }",
    },
  },
  check(design, { slowestMinutes }) {
    const { rollback, rollout } = design.deploy;
    const every = design.monitor.retrain?.every?.text;
    const isTriggered = (rollout?.["abort-on"]?.length ?? 0) > 0;
    if (rollback === undefined) return [{ at: "6.rollback", problem: "absent", every, isTriggered }];
    if (rollback.kind === "none") return [{ at: "6.rollback.kind", problem: "none", every }];
    if (rollback["previous-kept"] !== true) return [{ at: "6.rollback.previous-kept", problem: "overwritten", every }];
    if (rollback["schema-compatible"] === false)
      return [{ at: "6.rollback.schema-compatible", problem: "incompatible" }];
    const { time } = rollback;
    if (isOnline(design) && (time === undefined || exceeds(time.value, slowestMinutes * 60))) {
      return [{ at: "6.rollback.time", severity: "warning", problem: "slow", time: time?.text }];
    }
    return rollback.kind === "automatic" && !isTriggered
      ? [{ at: "6.rollback.kind", also: ["6.rollout"], severity: "warning", problem: "untriggered" }]
      : [];
  },
  say({ problem, every, time, isTriggered }) {
    const until = every === undefined ? "" : `; the next training is up to ${every} away`;
    switch (problem) {
      case "absent":
        return {
          message: `nothing says how to get back to the last model${until}`,
          label: "no `rollback` here",
          fix: isTriggered
            ? WRITE_IT
            : `${WRITE_IT}, and what triggers it: \`rollout: { abort-on: [error rate, latency p99] }\``,
        };
      case "none":
        return { message: `there is no way back to the last model${until}`, label: "no way back" };
      case "overwritten":
        return {
          message: `nothing says that the last model is kept, so there may be nothing to go back to${until}`,
          label: "kept?",
          fix: "keep it loadable and write `previous-kept: true`",
        };
      case "incompatible":
        return {
          message: "the last model cannot read today's features, so going back to it fails",
          label: "cannot be read",
          fix: "add features without changing old ones until the last model is gone",
        };
      case "slow":
        return {
          message: time === undefined ? "nothing says how long the way back takes" : `the way back takes ${time}`,
          label: "how long?",
          why: "for that long everybody is served by the bad model",
          fix: "rehearse the switch and write the time it took, such as `time: 5 m`",
        };
      case "untriggered":
        return {
          message: "going back is automatic, but nothing is named that triggers it",
          label: "triggered by what?",
          also: ["no `abort-on` here"],
          fix: "write `rollout: { abort-on: [error rate, latency p99] }`",
        };
      default:
        return problem satisfies never;
    }
  },
});
