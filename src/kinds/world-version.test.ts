import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { simulateClicks } from "./binary-classification/simulated-clicks.ts";
import { simulateDocuments } from "./document-ranking/simulated-documents.ts";
import { simulatePayments } from "./fraud-detection/simulated-payments.ts";
import { createWorld, simulateInteractions } from "./recommendation/simulated-world.ts";
import { drawCatalogue } from "./visual-search/simulated-catalogue.ts";
import { WORLD_VERSION } from "./world-version.ts";

/** Of every column of a world, wherever it lies in it. */
function printOf(world: unknown): string {
  const hash = createHash("sha256");
  const add = (part: unknown, path: string): void => {
    if (ArrayBuffer.isView(part))
      hash.update(path).update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    else if (part instanceof Map) for (const [name, inner] of part) add(inner, `${path}/${name}`);
    else if (Array.isArray(part)) for (const [at, inner] of part.entries()) add(inner, `${path}/${at}`);
    else if (typeof part === "object" && part !== null)
      for (const [name, inner] of Object.entries(part)) add(inner, `${path}/${name}`);
    else if (typeof part === "number") hash.update(`${path} ${part}`);
  };
  add(world, "");
  return hash.digest("hex").slice(0, 16);
}

it("makes the worlds of its version: where one comes out otherwise, the version is raised and this table with it", () => {
  const world = createWorld({ members: 40, titles: 30, days: 20 }, createRandom(7));
  const worlds = {
    recommendation: simulateInteractions(world, createRandom(8)),
    "fraud-detection": simulatePayments({ customers: 20, terminals: 30, days: 20 }, createRandom(7)),
    "binary-classification": simulateClicks({ people: 20, things: 10, days: 10 }, createRandom(7)),
    "document-ranking": simulateDocuments({ queries: 10, documents: 8 }, createRandom(7)),
    "visual-search": drawCatalogue({ items: 6, photos: 2, size: 16 }, createRandom(7)),
  };
  const prints = Object.fromEntries(Object.entries(worlds).map(([kind, made]) => [kind, printOf(made)]));
  expect({ version: WORLD_VERSION, prints }).toEqual({
    version: 1,
    prints: {
      recommendation: "be2a8463e27c8110",
      "fraud-detection": "b7fccc0b8a0c2ee1",
      "binary-classification": "35556bb937f28a32",
      "document-ranking": "81a643c23013cd74",
      "visual-search": "b0e5e2cfef7e78f3",
    },
  });
});
