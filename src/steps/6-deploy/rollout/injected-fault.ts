/** Faults that are put into a candidate on purpose, to see whether the guard of the rollout catches them. None of them happened. */

import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { readsLabel } from "../../3-data/features/label-delay.ts";
import type { ScoredTask } from "../../3-data/scored-task.ts";

export interface InjectedFault {
  readonly name: string;
  /** What happened, as a postmortem would say it. */
  readonly story: string;
  /** What becomes of a value of that feature; undefined where the fault does not reach it. */
  spoil(declaration: FeatureDeclaration): ((value: number) => number) | undefined;
}

/** One that declines too much, and is loud; one that misses positives, and is silent until labels tell. */
export function injectedFaults({ stake, words }: Pick<ScoredTask, "stake" | "words">): readonly InjectedFault[] {
  return [
    {
      name: "amounts in cents",
      story: "a caller sends amounts in cents where the model learned them in whole units",
      spoil: (declaration) => (readsStake(declaration, stake) ? (value) => value * 100 : undefined),
    },
    {
      name: "labels stuck at 0",
      story: `the feed of confirmed ${words.positives} has stopped, so every ${words.positive} rate that the model reads is 0`,
      spoil: (declaration) => (readsLabel(declaration, words.positive) ? () => 0 : undefined),
    },
  ];
}

function readsStake({ aggregate }: FeatureDeclaration, stake: string | undefined): boolean {
  if (stake === undefined) return false;
  if (aggregate.kind === "value") return aggregate.column === stake;
  return (aggregate.kind === "sum" || aggregate.kind === "mean") && aggregate.measure === stake;
}
