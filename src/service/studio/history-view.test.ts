/** The history as the studio keeps it: whatever was done to the files, it is what reading them anew gives. */

import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { readHistoryFolder } from "../../node/history-folder.ts";
import { writeRecord } from "../../practice/history.ts";
import { foldHistory } from "../../practice/profile.ts";
import { sampleAnswer, sampleCards } from "../../practice/sample-history.ts";
import { openHistoryView } from "./history-view.ts";

const CARDS = sampleCards(40);

/** Answers of some days, one a line. */
function lines(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const card = CARDS[(from + i) % CARDS.length];
    return `${writeRecord(sampleAnswer(card, { score: i % 2, at: from + i }))}\n`;
  }).join("");
}

test("appended to, merged with older ones, edited in place, cut off, taken away: it is read as it stands", async () => {
  const root = temporaryFolder();
  const history = openHistoryView(root);
  const file = (name: string): string => join(root, "history", name);
  const check = async (answers: number): Promise<void> => {
    const { records } = readHistoryFolder(root);
    const view = await history();
    expect(view.records).toEqual(records);
    expect(view.profile).toEqual(foldHistory(records));
    expect(view.records).toHaveLength(answers);
  };
  await check(0);
  mkdirSync(join(root, "history"));
  writeFileSync(file("a.jsonl"), lines(100, 30));
  await check(30);
  const [before, same] = [await history(), await history()];
  expect(same).toBe(before);
  appendFileSync(file("a.jsonl"), lines(130, 3));
  await check(33);
  // Another machine's, from between.
  writeFileSync(file("b.jsonl"), lines(110, 5).replaceAll('"answer-', '"other-'));
  await check(38);
  // The last line has no end, then it has, and more comes.
  appendFileSync(file("a.jsonl"), lines(140, 1).trimEnd());
  await check(39);
  appendFileSync(file("a.jsonl"), `\n${lines(141, 2)}`);
  await check(41);
  // A torn line counts when it is whole.
  const [next] = lines(150, 1).split("\n");
  appendFileSync(file("a.jsonl"), next.slice(0, 40));
  await check(41);
  appendFileSync(file("a.jsonl"), `${next.slice(40)}\n`);
  await check(42);
  // Edited in place: longer, and another beginning.
  writeFileSync(file("a.jsonl"), lines(200, 60));
  await check(65);
  writeFileSync(file("a.jsonl"), lines(200, 10));
  await check(15);
  rmSync(file("b.jsonl"));
  await check(10);
});

test("a history larger than a slice is the same, and is folded while others are served", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "history"));
  writeFileSync(join(root, "history", "a.jsonl"), lines(1000, 6000));
  let served = 0;
  const timer = setInterval(() => served++, 0);
  const view = await openHistoryView(root)();
  clearInterval(timer);
  const { records } = readHistoryFolder(root);
  expect(view.records).toEqual(records);
  expect(view.profile.ability).toEqual(foldHistory(records).ability);
  expect(served).toBeGreaterThan(3);
});
