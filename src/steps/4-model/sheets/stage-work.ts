/** What each stage of a design works on a request, against the time it has. */

import { formatQuantity } from "../../../core/format-quantity.ts";
import type { Sheet } from "../../../estimate/sheet.ts";
import { fact } from "../../../estimate/sheet-input.ts";
import type { Design } from "../../design.ts";
import { stageWork } from "../estimates/stage-work.ts";
import { stageWorkOf } from "../stage-work.ts";

export const stageWorkSheet: Sheet<Design> = {
  name: "stage-work",
  title: "work of the stages",
  step: 4,
  cases: (design) =>
    stageWorkOf(design).known.map(({ stage, items, each, parallelism, fixed, work, has }) => {
      const { facts, path, latencyPath } = stage;
      const [does, may] = [work, has].map((seconds) => formatQuantity(seconds, "duration"));
      return {
        subject: facts.name,
        estimate: stageWork,
        inputs: {
          items: { ...fact(`${path}.in`, items, "400"), text: formatQuantity(items, "count") },
          each: fact(`${path}.item-cost`, each, "200 us"),
          parallelism: fact(`${path}.parallelism`, parallelism, "1"),
          fixed: fact(`${path}.fixed-cost`, facts["fixed-cost"] ?? fixed, "1 ms"),
        },
        limits: [
          {
            line: "work",
            atMost: has,
            holds: `the work of ${facts.name} fits its ${may} (${latencyPath})`,
            broken: `${facts.name} works ${does} a request and has ${may} (${latencyPath})`,
          },
        ],
      };
    }),
};
