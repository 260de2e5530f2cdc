/** Declared features as SQL: every window is the difference of two running totals over events and moments in one order. */

import { FailureError } from "../../../core/outcome.ts";
import type { Aggregate, FeatureDeclaration } from "../features/feature-declaration.ts";
import { planFeatures } from "../features/feature-plan.ts";
import { EVENTS, type FeatureTables, factColumn, factTable, keyColumn, MOMENT, REQUESTS } from "./feature-tables.ts";
import { double, fromUnits, type SqlDialect, unitsOf } from "./sql-dialect.ts";
import { createWindows, type Windows } from "./window-query.ts";

/** The parts of a query that answers requests: `WITH … SELECT r.*, columns FROM heptad_requests r joins`. */
export interface CompiledFeatures {
  /** Names and texts of the tables after WITH. */
  readonly tables: readonly (readonly [name: string, sql: string])[];
  readonly joins: readonly string[];
  /** By name of the feature a DOUBLE; NULL where nothing is known. */
  readonly columns: ReadonlyMap<string, string>;
}

/**
 * The features of every row of `heptad_requests`, equal to those of `buildFeatures` to the last bit. Events and moments of requests are put in
 * one order, so that no engine ever searches a range: a key with most of the events costs what its rows cost to sort. Throws a `FailureError`
 * for names that the tables do not have.
 */
export function compileFeatures(
  declarations: readonly FeatureDeclaration[],
  tables: FeatureTables,
  dialect: SqlDialect,
): CompiledFeatures {
  planFeatures(declarations, tables);
  const windows = createWindows(tables, dialect, { events: EVENTS, requests: REQUESTS });
  const facts = new Map<string, string>();
  const columns = new Map<string, string>();
  for (const declaration of declarations) {
    refuseOwnWindow(declaration, tables);
    const value = expressionOf(declaration.aggregate, declaration, { tables, dialect, windows, facts, columns });
    const keys = tables.isMissingWithoutKey ? declaration.entity.filter((name) => name !== tables.own) : [];
    const present = keys.map((name) => `r.${dialect.name_(keyColumn(name))} IS NOT NULL`);
    columns.set(
      declaration.name,
      present.length === 0 ? value : `CASE WHEN ${present.join(" AND ")} THEN ${value} END`,
    );
  }
  return { tables: windows.tables(), joins: [...windows.joins(), ...facts.values()], columns };
}

interface Scope {
  readonly tables: FeatureTables;
  readonly dialect: SqlDialect;
  readonly windows: Windows;
  /** Joins of the tables of facts, by their entity. */
  readonly facts: Map<string, string>;
  /** Features that stand already. */
  readonly columns: ReadonlyMap<string, string>;
}

/** The past of a single case is empty: such a feature would be a column of zeros, paid for by a sort. */
function refuseOwnWindow({ name, entity, aggregate }: FeatureDeclaration, { own }: FeatureTables): void {
  const looksUp = aggregate.kind === "value" || aggregate.kind === "age" || aggregate.kind === "feature";
  if (own === undefined || looksUp || !entity.includes(own)) return;
  throw new FailureError({
    code: "window-over-itself",
    message: `feature \`${name}\` goes over the past of a single ${own}, which has none`,
    where: "section 3, features",
    fix: "name whom it describes, as the columns of the data name them: `entity: …`",
  });
}

function expressionOf(aggregate: Aggregate, declaration: FeatureDeclaration, scope: Scope): string {
  const { entity, window, delay, where, smoothing, current } = declaration;
  if (current !== undefined) return withCurrent(aggregate, { ...declaration, current }, scope);
  const { windows, tables } = scope;
  const count = (measure: string | undefined, about = entity): string =>
    windows.column({ what: "count", entity: about, measure, where, window, delay });
  const sum = (measure: string, about = entity): string =>
    tables.measures.get(measure)?.hasUnits === true
      ? `(${fromUnits(windows.column({ what: "sum", entity: about, measure, where, window, delay }))})`
      : `CAST(${count(measure, about)} AS DOUBLE)`;
  const share = (above: (about?: readonly string[]) => string, per: string): string => {
    const [top, bottom] = [above(), `CAST(${count(per)} AS DOUBLE)`];
    if (smoothing === 0) return quotient(top, bottom);
    const prior = quotient(above([]), `CAST(${count(per, [])} AS DOUBLE)`);
    return `((${top} + ${double(smoothing)} * ${prior}) / (${bottom} + ${double(smoothing)}))`;
  };
  switch (aggregate.kind) {
    case "count":
      return `CAST(${count(aggregate.measure)} AS DOUBLE)`;
    case "sum":
      return sum(aggregate.measure);
    case "recency":
      return `(r.${MOMENT} - ${windows.column({ what: "last", entity, measure: aggregate.measure, where, window, delay })})`;
    case "mean":
      return share((about) => sum(aggregate.measure, about), aggregate.measure);
    case "rate": {
      const { measure } = aggregate;
      const per = tables.measures.get(measure)?.per;
      return per === undefined
        ? share((about) => sum(measure, about), measure)
        : share((about) => `CAST(${count(measure, about)} AS DOUBLE)`, per);
    }
    case "ratio":
      return quotient(
        expressionOf(aggregate.numerator, declaration, scope),
        expressionOf(aggregate.denominator, declaration, scope),
      );
    case "value":
      return factOf(entity[0], aggregate.column, scope);
    case "age": {
      const since = factOf(entity[0], aggregate.column, scope);
      return `(CASE WHEN ${since} <= r.${MOMENT} THEN r.${MOMENT} - ${since} END)`;
    }
    case "feature":
      return `(${scope.columns.get(aggregate.name) ?? "NULL"})`;
    default:
      return aggregate satisfies never;
  }
}

function quotient(above: string, below: string): string {
  return `(${above} / nullif(${below}, 0e0))`;
}

/** The same with one event more, whose value is a fact of the entity `current`; where that is missing it has nothing to add. */
function withCurrent(
  aggregate: Aggregate,
  { current, ...past }: FeatureDeclaration & { readonly current: string },
  scope: Scope,
): string {
  const measure = "measure" in aggregate ? aggregate.measure : undefined;
  const before = expressionOf({ kind: "count", measure }, past, scope);
  if (measure === undefined || scope.tables.attributes.get(current)?.has(measure) !== true) return `(${before} + 1e0)`;
  const fact = factOf(current, measure, scope);
  const count = `(${before} + CASE WHEN ${fact} IS NULL THEN 0e0 ELSE 1e0 END)`;
  if (aggregate.kind === "count") return count;
  const own = `coalesce(${fromUnits(unitsOf(fact))}, 0e0)`;
  const sum = `(${expressionOf({ kind: "sum", measure }, past, scope)} + ${own})`;
  return aggregate.kind === "sum" ? sum : quotient(sum, count);
}

function factOf(entity: string, column: string, { tables, dialect, facts }: Scope): string {
  const name = dialect.name_(factColumn(column));
  if (entity === tables.own) return `r.${name}`;
  if (tables.entities.get(entity)?.isList === true)
    throw new FailureError({
      code: "fact-of-several",
      message: `a row has several of \`${entity}\`, so that it has no one \`${column}\` of them`,
      where: "section 3, features",
      fix: "name an entity of which each row has one",
    });
  const known = [...facts.keys()].indexOf(entity);
  const alias = `f${known < 0 ? facts.size : known}`;
  facts.set(
    entity,
    `LEFT JOIN ${dialect.name_(factTable(entity))} ${alias} ON ${alias}.key = r.${dialect.name_(keyColumn(entity))}`,
  );
  return `${alias}.${name}`;
}
