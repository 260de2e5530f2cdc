/** A fact inside the maps that hold it, the outermost first: `timeout: 70 ms` in `serving` is `serving: { timeout: 70 ms }`. */
export function nestedFact(parents: readonly string[], fact: string): string {
  return parents.reduceRight((inner, parent) => `${parent}: { ${inner} }`, fact);
}
