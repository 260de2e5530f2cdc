/** The scalar twin of the graph search: Malkov and Yashunin's algorithms 1 to 4, step by step, over the same arrays. */

/** A graph at rest. Row r has `starts[r + 1] - starts[r]` levels above the ground, and as many blocks of links in `upper`. */
export interface HnswGraph {
  readonly dimensions: number;
  /** M: the links a row takes at each level; up to 2M on the ground. */
  readonly links: number;
  /** The row every search starts from, on level `top`; -1 in an empty graph. */
  readonly entry: number;
  readonly top: number;
  readonly vectors: Float32Array;
  /** Per row a count and 2M places. */
  readonly ground: Int32Array;
  readonly starts: Int32Array;
  /** Per block a count and M places. */
  readonly upper: Int32Array;
  /** Where vectors occur more than once, the rows that each row of the graph stands for; see `DistinctRows`. Empty otherwise. */
  readonly copies: Int32Array;
  readonly copyStarts: Int32Array;
}

/** A graph's parts in memory, before or after its links are made. */
export interface HnswParts {
  readonly dimensions: number;
  readonly links: number;
  readonly vectors: Float32Array;
  readonly starts: Int32Array;
  readonly ground: Int32Array | undefined;
  readonly upper: Int32Array | undefined;
}

/** What both paths can do. */
export interface OpenHnsw {
  insert(row: number, level: number, entry: number, top: number, construction: number): void;
  /** Fills one query's places, best first. */
  search(query: Float32Array, entry: number, top: number, effort: number, rows: Int32Array, scores: Float32Array): void;
  parts(): Omit<HnswGraph, "entry" | "top" | "copies" | "copyStarts">;
}

interface Candidate {
  readonly row: number;
  readonly score: number;
}

/** The graph over plain arrays. `insert` links one row; rows are inserted in order. */
export function createScalarHnsw(parts: HnswParts): OpenHnsw {
  const { dimensions, links: m, vectors, starts } = parts;
  const count = vectors.length / dimensions;
  const ground = parts.ground ?? new Int32Array(count * (2 * m + 1));
  const upper = parts.upper ?? new Int32Array(starts[count] * (m + 1));
  const blockOf = (row: number, level: number) => {
    if (level === 0) return ground.subarray(row * (2 * m + 1), (row + 1) * (2 * m + 1));
    const block = starts[row] + level - 1;
    return upper.subarray(block * (m + 1), (block + 1) * (m + 1));
  };
  const linksOf = (row: number, level: number) => {
    const block = blockOf(row, level);
    return [...block.subarray(1, 1 + block[0])];
  };
  const setLinks = (row: number, level: number, rows: readonly number[]) => {
    const block = blockOf(row, level);
    block[0] = rows.length;
    block.set(rows, 1);
  };
  const vectorOf = (row: number) => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  const scored = (query: Float32Array, row: number): Candidate => ({ row, score: inner(query, vectorOf(row)) });

  /** Algorithm 2: the `effort` best rows found on a level from some starting rows. */
  function explore(query: Float32Array, from: readonly Candidate[], level: number, effort: number): Candidate[] {
    const seen = new Set(from.map(({ row }) => row));
    let best = [...from];
    let open = [...from];
    while (open.length > 0) {
      open.sort(byScore);
      const next = open.shift();
      if (next === undefined || (best.length === effort && next.score < best[effort - 1].score)) break;
      const fresh = linksOf(next.row, level).filter((row) => !seen.has(row));
      for (const row of fresh) seen.add(row);
      const found = fresh.map((row) => scored(query, row));
      best = [...best, ...found].sort(byScore).slice(0, effort);
      open = [...open, ...found];
    }
    return best;
  }

  /** Algorithm 4: candidates nearer to the new row than to any chosen before. */
  function select(candidates: readonly Candidate[], most: number): number[] {
    const chosen: Candidate[] = [];
    for (const candidate of candidates) {
      if (chosen.length === most) break;
      if (chosen.every(({ row }) => inner(vectorOf(row), vectorOf(candidate.row)) < candidate.score))
        chosen.push(candidate);
    }
    return chosen.map(({ row }) => row);
  }

  function descend(query: Float32Array, entry: number, from: number, to: number): Candidate[] {
    let best = [scored(query, entry)];
    for (let level = from; level > to; level--) best = explore(query, best, level, 1);
    return best;
  }

  return {
    insert(row, level, entry, top, construction) {
      const query = vectorOf(row);
      let found = descend(query, entry, top, level);
      for (let l = Math.min(level, top); l >= 0; l--) {
        found = explore(query, found, l, construction);
        const chosen = select(found, m);
        setLinks(row, l, chosen);
        for (const other of chosen) {
          const all = [...linksOf(other, l), row];
          const most = l === 0 ? 2 * m : m;
          const best = all.map((one) => scored(vectorOf(other), one)).sort(byScore);
          setLinks(other, l, all.length <= most ? all : select(best, most));
        }
      }
    },
    search(query, entry, top, effort, rows, scores) {
      const found = explore(query, descend(query, entry, top, 0), 0, effort);
      found.slice(0, rows.length).forEach(({ row, score }, place) => {
        rows[place] = row;
        scores[place] = score;
      });
    },
    parts: () => ({
      dimensions,
      links: m,
      vectors: vectors.slice(),
      starts,
      ground: ground.slice(),
      upper: upper.slice(),
    }),
  };
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score;
}

function inner(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
