/** A search over ten thousand documents, right and misspelt, in one thread, against its limit. */

import { createRandom } from "../src/core/random.ts";
import { type Entry, openSearch } from "../src/library/search.ts";
import { type Benchmark, type BenchmarkCase, timed } from "./benchmark.ts";

const DOCUMENTS = 10_000;
const WORDS = 120;
const VOCABULARY = 40_000;

const FIRST = "posision positoin postion posittion posiiton positionn opsition psoition".split(" ");
const SECOND = "bais bisa baas biias bbias biass ibas biaz".split(" ");
const CASES: readonly (readonly [what: string, queries: readonly string[]])[] = [
  ["right", ["position bias"]],
  ["two misspelt words", FIRST.map((word, i) => `${word} ${SECOND[i]}`)],
  [
    "four misspelt words",
    FIRST.map((word, i) => `${word} ${SECOND[i]} calibrato${"nmlkjihg"[i]} distilatio${"mnopqrst"[i]}`),
  ],
  ["nothing like it", FIRST.map((word) => `qqq${word}zzz jjjj${word}`)],
];

export const benchmark: Benchmark = {
  name: "search",
  about: `one search over ${DOCUMENTS} documents of ${WORDS} words each, one thread; the index is open`,
  *cases(): Iterable<BenchmarkCase> {
    const { search } = openSearch(documents());
    for (const [what, queries] of CASES) {
      // Words that nobody has asked for yet: what was looked up once is kept.
      let asked = 0;
      const next = (): string => queries[asked++ % queries.length];
      yield {
        case: what,
        peerName: "the limit",
        unit: "ms",
        target: "<= 1",
        ours: async () => 1000 * (await timed(() => search(next(), 12))),
        peer: () => 30,
      };
    }
  },
};

function documents(): Entry[] {
  const random = createRandom(7);
  const letters = "etaoinsrhldcumfpgwybvk";
  const words = Array.from({ length: VOCABULARY }, () =>
    Array.from(
      { length: 3 + Math.floor(random.uniform() * 9) },
      () => letters[Math.floor(random.uniform() * random.uniform() * letters.length)],
    ).join(""),
  );
  const draw = (): string => words[Math.floor(random.uniform() * random.uniform() * VOCABULARY)];
  return Array.from({ length: DOCUMENTS }, (_, i) => ({
    kind: "pattern",
    name: `document-${i}`,
    title: i % 500 === 0 ? "Position bias, calibration and distillation" : `${draw()} ${draw()}`,
    text: Array.from({ length: WORDS }, draw).join(" "),
    steps: [],
  }));
}
