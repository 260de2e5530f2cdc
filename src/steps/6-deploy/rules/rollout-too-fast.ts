/** Finds rollouts that reach many people before anything can ring. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { count, duration, number, share } from "../../../review/words.ts";
import { trafficOf } from "../../1-clarify/traffic.ts";
import type { Design } from "../../design.ts";
import { isOnline } from "../serving-mode.ts";

interface Found extends Hit {
  readonly problem: "back" | "first" | "few" | "jump" | "bake" | "requests" | "shadow";
  readonly value: number;
  readonly other?: number;
}

export const rule = defineRule<
  Found,
  { firstStep: number; firstStepHighStakes: number; fewestSteps: number; largestJump: number; fewestErrors: number }
>({
  code: "HP617",
  name: "rollout-too-fast",
  step: 6,
  reads: [
    "6.rollout.steps",
    "6.rollout.bake",
    "1.stakes",
    "1.requests.average",
    "7.health[].for",
    "7.health[].window",
    "7.health[].severity",
  ],
  severity: "warning",
  consequence: "no-way-back",
  summary: "a step of the rollout is too large or too short for a fault to be seen in time",
  why: "everybody in a step meets the fault before an alert can ring",
  fix: "for example `rollout: { steps: [shadow, 1%, 5%, 25%, 100%], bake: 2 h, … }`, each step over a daily peak",
  sources: [
    "The Site Reliability Workbook (2018), ch. 16",
    "Trustworthy Online Controlled Experiments (2020), ch. 15",
    "ML Test Score (2017), Infra 6",
  ],
  settings: { firstStep: 0.05, firstStepHighStakes: 0.01, fewestSteps: 3, largestJump: 10, fewestErrors: 10 },
  examples: {
    bad: { 6: "rollout: { steps: [50%, 80%, 100%], bake: 2 h }" },
    good: { 6: "rollout: { steps: [1%, 10%, 50%, 100%], bake: 2 h }" },
  },
  check(design, { firstStep, firstStepHighStakes, fewestSteps, largestJump, fewestErrors }) {
    if (!isOnline(design)) return "not applicable";
    const { rollout } = design.deploy;
    if (rollout?.steps === undefined) return unknown("6.rollout.steps");
    const where = design.places.has("6.rollout.steps") ? "6.rollout.steps" : "6.rollout";
    const shares = rollout.steps.flatMap((step, i) =>
      step === "shadow" ? [] : [{ value: step.value, at: `${where}[${i}]` }],
    );
    const back = shares.find(({ value }, i) => i > 0 && value <= shares[i - 1].value);
    if (back !== undefined)
      return [{ at: back.at, problem: "back", value: back.value, other: shares[shares.indexOf(back) - 1].value }];
    const highStakes = design.clarify.stakes === "high" || design.clarify.stakes === "legal";
    const [first] = shares;
    if (first !== undefined && exceeds(first.value, highStakes ? firstStepHighStakes : firstStep)) {
      return [{ at: first.at, problem: "first", value: first.value }];
    }
    if (shares.length < fewestSteps) return [{ at: where, problem: "few", value: shares.length }];
    const jump = shares.find(
      ({ value }, i) => i > 0 && shares[i - 1].value > 0 && exceeds(value, largestJump * shares[i - 1].value),
    );
    if (jump !== undefined)
      return [{ at: jump.at, problem: "jump", value: jump.value, other: shares[shares.indexOf(jump) - 1].value }];
    const bake = rollout.bake?.value;
    const slowest = slowestPage(design);
    if (bake !== undefined && bake < 2 * slowest)
      return [{ at: "6.rollout.bake", problem: "bake", value: bake, other: slowest }];
    const { average } = trafficOf(design);
    if (bake !== undefined && average !== undefined && first !== undefined) {
      const requests = average * first.value * bake;
      if (exceeds(fewestErrors, requests * 0.001))
        return [{ at: "6.rollout.bake", problem: "requests", value: requests }];
    }
    const shadow = rollout.steps.includes("shadow");
    return highStakes && !shadow ? [{ at: where, severity: "advice", problem: "shadow", value: 0 }] : [];
  },
  say({ problem, value, other = 0 }) {
    switch (problem) {
      case "back":
        return {
          message: `the step of ${share(value)} follows one of ${share(other)}: a rollout goes on to more people, and back only by its rollback`,
          label: "not more",
          fix: "write the steps in rising order, such as `[1%, 10%, 50%, 100%]`",
        };
      case "first":
        return {
          message: `the first step is ${share(value)}: that many meet a fault before anybody knows of it`,
          label: "at once",
          fix: "begin with 1% or less, such as `[1%, 5%, 25%, 100%]`",
        };
      case "few":
        return {
          message: `the rollout has ${value === 0 ? "no step" : value === 1 ? "1 step" : `${count(value)} steps`}`,
          label: "too few",
          fix: "use three or more, such as `[1%, 10%, 50%, 100%]`",
        };
      case "jump":
        return {
          message: `the step from ${share(other)} to ${share(value)} is ${number(value / other)} times as many people at once`,
          label: `${number(value / other)} times`,
          fix: "put a step between the two",
        };
      case "bake":
        return {
          message: `each step is watched ${duration(value)}, and the slowest page looks at ${duration(other)}: the next step begins before it can ring`,
          label: "too short",
          fix: `write \`bake: ${duration(2 * other)}\` or more`,
        };
      case "requests":
        return {
          message: `the first step sees ${count(value)} requests, and an error rate of 0.1% would be ${count(value * 0.001)} errors among them`,
          label: "too few requests",
          fix: "watch the first step longer, or make it larger",
        };
      case "shadow":
        return {
          message: "the stakes are high, and the model is not run in shadow first",
          label: "no `shadow` here",
          why: "in shadow the model meets real traffic and nobody meets its mistakes",
          fix: "begin the steps with `shadow`",
        };
      default:
        return problem satisfies never;
    }
  },
});

/** The longest time that an alert which pages needs to ring. */
function slowestPage({ monitor }: Design): number {
  const pages = (monitor.health ?? []).filter(({ severity }) => severity === "page");
  return Math.max(0, ...pages.map(({ for: held, window }) => held?.value ?? window?.value ?? 0));
}
