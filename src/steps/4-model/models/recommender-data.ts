/** What a first-stage model has to know beyond who chose what, and its refusal of data that does not say it. */

import type { Failure } from "../../../core/outcome.ts";

/** `attributes` make items comparable that nobody has chosen; `order` is that in which a unit chose, `moments` say when. */
export type DataPart = "attributes" | "order" | "moments";

const NEEDED: Readonly<Record<string, DataPart>> = {
  content: "attributes",
  "item-transitions": "order",
  "sequence-knn": "order",
  "sequence-ease": "order",
};

const OTHERS = "a model that learns from who chose what alone, such as item-knn, ease or als";

/** A model by its name, with what decides whether it hears of time. */
interface Asked {
  readonly name: string;
  readonly facts: { readonly window?: object; readonly recency?: number };
}

/** The part of the data without which the model learns nothing; undefined where it needs only who chose what. */
export function neededPart({ name, facts }: Asked): DataPart | undefined {
  if (Object.hasOwn(NEEDED, name)) return NEEDED[name];
  if (name === "most-popular" && facts.window !== undefined) return "moments";
  return name === "graph-filter" && (facts.recency ?? 1) < 1 ? "order" : undefined;
}

/** `given` says how the data would tell the attributes; a kind that knows writes it in its own words. */
export function withoutAttributes(model: string, given = "say in step 3 where they are described"): Failure {
  return {
    code: "no-item-attributes",
    message: `\`${model}\` compares items by their attributes, and the data says nothing of them`,
    where: "4.stages",
    fix: `${given}; or take ${OTHERS}`,
  };
}

/** `why` says how the order came about, or that there are no moments. */
export function withoutOrder(model: string, why: string): Failure {
  return {
    code: "no-order",
    message: `\`${model}\` learns from the order in which items were chosen, and ${why}`,
    where: "4.stages",
    fix: `name the column of time (\`time: …\` in section 3); or take ${OTHERS}`,
  };
}

export function withoutMoments(model: string): Failure {
  return {
    code: "no-moments",
    message: `\`${model}\` is asked for what was chosen within a window of time, and the rows have no time`,
    where: "4.stages",
    fix: "leave `window` out, or name the column of time (`time: …` in section 3)",
  };
}
