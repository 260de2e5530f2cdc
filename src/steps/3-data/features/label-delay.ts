/** Features that are made of the label: they may see it only once it has arrived. */

import type { FeatureDeclaration } from "./feature-declaration.ts";

/** Whether a feature adds up labels; `label` is the measure that they are under, the name of a positive case. */
export function readsLabel({ aggregate }: FeatureDeclaration, label: string): boolean {
  return "measure" in aggregate && aggregate.measure === label;
}

/** The declarations as production could compute them: a feature of labels waits at least until they arrive, `delay` seconds. */
export function waitForLabels(
  declarations: readonly FeatureDeclaration[],
  label: string,
  delay: number,
): readonly FeatureDeclaration[] {
  return declarations.map((one) => (readsLabel(one, label) ? { ...one, delay: Math.max(one.delay, delay) } : one));
}
