/** Faults that are put into a candidate on purpose, to see whether the guard of the rollout catches them. None of them happened. */

import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { readsLabel } from "../../3-data/features/label-delay.ts";

export interface InjectedFault {
  readonly name: string;
  /** What happened, as a postmortem would say it. */
  readonly story: string;
  /** What becomes of a value of that feature; undefined where the fault does not reach it. */
  spoil(declaration: FeatureDeclaration): ((value: number) => number) | undefined;
}

/** One that declines too much, and is loud; one that misses fraud, and is silent until labels tell. */
export const INJECTED_FAULTS: readonly InjectedFault[] = [
  {
    name: "amounts in cents",
    story: "a caller sends amounts in cents where the model learned them in whole units",
    spoil: (declaration) => (readsAmount(declaration) ? (value) => value * 100 : undefined),
  },
  {
    name: "labels stuck at 0",
    story: "the feed of confirmed frauds has stopped, so every fraud rate that the model reads is 0",
    spoil: (declaration) => (readsLabel(declaration) ? () => 0 : undefined),
  },
];

const AMOUNT = "amount";

function readsAmount({ aggregate }: FeatureDeclaration): boolean {
  if (aggregate.kind === "value") return aggregate.column === AMOUNT;
  return (aggregate.kind === "sum" || aggregate.kind === "mean") && aggregate.measure === AMOUNT;
}
