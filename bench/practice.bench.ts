/** The next question out of 10,000 after 100,000 answers, and the folding of that history, beside reading the same history as JSON. */

import { createRandom } from "../src/core/random.ts";
import { chooseNext } from "../src/practice/choose-next.ts";
import { readHistory, writeRecord } from "../src/practice/history.ts";
import { foldHistory, withAnswer } from "../src/practice/profile.ts";
import { sampleAnswer, sampleCards } from "../src/practice/sample-history.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const QUESTIONS = 10_000;
const ANSWERS = 100_000;

export const benchmark: Benchmark = {
  name: "practice",
  about: "next of 10,000 questions after 100,000 answers, one thread; the wanted time of a choice is 20 ms",
  cases() {
    const random = createRandom(1);
    const cards = sampleCards(QUESTIONS);
    const records = Array.from({ length: ANSWERS }, (_, i) => {
      const card = cards[random.below(QUESTIONS / 2)];
      return { ...sampleAnswer(card, { score: random.below(2), at: 19_000 + i / 200 }), id: `answer-${i}` };
    });
    const text = records.map(writeRecord).join("\n");
    const profile = foldHistory(records);
    const day = 19_000 + ANSWERS / 200;
    const parseJson = () =>
      timed(() => {
        for (const line of text.split("\n")) JSON.parse(line);
      });
    return [
      {
        case: "choose the next question",
        unit: "s",
        peerName: "20 ms",
        runs: 51,
        target: "<= 1",
        ours: () => timed(() => chooseNext(profile, cards, { day, random })),
        peer: () => 0.02,
      },
      {
        case: "take in one answer, then choose",
        unit: "s",
        peerName: "20 ms",
        runs: 51,
        target: "<= 1",
        ours: () => timed(() => chooseNext(withAnswer(profile, records[0]), cards, { day, random })),
        peer: () => 0.02,
      },
      {
        case: "read and fold the history, at the start",
        unit: "s",
        peerName: "JSON.parse of each line",
        ours: () => timed(() => foldHistory(readHistory([text]).records)),
        peer: parseJson,
      },
    ];
  },
};
