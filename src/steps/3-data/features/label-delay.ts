/** Features that are made of the label: they may see it only once it has arrived. */

import type { FeatureDeclaration } from "./feature-declaration.ts";

/** The measure of payments that is the label. */
export const LABEL = "fraud";

/** Whether a feature adds up labels. */
export function readsLabel({ aggregate }: FeatureDeclaration): boolean {
  return "measure" in aggregate && aggregate.measure === LABEL;
}

/** The declarations as production could compute them: a feature of labels waits at least until they arrive, `delay` seconds. */
export function waitForLabels(
  declarations: readonly FeatureDeclaration[],
  delay: number,
): readonly FeatureDeclaration[] {
  return declarations.map((one) => (readsLabel(one) ? { ...one, delay: Math.max(one.delay, delay) } : one));
}
