import { expect, it } from "vitest";
import { foldHistory } from "./profile.ts";
import { measureProgress } from "./progress.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

it("gives eight right answers of ten the Wilson interval 0.490 to 0.943", () => {
  const [card] = sampleCards(1);
  const records = Array.from({ length: 10 }, (_, at) => sampleAnswer(card, { score: at < 8 ? 1 : 0, at: 100 + at }));
  const { areas, answers, questions } = measureProgress(foldHistory(records), 110);
  const cell = areas.find(({ area }) => area === card.area)?.cells[card.level - 1];
  expect(cell).toMatchObject({ answers: 10, share: 0.8 });
  expect(cell?.interval?.[0]).toBeCloseTo(0.4902, 3);
  expect(cell?.interval?.[1]).toBeCloseTo(0.9433, 3);
  expect([answers, questions]).toEqual([10, 1]);
});
