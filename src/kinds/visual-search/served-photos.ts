/** The search by photo as a service: a photo comes in as bytes, goes through the preprocessing of training, and its neighbours go out. */

import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { openTurns } from "../../core/turns.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../steps/3-data/pictures/photo-split-stage.ts";
import type { PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import { namesFromStored, PICTURES_STAGE, picturesFromStored } from "../../steps/3-data/pictures/stored-pictures.ts";
import { openPhotoEmbedder } from "../../steps/4-model/convolution/photo-embedder.ts";
import { PHOTO_VECTORS_STAGE, vectorsFromStored } from "../../steps/4-model/convolution/photo-vectors-stage.ts";
import { histogramVectors } from "../../steps/4-model/convolution/picture-baselines.ts";
import type { StageFacts } from "../../steps/4-model/schema.ts";
import { exactIndex } from "../../steps/6-deploy/index/exact.ts";
import { exactInt8Index } from "../../steps/6-deploy/index/exact-int8.ts";
import { hnswIndex } from "../../steps/6-deploy/index/hnsw.ts";
import type { VectorIndex } from "../../steps/6-deploy/index/vector-index.ts";
import { openSkewTally } from "../../steps/6-deploy/serve/skew-tally.ts";
import {
  type RefusedUpload,
  type ServedAnswer,
  type ServedSystem,
  type ServedUpload,
  TrafficBytes,
  type Turn,
} from "../../system/served-system.ts";
import type { ServeRequest } from "../kind.ts";
import { askedPicture } from "./find-by-photo.ts";

/** What a note serves: the stage whose result makes vectors, and the stage that is searched. */
export interface ServedPhotosPlan {
  readonly trained: string;
  readonly retrieval: StageFacts | undefined;
}

const BASELINE = "colour histogram";
const PREDICTION = "prediction";
const USUAL_PHOTOS = 10;
const MOST_PHOTOS = 100;
/** Bytes of a photo that is sent. */
const LARGEST = 8 * 1024 * 1024;
/** Photos of the test that a load is made of. */
const TRAFFIC = 32;
/** It remembers nothing. */
const SNAPSHOT = Uint8Array.of(0);

const querySchema = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9]\d?|100)$/u, `must be a whole number from 1 to ${MOST_PHOTOS}`)
    .optional()
    .meta({ description: `How many photos, up to ${MOST_PHOTOS}; ${USUAL_PHOTOS} where absent` }),
  member: z.string().min(1).max(256).optional().meta({ description: "Who asks: the unit of an experiment" }),
});

const responseSchema = z.strictObject({
  variant: z.string().meta({ description: "What answered" }),
  degraded: z.array(z.string()).meta({ description: "What was left out for lateness; empty for a whole answer" }),
  repairs: z.array(z.string()).meta({ description: "What had to be done to the photo beyond resizing" }),
  photos: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string(),
      distance: z.number().meta({
        description:
          "1 less the cosine of the vectors: 0 for the same picture. Of the network's vectors; of the shares of colours where `degraded` or `variant` says that colours answered, and of another scale there",
      }),
    }),
  ),
});

