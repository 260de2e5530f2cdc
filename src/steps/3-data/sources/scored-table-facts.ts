/** What a note says about a table of cases with labels, as its reader takes it. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError, unwrap } from "../../../core/outcome.ts";
import type { Aggregate, FeatureDeclaration } from "../features/feature-declaration.ts";
import type { DataFacts } from "../schema.ts";
import type { ScoredWords } from "../scored-task.ts";
import { dealtPlan } from "../split/dealt-plan.ts";
import { ofWholeRows, repairPolicyOf } from "./repair-policy.ts";
import { type CaseTable, isOfCalendar } from "./scored-table.ts";
import { type MappedColumn, type SourceMapping, WHOLE_ROW } from "./source-mapping.ts";
import { layoutOf, timeOf } from "./text-facts.ts";
import type { LabelAnswers } from "./value-kinds.ts";

/** Who and what the features of a note describe besides the case itself, and which measures and values they read. */
export function namesIn(
  declarations: readonly FeatureDeclaration[],
  { row, positive }: Pick<ScoredWords, "row" | "positive">,
): { readonly entities: readonly string[]; readonly summed: readonly string[]; readonly values: readonly string[] } {
  const entities = new Set<string>();
  const summed = new Set<string>();
  const values = new Set<string>();
  const read = (aggregate: Aggregate): void => {
    if (aggregate.kind === "ratio") [aggregate.numerator, aggregate.denominator].forEach(read);
    else if (aggregate.kind === "value" || aggregate.kind === "age") values.add(aggregate.column);
    else if ("measure" in aggregate && aggregate.measure !== undefined && aggregate.measure !== positive)
      summed.add(aggregate.measure);
  };
  for (const { entity, aggregate } of declarations) {
    for (const name of entity) if (name !== row) entities.add(name);
    read(aggregate);
  }
  return { entities: [...entities], summed: [...summed], values: [...new Set([...values, ...summed])] };
}

/** The table that step 3 names, with the columns that its features read. Throws a `FailureError` where the facts do not name one. */
export function caseTableOf(
  facts: DataFacts,
  declarations: readonly FeatureDeclaration[],
  words: Pick<ScoredWords, "row" | "positive">,
  locate: (path: string) => string,
): CaseTable {
  const { source } = facts;
  const refuse = (code: string, message: string, fix: string): never => {
    throw new FailureError({ code, message, where: "section 3, source", fix });
  };
  const format = source?.format;
  if (source === undefined || (format !== "csv" && format !== "tsv" && format !== "parquet" && format !== "json"))
    return refuse(
      "no-cases",
      `a source of format \`${format}\` holds no cases`,
      "use csv, tsv, parquet, json or simulated",
    );
  const { path } = source;
  if (path === undefined || (typeof path === "object" && !Array.isArray(path)))
    return refuse("missing-path", "cases need a file, a folder or a list of files", `{ format: ${format}, path: … }`);
  if (facts.repair?.range !== undefined)
    return refuse(
      "range-of-cases",
      "a table of cases has many columns of numbers, and `repair.range` does not say of which it is",
      "take `range` out, and leave out before the run what is not believed",
    );
  const time = timeOf(facts);
  const columns = source.columns ?? {};
  const named = (name: string): { name: string; column: string } => ({ name, column: columns[name] ?? name });
  const { entities: described, values } = namesIn(declarations, words);
  const entities = [...new Set([...described, ...mappedEntities(facts, columns, words)])];
  checkMeanings(Object.keys(columns), ["label", words.positive, "id", "time", ...entities, ...values]);
  const policy = repairPolicyOf(facts);
  const { column: known, delay } = source.known ?? {};
  const unit = unitAmong(facts, declarations, entities, columns);
  const when = time === "none" ? undefined : (time ?? { column: columns.time ?? "time" });
  const dealt = when === undefined ? unwrap(dealtPlan(facts, declarations, words, columns)) : undefined;
  if (when === undefined && (known !== undefined || delay !== undefined))
    return refuse(
      "known-without-time",
      "`known` says when a label came, and the note says `time: none`",
      "take `known` out, or name the column of time",
    );
  return {
    path: typeof path === "string" ? locate(path) : path.map(locate),
    layout: layoutOf(format, source, policy),
    ...(dealt === undefined ? {} : { dealt }),
    ...(when === undefined ? {} : { time: when }),
    label: columns.label ?? columns[words.positive] ?? words.positive,
    ...(source.events === undefined ? {} : { answers: answersIn(source.events, words.positive) }),
    ...(columns.id === undefined ? {} : { id: columns.id }),
    ...(known === undefined || when === undefined ? {} : { known: { ...when, column: known } }),
    ...(delay === undefined ? {} : { knownDelay: delay.value }),
    entities: [...entities].sort((one, other) => Number(other === unit) - Number(one === unit)).map(named),
    hasUnit: unit !== undefined,
    values: values.map(named),
    policy,
  };
}

