/** Which of several classifiers that are held against each other answers requests: the first boosted trees of the note. */

/** Undefined where there are none. A run measures it, a service has it, and a drawing shows it. */
export function answeringOf<One>(all: readonly One[], modelOf: (one: One) => string | undefined): One | undefined {
  return all.find((one) => modelOf(one) === "gbdt");
}
