/** A missing fact as the note takes it: `latency: { p99: 100 ms }` in section 1, where its key reads `1.latency.p99`. */
export function factToWrite(key: string, example: string): string {
  const path = /^(?<step>[1-7])\.(?<names>[a-z][a-z-]*(?:\.[a-z][a-z0-9-]*)*)$/u.exec(key)?.groups;
  if (path === undefined) return `\`${key}: ${example}\``;
  const [last, ...parents] = path.names.split(".").reverse();
  const fact = parents.reduce((inner, parent) => `${parent}: { ${inner} }`, `${last}: ${example}`);
  return `\`${fact}\` in section ${path.step}`;
}
