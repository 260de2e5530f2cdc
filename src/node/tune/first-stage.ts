/** The first-stage model of a note that recommends, and the settings of it that are worth trying. */

import { FailureError, unwrap } from "../../core/outcome.ts";
import { removeFact } from "../../design/remove-fact.ts";
import { INTERACTIONS_STAGE } from "../../kinds/recommendation/interactions-stage.ts";
import { setFact } from "../../note/set-fact.ts";
import { factsReadBy, RECOMMENDER_NAMES } from "../../steps/4-model/models/recommenders.ts";
import { searchSpace } from "../../steps/4-model/models/search-space.ts";
import { trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { planTwoStages, type TrainedSubject } from "../../steps/4-model/train/two-stage-plan.ts";
import { type Design, NOTE_FORM } from "../../steps/design.ts";
import type { SweptKey, Variant } from "../../system/variants.ts";

export interface FirstStage extends TrainedSubject {
  readonly name: string;
  readonly retrieval: string;
}

/** The model of the note's first stage. Throws a `FailureError` for a system that has none. */
export function firstStageOf(design: Design): FirstStage {
  if (design.front.system !== "recommendation") {
    throw new FailureError({
      code: "nothing-to-tune",
      message: `\`heptad tune\` chooses the settings of a recommender's first stage, and this note is \`${design.front.system}\``,
      fix: "fraud detection and classification choose their settings on earlier weeks in every run; sweep others with heptad sweep",
    });
  }
  const plan = unwrap(planTwoStages(INTERACTIONS_STAGE, design.frame, design.data, design.model));
  const primary = plan.models.find(({ subject }) => trainingStageName(subject) === plan.candidates.primary);
  if (primary === undefined) throw new Error("the plan has no first-stage model");
  return { ...primary, name: primary.choice.name, retrieval: plan.retrieval };
}

/** Keys of the note with the values of the model's search space. Throws a `FailureError` for a model without one. */
export function spaceOf(design: Design, { name: model, retrieval }: FirstStage): readonly SweptKey[] {
  const space = searchSpace(model);
  if (space === undefined) {
    throw new FailureError({
      code: "nothing-to-tune",
      message: `\`${model}\` has no settings to choose`,
      where: design.front.title,
      fix: `name a key and its values, such as --set 4.stages.${retrieval}.model=ease,item-knn`,
    });
  }
  return Object.entries(space).map(([fact, values]) => ({
    key: `4.stages.${retrieval}.${fact}`,
    values: values.map(String),
  }));
}

/** The note with a setting of its first stage. Facts that only the model before had go with it: in the stage of another they would say nothing. */
export function withSetting(
  text: string,
  variant: Variant,
  read: (text: string) => Design,
): { readonly text: string; readonly removed: readonly string[] } & FirstStage {
  const set = variant.reduce((edited, { key, value }) => unwrap(setFact(edited, key, value)), text);
  const before = firstStageOf(read(text));
  const design = read(set);
  const after = firstStageOf(design);
  const stage = design.model.stages?.find(({ name }) => name === after.retrieval);
  const gone = factsReadBy(before.name).filter(
    (fact) =>
      !factsReadBy(after.name).includes(fact) &&
      Object.entries(stage ?? {}).some(([key, value]) => key === fact && value !== undefined),
  );
  const removed: string[] = [];
  let bare = set;
  for (const fact of gone) {
    const without = removeFact(bare, `4.stages.${after.retrieval}.${fact}`, NOTE_FORM);
    if (!without.ok) continue;
    bare = without.value;
    removed.push(fact);
  }
  return { ...after, text: bare, removed };
}

/** The part of a setting that its model reads: another value of a fact that it does not have is no other setting. */
export function heard(variant: Variant, { name, retrieval }: FirstStage): Variant {
  const own = factsReadBy(name);
  const prefix = `4.stages.${retrieval}.`;
  return variant.filter(({ key }) => {
    const fact = key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    return (
      fact === undefined || own.includes(fact) || !RECOMMENDER_NAMES.some((one) => factsReadBy(one).includes(fact))
    );
  });
}
