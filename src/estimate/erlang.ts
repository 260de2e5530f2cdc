/** Erlang's formulas: the chance to be lost, or to wait, when calls share a group of servers. */

/** Beyond this the recursion takes too long to answer a keystroke. */
export const MAXIMUM_SERVERS = 1_000_000;

/**
 * Erlang B (Erlang 1917): the share of Poisson calls that find `servers` busy and leave, at `load` erlang, by the
 * recursion `B(k) = load B(k-1) / (k + load B(k-1))`. NaN where it is not defined: a negative load, servers that are
 * no whole number from 0 to a million.
 */
export function erlangB(load: number, servers: number): number {
  if (!(load >= 0) || !Number.isInteger(servers) || servers < 0 || servers > MAXIMUM_SERVERS) return Number.NaN;
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (load * blocked) / (k + load * blocked);
  return blocked;
}

/**
 * Erlang C: the chance that a call waits when none leaves, `B / (1 - rho (1 - B))` with `rho = load / servers`. NaN where
 * Erlang B is, and where the load reaches the servers: such a queue grows without end.
 */
export function erlangC(load: number, servers: number): number {
  if (!(load < servers)) return Number.NaN;
  const blocked = erlangB(load, servers);
  return blocked / (1 - (load / servers) * (1 - blocked));
}
