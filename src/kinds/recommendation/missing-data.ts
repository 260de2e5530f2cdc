/** What the models, stages and features of a note need of its data and the note's source is known not to say: found before anything is read. */

import type { Failure } from "../../core/outcome.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { unknownName } from "../../steps/3-data/features/feature-plan.ts";
import type { SourceEnvironment } from "../../steps/3-data/sources/table-types.ts";
import {
  neededPart,
  withoutAttributes,
  withoutMoments,
  withoutOrder,
} from "../../steps/4-model/models/recommender-data.ts";
import type { RecommenderChoice } from "../../steps/4-model/models/recommenders.ts";
import type { ModelFacts } from "../../steps/4-model/schema.ts";
import { BASELINE, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import type { MissingData } from "../kind.ts";
import type { InteractionSource } from "./interaction-source.ts";
import { INTERACTION_WORDS, RELEASED } from "./interactions.ts";
import { namesTitles } from "./movielens.ts";
import { hasOrderOfFile } from "./order-without-time.ts";

const DESCRIBE =
  "name a table that describes them under `source`: `titles: { path: …, columns: { title: …, genres: … } }`, with `genres` or `released`";

/** Nothing is missing where only the data can tell. */
export async function missingData(
  { models, reRanking }: Pick<TwoStagePlan, "models" | "reRanking">,
  { stages = [] }: ModelFacts,
  declarations: readonly FeatureDeclaration[],
  source: InteractionSource,
  { files }: Pick<SourceEnvironment, "files">,
): Promise<MissingData> {
  const isDescribed = await describesTitles(source, { files });
  const asks = (subject: string, model: string): string => {
    if (subject === BASELINE) return "2.baseline";
    const at = stages.findIndex((one) => one.model === model || one.sources?.some((source) => source.model === model));
    return at < 0 ? "4.cold-start" : `4.stages[${at}]`;
  };
  const refusals = models.flatMap(({ subject, choice }): readonly Failure[] => {
    const failure = refusalOf(choice, isDescribed, source);
    return failure === undefined ? [] : [{ ...failure, where: asks(subject, choice.name) }];
  });
  const [refusal = unknownAttribute(declarations, source)] = refusals;
  if (reRanking === undefined || isDescribed) return refusal === undefined ? {} : { refusal };
  const idle = {
    code: "no-item-attributes",
    message: `\`${reRanking.written}\` parts ${INTERACTION_WORDS.items} that are alike, and the data says nothing of what they are like: it changes no list`,
    where: `4.stages[${stages.findIndex(({ name }) => name === reRanking.written)}]`,
    fix: `${DESCRIBE}; or leave the stage out`,
  };
  return { ...(refusal !== undefined && { refusal }), idle };
}

function refusalOf(choice: RecommenderChoice, isDescribed: boolean, source: InteractionSource): Failure | undefined {
  const part = neededPart(choice);
  if (part === undefined) return undefined;
  if (part === "attributes") return isDescribed ? undefined : withoutAttributes(choice.name, DESCRIBE);
  if (!("time" in source) || source.time !== "none") return undefined;
  if (part === "moments") return withoutMoments(choice.name);
  return hasOrderOfFile(source.order)
    ? undefined
    : withoutOrder(choice.name, "the rows have no time: their order is drawn");
}

/** Whether anything is known by which two titles are alike; true where only the files can tell. */
async function describesTitles(
  source: InteractionSource,
  environment: Pick<SourceEnvironment, "files">,
): Promise<boolean> {
  if (source.format === "simulated") return true;
  if (source.format === "movielens") return await namesTitles(environment, source.path);
  const { genres, released } = source.titles?.columns ?? {};
  return genres !== undefined || released !== undefined;
}

/** A fact about titles or members that no column of the note's tables is. */
function unknownAttribute(declarations: readonly FeatureDeclaration[], source: InteractionSource): Failure | undefined {
  if (source.format === "simulated" || source.format === "movielens") return undefined;
  const { title: _, name: __, genres: ___, ...ofTitles } = source.titles?.columns ?? {};
  const { member: ____, ...ofMembers } = source.members?.columns ?? {};
  const known = new Map([
    [INTERACTION_WORDS.item, [...new Set([...Object.keys(ofTitles), RELEASED])]],
    [INTERACTION_WORDS.unit, Object.keys(ofMembers)],
  ]);
  for (const { name, entity, aggregate } of declarations) {
    if (aggregate.kind !== "value" && aggregate.kind !== "age") continue;
    const names = known.get(entity[0]);
    if (names !== undefined && !names.includes(aggregate.column))
      return unknownName(name, "attribute", aggregate.column, names);
  }
  return undefined;
}
