import { expect, it } from "vitest";
import { figure } from "../../../core/figure.ts";
import { createRandom } from "../../../core/random.ts";
import { asShared } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import { LIST_DEPTH } from "../../4-model/train/recommender-stage.ts";
import { type Contender, handedOn } from "./handed-on-recall.ts";

const COUNT = 30;
const offsets = Int32Array.from({ length: COUNT + 1 }, (_, at) => at);
/** Each wants item 0. */
const requests: StoredRequests = {
  count: COUNT,
  unit: offsets.slice(0, COUNT),
  moment: new Float64Array(COUNT),
  history: asShared({ offsets: new Int32Array(COUNT + 1), items: new Int32Array(0) }),
  relevant: { offsets, items: new Int32Array(COUNT) },
  seenBefore: new Uint8Array(COUNT),
};

/** Lists of three items, with item 0 at a place. */
function contender(subject: string, place: number): Contender {
  const items = Int32Array.from({ length: 3 * COUNT }, (_, at) => (at % 3 === place ? 0 : 1 + (at % 3)));
  const scores = Float32Array.from(items, (_, at) => -(at % 3));
  return { subject, lists: { offsets: offsets.map((at) => 3 * at), items, scores } };
}

const competition = { test: [contender("baseline", 2), contender("candidates", 1)], random: createRandom(1) };

interface Case {
  readonly subject?: string;
  readonly items?: number;
  /** Slices of which the same difference is told already. */
  readonly known?: readonly string[];
}

function told(keep: number, { subject = "candidates", items = 10_000, known = [] }: Case = {}): readonly string[] {
  const figures = known.map((slice) =>
    figure({ step: 5, name: `recall@${keep}`, subject: "candidates", against: "baseline", value: 1, n: 1, slice }),
  );
  return handedOn({ subject, keep }, competition, requests, items, figures).map(
    ({ name, against, value, slice }) => `${name} ${against} ${value} ${slice}`,
  );
}

it("holds the recall of what is handed on against as many of the baseline's", () => {
  expect(told(1)).toEqual(["recall@1 baseline 0 all"]);
  expect(told(2)).toEqual(["recall@2 baseline 1 all"]);
});

it("tells it once, of who takes part alone, and not where nothing is left out", () => {
  expect(told(2, { known: ["all"] })).toEqual([]);
  expect(told(2, { known: ["new titles"] })).toHaveLength(1);
  expect(told(2, { subject: "nobody" })).toEqual([]);
  expect([told(2, { items: 3 }).length, told(2, { items: 2 }).length]).toEqual([1, 0]);
  expect([told(LIST_DEPTH - 1).length, told(LIST_DEPTH).length]).toEqual([1, 0]);
  expect(handedOn(null, competition, requests, 10, [])).toEqual([]);
});
