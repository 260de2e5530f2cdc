/** The scores behind what a run serves, before and after the cut: the predictions whose drift an alert watches. */

import type { StageContext } from "../../../system/stage.ts";
import { listsFromStored, type RankedLists } from "../../4-model/train/ranked-lists.ts";
import type { DriftSample } from "./drift-alert.ts";

/** What the evaluation compared, and the stage that holds its lists; a `cheat` reads the future and serves nobody. */
export interface ListedSubject {
  readonly subject: string;
  readonly stage: string;
  readonly role: "single" | "system" | "cheat";
}

/**
 * The scores of all items listed for the requests of the validation and of the test window, by the last stage of what is served
 * that gives any: merging and re-ranking order items and score none. Undefined where only places are known. `asked` holds the unit of each
 * request of the two windows: scores of one list, and lists of one unit, are alike.
 */
export async function servedScores(
  served: ListedSubject,
  subjects: readonly ListedSubject[],
  input: StageContext["input"],
  asked?: { readonly reference: ArrayLike<number>; readonly current: ArrayLike<number> },
): Promise<DriftSample | undefined> {
  const before = subjects.slice(0, subjects.indexOf(served)).filter(({ role }) => role === "system");
  for (const { subject, stage } of [served, ...before.reverse()]) {
    const { arrays } = await input(stage);
    const [reference, current] = [listsFromStored(arrays, "validation"), listsFromStored(arrays, "test")];
    if (holdPlaces(reference)) continue;
    return {
      name: subject,
      reference: Float64Array.from(reference.scores),
      current: Float64Array.from(current.scores),
      ...(asked && {
        units: { reference: eachScore(reference, asked.reference), current: eachScore(current, asked.current) },
      }),
    };
  }
  return undefined;
}

/** For each score what its list has. */
function eachScore({ offsets, scores }: RankedLists, ofList: ArrayLike<number>): Int32Array {
  const each = new Int32Array(scores.length);
  for (let list = 0; list + 1 < offsets.length; list++) each.fill(ofList[list], offsets[list], offsets[list + 1]);
  return each;
}

/** Where nothing was scored, the place below the first stands for a score. */
function holdPlaces({ offsets, scores }: RankedLists): boolean {
  let list = 0;
  return scores.every((score, i) => {
    while (offsets[list + 1] <= i) list++;
    return score === offsets[list] - i;
  });
}
