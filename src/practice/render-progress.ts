/** Progress as text for a terminal: a map of areas by level, calibration and forecast. */

import { formatShare } from "../core/format-figure.ts";
import { AREAS, LEVEL_NUMBERS, writeLevel } from "./area.ts";
import type { Calibration } from "./calibration.ts";
import type { AreaProgress, Progress, ProgressCell } from "./progress.ts";

/** Lines that fit 80 columns. Shades say the share right; a dot says that nothing was answered. */
export function renderProgress(progress: Progress): readonly string[] {
  if (progress.answers === 0) {
    const what =
      progress.leftOpen === 0 ? "nothing answered yet" : `nothing answered yet, ${progress.leftOpen} left open`;
    return [`${what}: \`heptad practice\` begins with six questions that find your level`];
  }
  const { ability, uncertainty, answers, questions, minutesLastWeek } = progress;
  const days = progress.streak === 1 ? "1 day" : `${progress.streak} days`;
  return [
    `level ${writeLevel(ability)} ± ${uncertainty.toFixed(1)}   ${answers} answers to ${questions} questions   ${minutesLastWeek} min this week   ${days} in a row`,
    "",
    `${"".padEnd(AREA_WIDTH)}  ${LEVEL_NUMBERS.map((level) => `L${level}`.padEnd(CELL_WIDTH)).join("")}level`,
    ...progress.areas.map(renderArea),
    "",
    "right: ░ under 40%  ▒ to 60%  ▓ to 80%  █ above; the number counts the answers, · is unseen",
    ...renderCalibration("all answers", progress.calibration),
    ...renderCalibration("the last fifty", progress.recentCalibration),
    "",
    `still known without practice: ${progress.forecast.map(({ inDays, known }) => `${inDays === 0 ? "today" : `in ${inDays} days`} ${known.toFixed(0)}`).join(", ")} of ${questions}`,
  ];
}

const AREA_WIDTH = 38;
const CELL_WIDTH = 5;

function renderArea({ area, cells, ability, uncertainty }: AreaProgress): string {
  const name = AREAS[area];
  const shown = name.length > AREA_WIDTH ? `${name.slice(0, AREA_WIDTH - 1)}…` : name.padEnd(AREA_WIDTH);
  return `${shown}  ${cells.map(renderCell).join("")}${writeLevel(ability)} ± ${uncertainty.toFixed(1)}`;
}

function renderCell({ answers, share }: ProgressCell): string {
  if (share === undefined) return "·".padEnd(CELL_WIDTH);
  const shade = share < 0.4 ? "░" : share < 0.6 ? "▒" : share < 0.8 ? "▓" : "█";
  return `${shade}${Math.min(answers, 999)}`.padEnd(CELL_WIDTH);
}

function renderCalibration(what: string, measured: Calibration | undefined): readonly string[] {
  if (measured === undefined) return [];
  const { bins, brier, bias, answers } = measured;
  const percent = (share: number): string => formatShare(share, 2);
  const side = Math.abs(bias) < 0.03 ? "well calibrated" : bias > 0 ? "overconfident" : "underconfident";
  const points = bins.map(({ stated, right, answers: n }) => `${percent(stated)} sure: ${percent(right)} right (${n})`);
  return [
    "",
    `calibration over ${what}: ${side} by ${Math.round(100 * Math.abs(bias))}%, Brier ${brier.toFixed(2)}, n ${answers}`,
    ...wrap(points),
  ];
}

function wrap(points: readonly string[]): readonly string[] {
  return Array.from(
    { length: Math.ceil(points.length / 3) },
    (_, i) => `  ${points.slice(3 * i, 3 * i + 3).join("   ")}`,
  );
}
