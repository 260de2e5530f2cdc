import { describe, expect, it } from "vitest";
import { plantScored } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { DAY } from "../../../core/day.ts";
import { FailureError } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { parseDesign } from "../../design.ts";
import { type ScoredTask, scoredTaskToStored, unitOf } from "../scored-task.ts";
import { lateLabelRound } from "./late-label-split.ts";
import { accountOf, lateLabelSplitStage } from "./late-label-split-stage.ts";

/** One payment a line: day, card, fraud. Cards leave once a fraud of theirs is known. */
function payments(lines: readonly (readonly [number, number, 0 | 1])[]): ScoredTask {
  return plantScored(
    lines.map(([day, unit, label]) => ({ day, unit, label })),
    { leaves: "cards known to be compromised left out" },
  );
}

describe("a round with late labels", () => {
  const lines = payments([
    [0, 1, 1],
    [1, 2, 0],
    [2, 3, 1],
    [3, 4, 1],
    [5, 1, 0],
    [5, 2, 0],
    [5, 3, 0],
    [6, 3, 0],
    [6, 4, 0],
    [7, 4, 0],
  ]);
  const round = lateLabelRound(lines, 5, { train: 2, delay: 3, test: 2 });

  it("trains on the days before the wait alone", () => {
    expect([round.trainFrom, round.trainUntil]).toEqual([0, 2]);
  });

  it("leaves out a card whose fraud is older than the delay on the judged day, and no other", () => {
    // Card 1 was caught in training; the fraud of card 3 on day 2 is known on day 6, that of card 4 on day 3 only on day 7.
    expect([...round.test].map((row) => [lines.time[row], unitOf(lines).rows[row]])).toEqual([
      [5 * DAY + 60, 2],
      [5 * DAY + 60, 3],
      [6 * DAY + 60, 4],
    ]);
  });

  it("knows nothing of the days before its training, however short that is", () => {
    // Trained on day 1 alone: of the fraud of card 1 on day 0 it was never told.
    const short = lateLabelRound(lines, 5, { train: 1, delay: 3, test: 1 });
    expect([short.trainFrom, short.trainUntil]).toEqual([1, 2]);
    expect([...short.test].map((row) => unitOf(lines).rows[row])).toEqual([1, 2, 3]);
  });

  it("is refused where it does not fit into the data", () => {
    expect(() => lateLabelRound(lines, 4, { train: 2, delay: 3, test: 2 })).toThrow(FailureError);
    expect(() => lateLabelRound(lines, 30, { train: 2, delay: 3, test: 2 })).toThrow(FailureError);
  });
});

it("says the rounds in days and cases, one of each in the singular", async () => {
  const task = plantScored(
    Array.from({ length: 24 }, (_, at) => ({ day: Math.floor(at / 2), unit: 1 + at, label: at % 2 === 0 ? 0 : 1 })),
  );
  const said = async (split: string): Promise<string | undefined> => {
    const note = `---\nheptad: 1\ntitle: A\nsystem: b\n---\n\n## 3. Data\n\n\`\`\`yaml\nsplit: ${split}\n\`\`\`\n`;
    const { design } = parseDesign(note, "note.md");
    if (design === undefined) throw new Error("the note is no design");
    const result = await lateLabelSplitStage("cases", design.data).execute({
      paths: {},
      input: async () => stageResult(scoredTaskToStored(task)),
      random: createRandom(1),
      environment: sealedEnvironment,
    });
    return result.remarks[0]?.text;
  };
  expect(await said("{ by: time, train: 1 d, gap: 1 d, test: 1 d, validation: 1 d }")).toMatch(
    /^Trained on 1 day, then 1 day of waiting for labels, then judged from 1970-01-12 on for 1 day: 2 \w+ with 1 \w+\. Settings are chosen on 1 earlier round whose .*\. Of 24 \w+ 4 are trained on or judged\. The others: 2 in the wait for labels, 4 in earlier rounds alone, 14 before the first round\.$/u,
  );
  expect(await said("{ by: time, train: 2 d, gap: 2 d, test: 2 d, validation: 4 d }")).toMatch(
    /^Trained on 2 days, then 2 days of waiting for labels, then judged from 1970-01-11 on for 2 days: 4 \w+ with 2 \w+s\. Settings are chosen on 2 earlier rounds whose/u,
  );
});

it("accounts for every row that was read: the parts of the sentence add up to all, whatever the periods", async () => {
  const random = createRandom(17);
  for (let round = 0; round < 40; round++) {
    const days = 12 + random.below(30);
    const lines = Array.from({ length: 8 * days }, (_, at) => ({
      day: Math.floor(at / 8),
      unit: 1 + random.below(30),
      label: random.below(4) === 0 ? (1 as const) : (0 as const),
    }));
    const planted = plantScored(lines, { leaves: round % 2 === 0 ? "" : "units that left" });
    // Some labels come late, some never.
    const knownAt = planted.time.map((at) =>
      random.below(9) === 0 ? Number.POSITIVE_INFINITY : at + random.below(9) * DAY,
    );
    const task: ScoredTask = round % 3 === 0 ? planted : { ...planted, knownAt };
    const periods = { train: 1 + random.below(5), delay: random.below(4), test: 1 + random.below(3) };
    const last = days - periods.test - random.below(3);
    const starts = [last - periods.delay - periods.test, last].filter((day) => day >= periods.train + periods.delay);
    const rounds = starts.map((day) => lateLabelRound(task, day, periods));
    if (rounds.length === 0) continue;
    const said = accountOf(task, rounds, periods);
    const [all, ...parts] = [...said.matchAll(/[\d,]+(?= )/gu)].map(([text]) => Number(text.replaceAll(",", "")));
    expect(all, said).toBe(task.time.length);
    expect(
      parts.reduce((sum, count) => sum + count, 0),
      said,
    ).toBe(all);
  }
});
