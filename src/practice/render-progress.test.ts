import { expect, it } from "vitest";
import type { Calibration } from "./calibration.ts";
import type { Progress, ProgressCell } from "./progress.ts";
import { renderProgress } from "./render-progress.ts";

const cell = (share: number, answers = 7): ProgressCell => ({ answers, share });
const UNSEEN: ProgressCell = { answers: 0 };
const measured: Calibration = {
  bins: [{ stated: 0.704, right: 0.696, answers: 9 }],
  brier: 0.216,
  bias: 0.1,
  answers: 20,
};
const progress: Progress = {
  answers: 20,
  leftOpen: 0,
  questions: 12,
  ability: 3.46,
  uncertainty: 0.84,
  areas: [
    {
      area: "fraud",
      ability: 0.4,
      uncertainty: 1.26,
      cells: [cell(0.39), cell(0.4), cell(0.59), cell(0.6), cell(0.79), cell(0.8)],
    },
    { area: "llm", ability: 7, uncertainty: 1, cells: [UNSEEN, cell(0), cell(1, 999), cell(1, 1000), UNSEEN, UNSEEN] },
  ],
  calibration: undefined,
  recentCalibration: undefined,
  forecast: [
    { inDays: 0, known: 11.6 },
    { inDays: 7, known: 9.4 },
  ],
  streak: 1,
  minutesLastWeek: 33,
};

it("says where one stands, how much was answered, and the days in a row", () => {
  expect(renderProgress(progress)[0]).toBe(
    "level 3.5 ± 0.8   20 answers to 12 questions   33 min this week   1 day in a row",
  );
  expect(renderProgress({ ...progress, streak: 2 })[0]).toMatch(/ {3}2 days in a row$/u);
  const none = (leftOpen: number) => renderProgress({ ...progress, answers: 0, leftOpen });
  expect(none(0)).toEqual(["nothing answered yet: `heptad practice` begins with six questions that find your level"]);
  expect(none(12)).toEqual([expect.stringMatching(/^nothing answered yet, 12 left open: `heptad practice`/u)]);
});

it("draws a cell for each level: shades at 40, 60 and 80 of a hundred, counts up to 999, a dot for what is unseen", () => {
  const [, , head, fraud, llm] = renderProgress(progress);
  expect(head).toBe(`${" ".repeat(40)}L1   L2   L3   L4   L5   L6   level`);
  expect(fraud).toBe(`${"Fraud and imbalance".padEnd(40)}░7   ▒7   ▒7   ▓7   ▓7   █7   1.0 ± 1.3`);
  expect(llm).toBe("LLM serving and retrieval-augmented g…  ·    ░7   █999 █999 ·    ·    6.0 ± 1.0");
});

it("calls a bias of three points and more over- or underconfident", () => {
  const line = (bias: number): string =>
    renderProgress({ ...progress, calibration: { ...measured, bias } }).find((one) => one.startsWith("calib")) ?? "";
  expect(line(0.1)).toBe("calibration over all answers: overconfident by 10%, Brier 0.22, n 20");
  expect(line(-0.03)).toContain("underconfident by 3%");
  expect(line(0.03)).toContain("overconfident by 3%");
  expect(line(-0.029)).toContain("well calibrated by 3%");
});

it("shows bins of confidence three in a line, and the last fifty answers apart", () => {
  const bins = [1, 2, 3, 4].map((answers) => ({ ...measured.bins[0], answers }));
  const recentCalibration = { ...measured, bins, answers: 10 };
  const lines = renderProgress({ ...progress, recentCalibration });
  const from = lines.indexOf("calibration over the last fifty: overconfident by 10%, Brier 0.22, n 10");
  expect(lines.slice(from - 1, from + 4)).toEqual([
    "",
    "calibration over the last fifty: overconfident by 10%, Brier 0.22, n 10",
    "  70% sure: 70% right (1)   70% sure: 70% right (2)   70% sure: 70% right (3)",
    "  70% sure: 70% right (4)",
    "",
  ]);
});

it("ends with what is still known without practice", () => {
  expect(renderProgress(progress).at(-1)).toBe("still known without practice: today 12, in 7 days 9 of 12");
});

it("rounds nothing up to all: 199 of 200 right read 100%", () => {
  const bins = [{ ...measured.bins[0], right: 0.995, answers: 200 }];
  const lines = renderProgress({ ...progress, calibration: { ...measured, bins, bias: -0.295 } });
  expect(lines).toContain("  70% sure: 99.5% right (200)");
});