/** The label's values by what the note calls them: the event that section 2 predicts, and every other name. */
function answersIn(events: Readonly<Record<string, string>>, positive: string): LabelAnswers {
  const named = Object.entries(events);
  const answers = {
    yes: named.filter(([, name]) => name === positive).map(([value]) => value),
    no: named.filter(([, name]) => name !== positive).map(([value]) => value),
  };
  if (answers.yes.length > 0 && answers.no.length > 0) return answers;
  throw new FailureError({
    code: "no-two-answers",
    message: `of the values in \`events\`, ${answers.yes.length === 0 ? `none is called \`${positive}\`` : `all are called \`${positive}\``}: nothing would be ${answers.yes.length === 0 ? "positive" : "negative"}`,
    where: "section 3, source.events",
    fix: `give the values of the label that are predicted the name of section 2's \`label.event\`, and others another: \`events: { "1": ${positive}, "0": other }\``,
  });
}

/** A meaning that nothing reads says nothing, but one letter off another it is a slip that would lose that one. */
function checkMeanings(written: readonly string[], known: readonly string[]): void {
  for (const meaning of written) {
    if (known.includes(meaning)) continue;
    const meant = nearest(meaning, known);
    if (meant === undefined || written.includes(meant)) continue;
    throw new FailureError({
      code: "unknown-column-meaning",
      message: `\`${meaning}\` is read by nothing, and too near \`${meant}\` to be a name of its own`,
      where: "section 3, source",
      fix: `did you mean \`${meant}\`?`,
    });
  }
}

/** Entities that the note names and maps though no feature is about them: intervals may draw them, and slices speak of them. */
function mappedEntities(
  { entities = [] }: Pick<DataFacts, "entities">,
  columns: Readonly<Record<string, string>>,
  { row }: Pick<ScoredWords, "row">,
): readonly string[] {
  return entities.flatMap(({ key }) => {
    const name = Object.keys(columns).find((one) => one === key || columns[one] === key);
    return name === undefined || name === row || ["label", "id", "time"].includes(name) ? [] : [name];
  });
}

/** What is read of the table, as the check of mappings takes it. */
export function caseMapping(
  { path, layout, time, known, label, answers, entities, hasUnit, values, id, policy }: CaseTable,
  labelMeaning = "label",
): SourceMapping {
  const names = new Set(entities.map(({ name }) => name));
  return {
    path,
    layout,
    ...(time === undefined ? {} : { time }),
    ...(known === undefined ? {} : { known }),
    columns: [
      { meaning: labelMeaning, column: label, holds: "label", ...(answers === undefined ? {} : { answers }) },
      ...entities.map(
        ({ name, column }, at): MappedColumn => ({ meaning: name, column, holds: hasUnit && at === 0 ? "id" : "key" }),
      ),
      ...values
        .filter(({ name }) => !names.has(name))
        .map(
          (one): MappedColumn => ({
            meaning: one.name,
            column: one.column,
            holds: "input",
            ...(isOfCalendar(one) ? { isOptional: true } : {}),
          }),
        ),
      ...(id === undefined ? [] : [{ meaning: "id", column: id, holds: "any" } as const]),
    ],
    same: id === undefined ? [WHOLE_ROW] : ["id"],
    sides: [],
    policy: id === undefined && policy.duplicatesBy === undefined ? ofWholeRows(policy, time !== undefined) : policy,
  };
}

/** Who intervals draw: the first of the note's entities that a feature is about, else the first of a feature that does not stand for a word. */
function unitAmong(
  { entities: written = [], features = [] }: Pick<DataFacts, "entities" | "features">,
  declarations: readonly FeatureDeclaration[],
  entities: readonly string[],
  columns: Readonly<Record<string, string>>,
): string | undefined {
  const named = written
    .map(({ key }) => entities.find((name) => name === key || columns[name] === key))
    .find((name) => name !== undefined);
  if (named !== undefined) return named;
  const words = new Set(features.filter((one) => one["target-based"] === true).map(({ name }) => name));
  return declarations
    .filter(({ name }) => !words.has(name))
    .flatMap(({ entity }) => entity)
    .find((name) => entities.includes(name));
}
