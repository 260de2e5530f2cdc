import { expect, it } from "vitest";
import { type HistoryRecord, readHistory, writeRecord } from "./history.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const [card, other] = sampleCards(2);
const first = sampleAnswer(card, { score: 1, at: 100, confidence: 0.9 });
const second = sampleAnswer(other, { score: 0, at: 101 });
const lines = (...records: readonly HistoryRecord[]): string => records.map(writeRecord).join("\n");

it("puts files together in the order of time, each record once, and of one moment by their ids", () => {
  expect(readHistory([lines(second), lines(first, second)]).records).toEqual([first, second]);
  const [a, b] = ["record-a", "record-b"].map((id) => ({ ...first, id }));
  expect(readHistory([lines(b, a)]).records.map(({ id }) => id)).toEqual(["record-a", "record-b"]);
  expect(readHistory([lines(a, b)]).records.map(({ id }) => id)).toEqual(["record-a", "record-b"]);
});

it("passes over conflict marks and empty lines, and says where a line is damaged", () => {
  const text = `<<<<<<< HEAD\n${lines(first)}\n=======\n\n${lines(second)}\n>>>>>>> other\n{"type":"ans\n<<<<<<<<\n`;
  const { records, damaged } = readHistory(["", text]);
  expect(records).toEqual([first, second]);
  expect(damaged).toEqual([
    { file: 1, line: 7, text: '{"type":"ans' },
    { file: 1, line: 8, text: "<<<<<<<<" },
  ]);
  expect(readHistory(["x".repeat(300)]).damaged[0].text).toHaveLength(200);
});

it.each([
  ["a level above six", { level: 7 }],
  ["a level below one", { level: 0 }],
  ["a score above one", { score: 1.1 }],
  ["a score below nothing", { score: -0.1 }],
  ["a confidence above one", { confidence: 1.1 }],
  ["a negative time", { seconds: -1 }],
  ["a chance of guessing above one", { guess: 1.01 }],
  ["a short id", { id: "1234567" }],
])("takes a record with %s for damaged", (_, change) => {
  expect(readHistory([JSON.stringify({ ...first, ...change })]).damaged).toHaveLength(1);
});

it("takes records at the ends of what is allowed, and gives older ones what they lack", () => {
  const ends = [
    { ...first, id: "12345678", level: 6, score: 0, confidence: 1, seconds: 0, guess: 1 },
    { ...first, id: "87654321", level: 1, score: 1, confidence: 0, guess: 0 },
  ];
  expect(readHistory([ends.map((one) => JSON.stringify(one)).join("\n")])).toEqual({ records: ends, damaged: [] });
  const { guess: _guess, hints: _hints, mode: _mode, ...old } = first;
  expect(readHistory([JSON.stringify(old)]).records).toEqual([{ ...first, guess: 0, hints: 0, mode: "practice" }]);
});
