import { describe, expect, it } from "vitest";
import { describeScoredTask } from "../../../test/contracts/scored-task.ts";
import { plantScored } from "../../../test/planted-tasks.ts";
import { scoredTaskFromStored } from "./scored-task.ts";
import { lateLabelRound, trainingRows } from "./split/late-label-split.ts";

const days = (labels: readonly (0 | 1)[], known?: (day: number) => number) =>
  labels.map((label, day) => ({ day, unit: day % 2, label, ...(known === undefined ? {} : { known: known(day) }) }));

describeScoredTask("a planted task", () => plantScored(days([0, 1, 0, 1, 0, 1])));
describeScoredTask("a task with something at stake, whose units leave", () =>
  plantScored(days([0, 1, 0, 1, 0, 1]), { stake: "pages", leaves: "people who bought left out" }),
);
describeScoredTask("a task whose labels come one by one", () =>
  plantScored(days([0, 1, 0, 1, 0, 1], (day) => day + 2)),
);
describeScoredTask("a task whose labels never arrive", () =>
  plantScored(days([0, 1, 0, 1, 0, 1], () => Number.POSITIVE_INFINITY)),
);
describeScoredTask("an empty task", () => plantScored([]));
describeScoredTask("a task of one case", () => plantScored(days([1])));

describe("a scored task", () => {
  it("is refused where a stage stored another", () => {
    expect(() => scoredTaskFromStored({ json: {}, arrays: {} })).toThrow("stored no task that scores");
  });

  it("teaches nothing that was not known when the judged days began", () => {
    const task = plantScored(days([0, 1, 0, 1, 0, 1, 0], (day) => (day === 1 ? 9 : day + 1)));
    const round = lateLabelRound(task, 4, { train: 3, delay: 1, test: 2 });
    expect([round.trainFrom, round.trainUntil]).toEqual([0, 3]);
    expect([...trainingRows(task, round)]).toEqual([0, 2]);
  });

  it("judges nothing whose label never arrives", () => {
    const task = plantScored(days([0, 1, 0, 1, 0, 1, 0], (day) => (day === 5 ? Number.POSITIVE_INFINITY : day + 1)));
    expect([...lateLabelRound(task, 4, { train: 3, delay: 1, test: 2 }).test]).toEqual([4]);
  });

  it("keeps units that are known to be positive, unless they leave", () => {
    const cases = days([1, 0, 1, 0, 1, 0, 0]);
    const periods = { train: 3, delay: 1, test: 2 };
    expect([...lateLabelRound(plantScored(cases), 4, periods).test]).toEqual([4, 5]);
    expect([...lateLabelRound(plantScored(cases, { leaves: "left out" }), 4, periods).test]).toEqual([5]);
  });
});
