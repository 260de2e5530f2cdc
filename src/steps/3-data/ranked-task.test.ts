import { describe, expect, it } from "vitest";
import { describeRankedTask } from "../../../test/contracts/ranked-task.ts";
import { plantRanked } from "../../../test/planted-tasks.ts";
import { rankedTaskFromStored } from "./ranked-task.ts";
import { listAt } from "./row-lists.ts";
import { createRequests } from "./split/request-time.ts";

const planted = () =>
  plantRanked(
    [
      { time: 1, unit: 0, item: 0, kind: "click", value: 1, position: 2 },
      { time: 2, unit: 1, item: 1 },
      { time: 3, unit: 0, item: 1, kind: "impression", value: 0, position: 1 },
      { time: 4, unit: 0, item: 2, value: 3 },
      { time: 5, unit: 1, item: 2, value: 4 },
    ],
    { units: 3, items: 4 },
  );

describeRankedTask("a planted task", planted);
describeRankedTask("an empty task", () => plantRanked([]));
describeRankedTask("a task of one request", () => plantRanked([{ time: 1, unit: 0, item: 0 }]));
describeRankedTask("a task of units without history", () => plantRanked([], { units: 2, items: 2 }));

describe("a ranked task", () => {
  it("is refused where a stage stored another", () => {
    expect(() => rankedTaskFromStored({ json: null, arrays: {} })).toThrow("stored no task that ranks");
  });

  it("grades what is relevant where it is asked to", () => {
    const { events, units } = planted();
    const relevant = { kind: "rating", atLeast: 1, graded: true } as const;
    const requests = createRequests(events, units, { from: 4, foldIn: 0, relevant });
    expect([...listAt(requests.relevant, 0)]).toEqual([2]);
    expect([...(requests.grades ?? [])]).toEqual([3, 4]);
    expect(createRequests(events, units, { from: 4, foldIn: 0 }).grades).toBeUndefined();
  });
});
