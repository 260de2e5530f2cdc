/** The shapes of what a service of cases is asked and answers, by the note's own names. */

import { z } from "zod";
import { checkedBody } from "../../../system/checked-body.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { CALENDAR_FLAGS } from "../../3-data/sources/calendar-flags.ts";
import type { CaseState } from "./case-state.ts";

const MOST_CASES = 1000;

/** What is answered for one case. */
export const predictionSchema = z.strictObject({
  id: z.string(),
  probability: z.number().nullable().meta({ description: "Null where the id is that of a case about others" }),
  variant: z.string().meta({ description: "What answered" }),
  fault: z
    .string()
    .nullable()
    .meta({ description: "Why the case was not counted in the features of later ones; null where it was" }),
});

/** What is answered for labels. */
export const labelsResponse = z.strictObject({
  taken: z.int(),
  refused: z.array(z.strictObject({ id: z.string(), reason: z.string() })),
});

const idSchema = z.string().min(1).max(256);
const timeSchema = z.number().min(0).optional();

const UNHEARD_TIME = "Not looked at: the data has no time, and what comes counts in the order in which it comes";

/** The words of `flagValue`, without a flag of the pattern's: a JSON Schema has none. */
const FLAG_WORDS = /^(?:[Tt]rue|TRUE|[Tt]|[Yy]es|YES|[Yy]|[Ff]alse|FALSE|[Ff]|[Nn]o|NO|[Nn])$/u;

/** The shapes that the note's own names give; a name that no feature reads is refused. */
export function schemasOf(
  {
    values,
    declarations,
  }: { readonly values: readonly string[]; readonly declarations: readonly FeatureDeclaration[] },
  { entities, flags, waitsForLabels }: Pick<CaseState, "entities" | "flags" | "waitsForLabels">,
  isTimed: boolean,
) {
  const timed = (says: string): string => (isTimed ? says : UNHEARD_TIME);
  const who = z.union([z.string().min(1).max(256), z.int()]).nullable();
  const number = z.union([z.number(), z.boolean()]).nullable();
  // A table says `Yes` where a program says true: what the data was read by is understood of a caller too.
  const flag = z.union([z.number(), z.boolean(), z.string().regex(FLAG_WORDS)]).nullable();
  const used = entities.filter(
    (name) => declarations.some(({ entity }) => entity.includes(name)) || values.includes(name),
  );
  const asked = values.filter((name) => !entities.includes(name));
  const stated = Object.fromEntries(
    asked.map(
      (name) => [name, CALENDAR_FLAGS.has(name) ? number.optional() : flags.has(name) ? flag : number] as const,
    ),
  );
  const people = Object.fromEntries(used.map((name) => [name, who] as const));
  const needsValues = asked.some((name) => !CALENDAR_FLAGS.has(name));
  const peopleSchema = z
    .strictObject(people)
    .meta({ description: "Whom and what it is about, by the ids of the data; null for none" });
  const valuesSchema = z
    .strictObject(stated)
    .meta({ description: "What is known of it at its own moment; null for what is missing" });
  const single = z.strictObject({
    id: idSchema.meta({
      description:
        "Tells the case apart: sent again, it is predicted again and counted once. The id of a case about others is refused as `id-of-another`",
    }),
    time: timeSchema.meta({ description: timed("Seconds since 1970; the service's clock where absent") }),
    entities: used.length === 0 ? peopleSchema.optional() : peopleSchema,
    values: needsValues ? valuesSchema : valuesSchema.optional(),
  });
  const label = z.strictObject({
    id: idSchema.meta({ description: "The id that the case was predicted under; `data-N` for row N of the data" }),
    label: z.boolean().meta({
      description: waitsForLabels
        ? "Both outcomes are told, once: a case counts in rates from then on"
        : "False takes an earlier label back; whatever is not told is none",
    }),
    time: timeSchema.meta({
      description: timed("When it became known, in seconds since 1970; the service's clock where absent"),
    }),
  });
  /** What the cases of other features named besides: a name that nothing reads here is left out. */
  const recall = (given: unknown): unknown => {
    const read = recalled.safeParse(given);
    if (!read.success) return given;
    const { entities: named, values: told, ...rest } = read.data;
    return {
      ...rest,
      ...(named === undefined ? {} : { entities: only(named, used) }),
      ...(told === undefined ? {} : { values: only(told, asked) }),
    };
  };
  return {
    asksFor: (entity: string): boolean => used.includes(entity),
    recall,
    one: { schema: single, ...checkedBody(single) },
    many: withSchema(z.strictObject({ cases: z.array(single).min(1).max(MOST_CASES) })),
    labels: withSchema(z.strictObject({ events: z.array(label).min(1).max(MOST_CASES) })),
  };
}

const recalled = z.looseObject({
  entities: z.record(z.string(), z.unknown()).optional(),
  values: z.record(z.string(), z.unknown()).optional(),
});

function only(given: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)));
}

function withSchema<Schema extends z.ZodType>(schema: Schema) {
  return { schema, ...checkedBody(schema) };
}
