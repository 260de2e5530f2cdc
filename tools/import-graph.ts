/** The imports as a graph: circles among files, and the floors that folders stand on. */

/** Who imports whom: every file or folder with those that it imports. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The graph of some pairs of an importer and what it imports; nobody imports himself. */
export function graphOf(pairs: Iterable<readonly [string, string]>): ImportGraph {
  const graph = new Map<string, Set<string>>();
  const importsOf = (name: string): Set<string> => {
    const known = graph.get(name) ?? new Set<string>();
    graph.set(name, known);
    return known;
  };
  for (const [from, to] of pairs) {
    importsOf(to);
    if (from !== to) importsOf(from).add(to);
  }
  return graph;
}

/** Groups of two or more that all reach one another (Tarjan 1972), each in alphabetical order. */
export function circlesOf(graph: ImportGraph): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    open.push(node);
    let low = own;
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? own);
    }
    lowest.set(node, low);
    if (low === own) {
      const group = open.splice(open.indexOf(node));
      if (group.length > 1) circles.push(group.sort());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** The floors from the ground: everyone stands one above the highest that he imports. Undefined where there is a circle. */
export function floorsOf(graph: ImportGraph): readonly (readonly string[])[] | undefined {
  if (circlesOf(graph).length > 0) return undefined;
  const floors: string[][] = [];
  const known = new Map<string, number>();
  const floorOf = (node: string): number => {
    const floor = known.get(node) ?? Math.max(0, ...[...(graph.get(node) ?? [])].map((next) => floorOf(next) + 1));
    known.set(node, floor);
    return floor;
  };
  for (const node of graph.keys()) {
    const floor = floorOf(node);
    while (floors.length <= floor) floors.push([]);
    floors[floor].push(node);
  }
  return floors;
}
