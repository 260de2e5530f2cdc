/** Approximate maximum inner product search by a hierarchical navigable small world graph. */

import type { Random } from "../core/random.ts";
import { type DistinctRows, distinctRows, faces } from "./distinct-rows.ts";
import { copyRows } from "./exact-scan.ts";
import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { hnswKernel } from "./generated/hnsw.wasm.gen.ts";
import { createScalarHnsw, type HnswGraph, type HnswParts, type OpenHnsw } from "./hnsw.scalar.ts";
import { connectGround, mergeLinks } from "./hnsw-ground.ts";
import { createLayout, type Region } from "./layout.ts";
import { createTopLists, type TopLists } from "./top-list.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export interface Hnsw {
  readonly path: KernelPath;
  readonly count: number;
  readonly dimensions: number;
  /** Of the vectors, all links and a search's marks. */
  readonly bytes: number;
  /** The k best rows found for each query among `effort` (ef) rows kept in sight; more effort, better recall. */
  search(queries: Float32Array, k: number, effort: number): TopLists;
  /** A copy of the graph. */
  graph(): HnswGraph;
}

export interface HnswOptions {
  /** M. Default 16. */
  readonly links?: number;
  /** Candidates weighed when a row is linked (efConstruction). Default 200. */
  readonly construction?: number;
  /** Draws the rows' levels: the same seed gives the same graph. */
  readonly random: Random;
  readonly path?: KernelPath;
}

/** The largest effort a search can ask for. */
const MOST_EFFORT = 4096;
const LANES = 4;
/** A search marks the rows it has seen. */
const MARK_BYTES = 2;

/**
 * Inserts the rows one after the other, equal ones once. Levels are drawn with the paper's 1 / ln(M). Where lengths differ, a second graph
 * of the same rows made equally long (Bachrach et al. 2014) gives links to neighbours, which inner products alone lose: long vectors draw
 * all links to themselves. In the end every row can be reached.
 */
export function buildHnsw(vectors: Float32Array, dimensions: number, options: HnswOptions): Hnsw {
  const { path = probeKernelPath() } = options;
  const count = vectors.length / dimensions;
  if (!Number.isInteger(count)) throw new RangeError(`${vectors.length} numbers are no whole rows of ${dimensions}`);
  const copies = distinctRows(vectors, dimensions);
  const own = copies === undefined ? vectors : faces(vectors, dimensions, copies);
  const levels = drawLevels(own.length / dimensions, options);
  const plain = link(own, dimensions, levels, options, path);
  const lifted = lift(own, dimensions);
  const even = lifted === undefined ? plain : link(lifted, dimensions + 1, levels, options, path);
  const graph = { ...plain.opened.parts(), entry: plain.entry, top: plain.top, ...copiesOf(copies) };
  const ground = { links: graph.ground, width: 2 * graph.links + 1 };
  if (lifted !== undefined) mergeLinks(ground, { links: even.opened.parts().ground, width: ground.width });
  if (graph.entry >= 0) {
    const entries = Array.from(levels.keys()).filter((row) => row < levels.length - 1 && levels[row + 1] > levels[row]);
    const places = { rows: new Int32Array(NEAR), scores: new Float32Array(NEAR) };
    connectGround(ground, graph.entry, entries, (row) => {
      const width = even.dimensions;
      const vector = even.vectors.subarray(row * width, (row + 1) * width);
      places.rows.fill(-1);
      even.opened.search(vector, even.entry, even.top, NEAR, places.rows, places.scores);
      return places.rows;
    });
  }
  return handle(open(graph, path), graph, path);
}

/** Neighbours that are asked for a place where a row is not reached. */
const NEAR = 64;

/** The graph as it was saved. */
export function loadHnsw(graph: HnswGraph, path: KernelPath = probeKernelPath()): Hnsw {
  return handle(open(graph, path), graph, path);
}

function open(parts: HnswParts, path: KernelPath): OpenHnsw {
  return path === "scalar" ? createScalarHnsw(parts) : openSimd(parts);
}

function drawLevels(count: number, { links = 16, random }: HnswOptions): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) {
    starts[row + 1] = starts[row] + Math.floor(-Math.log(1 - random.uniform()) / Math.log(links));
  }
  return starts;
}

interface Linked {
  readonly opened: OpenHnsw;
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly entry: number;
  readonly top: number;
}

function link(
  vectors: Float32Array,
  dimensions: number,
  starts: Int32Array,
  { links = 16, construction = 200 }: HnswOptions,
  path: KernelPath,
): Linked {
  const opened = open({ dimensions, links, vectors, starts, ground: undefined, upper: undefined }, path);
  let entry = -1;
  let top = 0;
  for (let row = 0; row < starts.length - 1; row++) {
    const level = starts[row + 1] - starts[row];
    if (entry >= 0) opened.insert(row, level, entry, top, construction);
    if (entry < 0 || level > top) {
      entry = row;
      top = level;
    }
  }
  return { opened, vectors, dimensions, entry, top };
}

/** Lengths that differ by less than this share are equal. */
const EVEN = 1e-3;

/** The vectors with a last number that makes them all as long as the longest; undefined where they are. */
function lift(vectors: Float32Array, dimensions: number): Float32Array | undefined {
  const count = vectors.length / dimensions;
  const squares = new Float64Array(count);
  for (let row = 0; row < count; row++)
    for (let d = 0; d < dimensions; d++) squares[row] += vectors[row * dimensions + d] ** 2;
  const most = squares.reduce((max, square) => Math.max(max, square), 0);
  const least = squares.reduce((min, square) => Math.min(min, square), Number.POSITIVE_INFINITY);
  if (!(Math.sqrt(least) < (1 - EVEN) * Math.sqrt(most))) return undefined;
  const lifted = new Float32Array(count * (dimensions + 1));
  for (let row = 0; row < count; row++) {
    lifted.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), row * (dimensions + 1));
    lifted[row * (dimensions + 1) + dimensions] = Math.sqrt(most - squares[row]);
  }
  return lifted;
}

