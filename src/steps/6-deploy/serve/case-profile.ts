/** What a service of cases compares the present with: what the run read of the judged cases, and what the model said of them. */

import type { StageContext } from "../../../system/stage.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import type { JudgedRounds } from "../../5-evaluate/protocols/judged-classifier.ts";
import type { CaseModel } from "./case-model.ts";

export const PREDICTION = "prediction";
/** Values of each feature at most. */
const MOST_VALUES = 20_000;

/** Features of the judged cases, and what the model says of them; evenly spread. */
export async function profileOf(
  names: readonly string[],
  model: CaseModel,
  { final }: JudgedRounds,
  input: StageContext["input"],
): Promise<ReadonlyMap<string, Float64Array>> {
  const step = Math.max(1, Math.ceil(final.test.length / MOST_VALUES));
  const chosen = final.test.filter((_, at) => at % step === 0);
  const { columns } = featureTable(await input(FEATURES_STAGE), chosen);
  const profile = new Map<string, Float64Array>();
  for (const name of names) {
    const column = columns.get(name);
    if (column instanceof Float64Array) profile.set(name, column);
  }
  profile.set(
    PREDICTION,
    model.judged.filter((_, at) => at % step === 0),
  );
  return profile;
}
