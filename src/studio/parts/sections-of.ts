/** Sections of a note by their numbers, in words. */

/** `section 3`, `sections 3 to 7`, `sections 2, 5 and 7`. */
export function sectionsOf(steps: readonly number[]): string {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  if (steps.length === 1) return `section ${first}`;
  if (steps.length > 2 && last - first === steps.length - 1) return `sections ${first} to ${last}`;
  return `sections ${steps.slice(0, -1).join(", ")} and ${last}`;
}