function copiesOf(copies: DistinctRows | undefined): Pick<HnswGraph, "copies" | "copyStarts"> {
  return { copies: copies?.rows ?? new Int32Array(0), copyStarts: copies?.starts ?? new Int32Array(0) };
}

function handle(opened: OpenHnsw, graph: HnswGraph, path: KernelPath): Hnsw {
  const { dimensions, links, starts, entry, top, copies, copyStarts } = graph;
  const nodes = starts.length - 1;
  const hasCopies = copies.length > 0;
  const words = nodes * (dimensions + 2 * links + 1) + starts.length + starts[nodes] * (links + 1);
  return {
    path,
    count: hasCopies ? copies.length : nodes,
    dimensions,
    bytes: 4 * (words + copies.length + copyStarts.length) + MARK_BYTES * nodes,
    search(queries, k, effort) {
      const total = queries.length / dimensions;
      if (!Number.isInteger(total))
        throw new RangeError(`${queries.length} numbers are no whole queries of ${dimensions}`);
      if (!(effort <= MOST_EFFORT && k <= MOST_EFFORT)) {
        throw new RangeError(`k ${k} and effort ${effort} must be at most ${MOST_EFFORT}`);
      }
      const lists = createTopLists(total, k);
      if (entry < 0) return lists;
      for (let query = 0; query < total; query++) {
        const own = queries.subarray(query * dimensions, (query + 1) * dimensions);
        const from = query * k;
        const places = [lists.rows.subarray(from, from + k), lists.scores.subarray(from, from + k)] as const;
        opened.search(own, entry, top, Math.max(k, effort), ...places);
        if (hasCopies) spread(places[0], places[1], copies, copyStarts);
      }
      return lists;
    },
    graph: () => ({ ...opened.parts(), entry, top, copies: copies.slice(), copyStarts: copyStarts.slice() }),
  };
}

/** Writes for each row of the graph, best first, all rows it stands for, as far as there are places. */
function spread(rows: Int32Array, scores: Float32Array, copies: Int32Array, starts: Int32Array): void {
  const found = rows.slice();
  const score = scores.slice();
  let place = 0;
  for (let i = 0; i < found.length && found[i] >= 0; i++) {
    for (let at = starts[found[i]]; at < starts[found[i] + 1] && place < rows.length; at++, place++) {
      rows[place] = copies[at];
      scores[place] = score[i];
    }
  }
}

interface Places {
  readonly vectors: Region;
  readonly ground: Region;
  readonly starts: Region;
  readonly upper: Region;
  readonly pool: Region;
  readonly query: Region;
}

function openSimd({ dimensions, links, vectors, starts, ground, upper }: HnswParts): OpenHnsw {
  const count = vectors.length / dimensions;
  const padded = Math.ceil(dimensions / LANES) * LANES;
  const layout = createLayout();
  const places = {
    vectors: layout.float32(count * padded),
    ground: layout.int32(count * (2 * links + 1)),
    starts: layout.int32(count + 1),
    upper: layout.int32(starts[count] * (links + 1)),
    seen: layout.int16(count),
    pool: layout.int32(2 * (MOST_EFFORT + 1)),
    fresh: layout.int32(2 * links + LANES),
    kept: layout.int32(2 * (MOST_EFFORT + 2 * links + 2)),
    query: layout.float32(padded),
  };
  const workspace = openWorkspace(hnswKernel, layout);
  copyRows(vectors, dimensions, workspace.float32(places.vectors), padded);
  workspace.int32(places.starts).set(starts);
  if (ground !== undefined) workspace.int32(places.ground).set(ground);
  if (upper !== undefined) workspace.int32(places.upper).set(upper);
  const addresses = [places.ground.at, links, places.upper.at, places.starts.at, places.seen.at];
  const scratch = [places.pool.at, places.fresh.at, places.kept.at];
  workspace.call("configure", places.vectors.at, padded * 4, count, ...addresses, ...scratch);
  return { ...operations(workspace, places), parts: () => readParts(workspace, places, dimensions, links) };
}

function operations(workspace: Workspace, { pool, query }: Places): Pick<OpenHnsw, "insert" | "search"> {
  const foundRows = workspace.int32(pool);
  const foundScores = workspace.float32(pool);
  const asked = workspace.float32(query);
  return {
    insert: (row, level, entry, top, construction) => {
      workspace.call("insert", row, level, entry, top, construction);
    },
    search(own, entry, top, effort, rows, scores) {
      asked.set(own);
      const found = Math.min(rows.length, workspace.call("search", query.at, entry, top, effort));
      for (let place = 0; place < found; place++) {
        rows[place] = foundRows[2 * place + 1] & 0x7fffffff;
        scores[place] = foundScores[2 * place];
      }
    },
  };
}

function readParts(workspace: Workspace, places: Places, dimensions: number, links: number) {
  const starts = workspace.int32(places.starts).slice();
  const count = starts.length - 1;
  const vectors = new Float32Array(count * dimensions);
  const stored = workspace.float32(places.vectors);
  const padded = count === 0 ? dimensions : stored.length / count;
  for (let row = 0; row < count; row++) {
    vectors.set(stored.subarray(row * padded, row * padded + dimensions), row * dimensions);
  }
  const upper = workspace.int32(places.upper).slice();
  return { dimensions, links, vectors, starts, ground: workspace.int32(places.ground).slice(), upper };
}
