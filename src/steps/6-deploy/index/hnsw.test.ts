import { expect, it } from "vitest";
import { describeVectorIndex } from "../../../../test/contracts/vector-index.ts";
import { createRandom } from "../../../core/random.ts";
import { hnswIndex } from "./hnsw.ts";

// The rough formula leaves out the count of links, the levels above the ground and the marks: together under a tenth here.
describeVectorIndex({ index: hnswIndex, recall: 0.95, bytesWithin: 1.1 });

it("takes 4.5 bytes of upper links a row, as hnswlib's source implies for M 16", () => {
  const random = createRandom(2);
  const vectors = Float32Array.from({ length: 40_000 }, () => random.normal());
  const built = hnswIndex.build(vectors, 2, { ...hnswIndex.defaults, construction: 10 }, random);
  const { upper } = built.toArtefact().arrays;
  // A row rises to each next level with probability 1/16; a block is a count and 16 links of 4 bytes: 68 / 15 bytes a row.
  expect(upper.byteLength / 20_000).toBeCloseTo(68 / 15, 0);
});
