/** Answers that take long to find, kept by the numbers and names they were found from: the same question has the same answer. */

/** A function that finds each answer once. What was asked for longest ago is forgotten when there are more than `most`. */
export function remembering<T>(most: number): (of: readonly (string | number)[], find: () => T) => T {
  const known = new Map<string, { readonly value: T }>();
  return (of, find) => {
    // Every number is written so that it is read back as itself.
    const key = of.join(" ");
    const answer = known.get(key) ?? { value: find() };
    known.delete(key);
    known.set(key, answer);
    for (const [oldest] of known) {
      if (known.size <= most) break;
      known.delete(oldest);
    }
    return answer.value;
  };
}
