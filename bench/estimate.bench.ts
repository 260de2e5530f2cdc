/** A whole design estimated again after one fact has changed, beside reading the note anew. */

import { readFileSync } from "node:fs";
import { estimateDesign } from "../src/note/estimate-design.ts";
import { vary } from "../src/note/with-fact.ts";
import { parseDesign } from "../src/steps/design.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const NOTE = "designs/movie-recommendations.md";
const REPEATS = 200;

export const benchmark: Benchmark = {
  name: "estimate",
  about: "every sheet of the movie note after 1.items.count changed, one thread, against parsing the note",
  *cases() {
    const text = readFileSync(NOTE, "utf8");
    const { design } = parseDesign(text, NOTE);
    if (design === undefined) throw new Error(`${NOTE} cannot be read`);
    const variation = vary(design, "1.items.count");
    if (!variation.ok) throw new Error(variation.failure.message);
    const { at } = variation.value;
    let items = 1000;
    const milliseconds = async (work: () => unknown): Promise<number> => {
      const seconds = await timed(() => {
        for (let i = 0; i < REPEATS; i++) work();
      });
      return (seconds * 1000) / REPEATS;
    };
    const estimate = () => estimateDesign(at(items++));
    for (let i = 0; i < REPEATS; i++) estimate();
    yield {
      case: "what if, whole design",
      unit: "ms",
      peerName: "reading the note",
      target: "ours <= 2",
      ours: () => milliseconds(estimate),
      peer: () => milliseconds(() => parseDesign(text, NOTE)),
    };
  },
};