/** `begin` is what is searched: all photos, or those that are no test photos, as the evaluation did. */
export async function openServedPhotos(
  { trained, retrieval }: ServedPhotosPlan,
  { input, begin, environment }: Omit<ServeRequest, "design">,
): Promise<ServedSystem> {
  const { pictures } = environment;
  if (pictures === undefined)
    throw new FailureError({ code: "no-picture-reader", message: "photos cannot be decoded here" });
  const stored = await input(PICTURES_STAGE);
  const { set, label, classes } = picturesFromStored(stored);
  const names = namesFromStored(stored);
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const { vectors, dimensions } = vectorsFromStored(await input(PHOTO_VECTORS_STAGE), "network");
  const all = Int32Array.from(split.part.keys());
  const judged = all.filter((row) => split.part[row] !== 2);
  const catalogue = begin === "test" ? judged : all;
  const embedder = await openPhotoEmbedder(await input(trained), environment, { alone: true });
  const learned = searcher(vectors, dimensions, catalogue, retrieval);
  const plain = histogramVectors(set, catalogue);
  const byColour = searcher(plain.vectors, plain.dimensions, undefined, undefined);
  let distance = Number.NaN;
  /** The network has one place for a photo: photos take turns. */
  const inTurn = openTurns();

  const search = async (bytes: Uint8Array, limit: number, turn: Turn): Promise<ServedAnswer | RefusedUpload> => {
    const read = await turn.time("decoding", () => pictures.decodeBytes(bytes, set.size));
    if (!read.ok) return { isRefused: true, code: "bad-picture", message: read.reason };
    const asked = askedPicture(set, read.pixels);
    const isControl = turn.variant === 0;
    const vector = isControl
      ? undefined
      : await turn.time("embedding", async (isLate) => (isLate() ? undefined : await embedder.embed(asked, [0])));
    const found = turn.time("retrieval", () =>
      vector === undefined ? byColour(histogramVectors(asked, [0]).vectors, limit) : learned(vector, limit),
    );
    const degraded = vector === undefined && !isControl ? ["embedding: colours instead"] : [];
    const isWhole = vector !== undefined;
    if (isWhole) distance = found[0]?.distance ?? Number.NaN;
    return {
      body: {
        variant: isControl ? BASELINE : "system",
        degraded,
        repairs: [...read.repairs],
        photos: found.map(({ at, distance: far }) => ({
          name: names[catalogue[at]],
          label: classes[label[catalogue[at]]],
          distance: far,
        })),
      },
      degraded,
      isObserved: isWhole,
    };
  };
  const jpeg = (row: number): Promise<Uint8Array> => {
    const { pixels, size } = threeChannels(set, row);
    return pictures.jpeg(pixels, size, size);
  };
  const tests = split.rowsOf("test");
  const sent = await Promise.all(Array.from(tests.length === 0 ? all.slice(0, 1) : tests.slice(0, TRAFFIC), jpeg));
  const upload: ServedUpload = {
    path: "/search",
    summary: "What looks like the photo that is sent, most like it first",
    types: ["image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff"],
    limit: LARGEST,
    query: querySchema,
    response: responseSchema,
    example: { bytes: sent[0], type: "image/jpeg" },
    unitOf: (query) => querySchema.parse(query).member,
    answer(bytes, query, turn) {
      const { limit = USUAL_PHOTOS } = querySchema.parse(query);
      return inTurn(() => search(bytes, Number(limit), turn));
    },
  };
  return {
    endpoints: [],
    uploads: [upload],
    variants: [BASELINE, "system"],
    traffic: { path: "/search", count: sent.length, body: (at) => new TrafficBytes("image/jpeg", sent[at]) },
    stages: ["decoding", "embedding", "retrieval"],
    newest: Number.NEGATIVE_INFINITY,
    counts: () => ({ photos: catalogue.length }),
    profile: new Map([[PREDICTION, nearestDistances(vectors, dimensions, judged, tests)]]),
    observed: () => new Map([[PREDICTION, distance]]),
    save: () => SNAPSHOT.slice(),
    restore: () => undefined,
    skew: async () => {
      const names = Array.from({ length: dimensions }, (_, d) => `vector[${d}]`);
      const columns = names.map((_, d) => Float32Array.from(tests, (row) => vectors[row * dimensions + d]));
      const tally = openSkewTally(names, columns);
      for (const [at, row] of tests.entries()) tally.compare(at, await inTurn(() => embedder.embed(set, [row])));
      return tally.count;
    },
    close: () => inTurn(() => embedder.close()),
  };
}

type Found = readonly { readonly at: number; readonly distance: number }[];

/** Searches rows of vectors by the index that the note asks for; the distances are exact. */
function searcher(
  vectors: Float32Array,
  dimensions: number,
  rows: Int32Array | undefined,
  facts: StageFacts | undefined,
): (query: Float32Array, limit: number) => Found {
  const chosen = rows === undefined ? vectors : gather(vectors, rows, dimensions);
  const index = indexOf(chosen, dimensions, facts);
  return (query, limit) => {
    const { rows: found } = index.search(query, Math.min(limit, index.count));
    return [...found]
      .filter((at) => at >= 0)
      .map((at) => {
        let cosine = 0;
        for (let d = 0; d < dimensions; d++) cosine += query[d] * chosen[at * dimensions + d];
        return { at, distance: Math.max(0, 1 - cosine) };
      })
      .sort((a, b) => a.distance - b.distance || a.at - b.at);
  };
}

function indexOf(vectors: Float32Array, dimensions: number, facts: StageFacts | undefined): VectorIndex {
  const random = createRandom(1, "served photos");
  const { defaults } = hnswIndex;
  switch (facts?.index?.type) {
    case "hnsw":
      return hnswIndex.build(
        vectors,
        dimensions,
        {
          links: facts.index.m ?? defaults.links,
          construction: facts.index["ef-construction"] ?? defaults.construction,
          effort: facts.index["ef-search"] ?? defaults.effort,
        },
        random,
      );
    case "exact-int8":
      return exactInt8Index.build(vectors, dimensions, exactInt8Index.defaults, random);
    default:
      return exactIndex.build(vectors, dimensions, {}, random);
  }
}

/** How far each photo that asks is from its nearest neighbour: what drift of the answers is held against. */
function nearestDistances(
  vectors: Float32Array,
  dimensions: number,
  searched: Int32Array,
  asking: Int32Array,
): Float64Array {
  const find = searcher(vectors, dimensions, searched, undefined);
  return Float64Array.from(asking, (row) => {
    const query = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    return find(query, 1)[0]?.distance ?? Number.NaN;
  });
}

function gather(vectors: Float32Array, rows: Int32Array, dimensions: number): Float32Array {
  const result = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries())
    result.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  return result;
}

function threeChannels({ pixels, size, channels }: PictureSet, row: number) {
  const places = size * size;
  const own = pixels.subarray(row * places * channels, (row + 1) * places * channels);
  if (channels === 3) return { pixels: own.slice(), size };
  return { pixels: Uint8Array.from({ length: 3 * places }, (_, at) => own[Math.floor(at / 3)]), size };
}
