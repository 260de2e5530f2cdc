/** A feature as the note declares it: whom it describes, what is aggregated over which window, and how late an event may be used. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { quoted } from "../profile/note-words.ts";
import type { DataFacts } from "../schema.ts";
import { type OddName, oddNameIn } from "./aggregate-name.ts";

/**
 * What is computed over the events of one entity that are visible to a request. Names of measures (`rating`, `click`, `amount`)
 * are the event stream's own; in `ratio` a bare name is a feature declared before.
 */
export type Aggregate =
  /** Events; with a measure, the events that have it. */
  | { readonly kind: "count"; readonly measure?: string }
  | { readonly kind: "sum" | "mean"; readonly measure: string }
  /** Events with the measure, over the events that could have had it: clicks over impressions. A 0/1 measure: its mean. */
  | { readonly kind: "rate"; readonly measure: string }
  /** Seconds since the last event. */
  | { readonly kind: "recency"; readonly measure?: string }
  | { readonly kind: "ratio"; readonly numerator: Aggregate; readonly denominator: Aggregate }
  /** A fact about the entity that does not change with time. */
  | { readonly kind: "value"; readonly column: string }
  /** Seconds since a moment that is a fact about the entity, such as its release; missing before that moment. */
  | { readonly kind: "age"; readonly column: string }
  | { readonly kind: "feature"; readonly name: string };

/** One feature of the note, in seconds. */
export interface FeatureDeclaration {
  readonly name: string;
  /** One or two entities; an affinity has two, such as member and genre. */
  readonly entity: readonly string[];
  readonly aggregate: Aggregate;
  /** Seconds; Infinity for all of the past. */
  readonly window: number;
  /** Seconds after which an event may be used: a label that takes a week to arrive has a delay of a week. */
  readonly delay: number;
  /** Weight, in events, of the aggregate over all entities that a mean or a rate is drawn towards. */
  readonly smoothing: number;
  /** Only events that have this measure count. */
  readonly where?: string;
  /** The event that is asked about counts too: the entity whose attributes are its values. For a count, a sum or a mean. */
  readonly current?: string;
}

/** The features of step 3 that say what is aggregated; those that only tell the review about themselves are left out. Throws a `FailureError`. */
export function declaredFeatures(facts: DataFacts): readonly FeatureDeclaration[] {
  const declarations = (facts.features ?? []).flatMap((feature): FeatureDeclaration[] => {
    const { name, entity, aggregate, window = "all", delay, smoothing = 0, where, current } = feature;
    if (aggregate === undefined) return [];
    if (entity === undefined)
      refuse(name, "has no entity", "say whom it describes: `entity: user`, or whatever its data names");
    const keys = typeof entity === "string" ? [entity] : entity;
    const seconds = window === "all" ? Number.POSITIVE_INFINITY : window.value;
    return [
      {
        name,
        entity: keys,
        aggregate: parseAggregate(aggregate, name),
        window: seconds,
        delay: delay?.value ?? 0,
        smoothing,
        where,
        ...(current === undefined ? {} : { current }),
      },
    ];
  });
  checkDeclarations(declarations);
  return declarations;
}

/** Throws a `FailureError` for a repeated name, more than two entities, a smoothing that nothing uses, or a reference to a feature not declared before. */
export function checkDeclarations(declarations: readonly FeatureDeclaration[]): void {
  const before: string[] = [];
  for (const { name, entity, aggregate, smoothing, current } of declarations) {
    if (before.includes(name)) refuse(name, "is declared twice", "give each feature a name of its own");
    if (entity.length === 0 || entity.length > 2)
      refuse(name, "has to have one or two entities", "name one, or two as in `entity: [user, genre]`");
    if (smoothing > 0 && !["mean", "rate"].includes(aggregate.kind)) {
      refuse(name, `smooths ${aggregate.kind}(), which only a mean or a rate can be`, "leave out `smoothing`");
    }
    if (current !== undefined && (smoothing > 0 || !["count", "sum", "mean"].includes(aggregate.kind))) {
      refuse(
        name,
        "cannot count the current event",
        "leave out `current`, or use count, sum or a mean without smoothing",
      );
    }
    for (const reference of referencesOf(aggregate)) {
      if (before.includes(reference)) continue;
      const suggestion = nearest(reference, before);
      const fix = suggestion === undefined ? `declare \`${reference}\` before it` : `did you mean \`${suggestion}\`?`;
      refuse(name, `refers to \`${reference}\`, which is no feature declared before it`, fix);
    }
    before.push(name);
  }
}

function referencesOf(aggregate: Aggregate): readonly string[] {
  if (aggregate.kind === "feature") return [aggregate.name];
  if (aggregate.kind !== "ratio") return [];
  return [...referencesOf(aggregate.numerator), ...referencesOf(aggregate.denominator)];
}

const TOKEN = /\s*(?<token>[A-Za-z_][\w.-]*|[(),])\s*/uy;
const KINDS = ["count", "sum", "mean", "rate", "recency", "ratio", "value", "age"] as const;

/** Reads `mean(rating)`, `count()`, `ratio(count(click), count(impression))` … Throws a `FailureError` that says how it is written. */
export function parseAggregate(text: string, feature: string): Aggregate {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.groups?.token;
    if (token === undefined) return notAnAggregate(feature, text);
    tokens.push(token);
  }
  const { aggregate, next } = readAggregate(tokens, 0, feature, text);
  return next === tokens.length ? aggregate : notAnAggregate(feature, text);
}

interface Read {
  readonly aggregate: Aggregate;
  /** The first token after it. */
  readonly next: number;
}

/** Deeper nesting than any feature needs; a hostile note stops here. */
const MAXIMUM_TOKENS = 60;

function readAggregate(tokens: readonly string[], start: number, feature: string, text: string): Read {
  const kind = KINDS.find((one) => one === tokens[start]);
  if (tokens.length > MAXIMUM_TOKENS || !/^\w/u.test(tokens[start] ?? "")) return notAnAggregate(feature, text);
  if (tokens[start + 1] !== "(") return { aggregate: { kind: "feature", name: tokens[start] }, next: start + 1 };
  if (kind === undefined) return notAnAggregate(feature, text, tokens[start]);
  if (kind === "ratio") {
    const above = readAggregate(tokens, start + 2, feature, text);
    if (tokens[above.next] !== ",") return notAnAggregate(feature, text);
    const below = readAggregate(tokens, above.next + 1, feature, text);
    if (tokens[below.next] !== ")") return notAnAggregate(feature, text);
    return { aggregate: { kind, numerator: above.aggregate, denominator: below.aggregate }, next: below.next + 1 };
  }
  const isEmpty = tokens[start + 2] === ")";
  const close = isEmpty ? start + 2 : start + 3;
  const argument = isEmpty ? undefined : tokens[start + 2];
  if (tokens[close] !== ")" || argument === "," || argument === "(") return notAnAggregate(feature, text);
  return { aggregate: simpleAggregate(kind, argument, feature, text), next: close + 1 };
}

function simpleAggregate(
  kind: Exclude<(typeof KINDS)[number], "ratio">,
  argument: string | undefined,
  feature: string,
  text: string,
): Aggregate {
  if (kind === "count" || kind === "recency") return { kind, measure: argument };
  if (argument === undefined) return notAnAggregate(feature, text);
  return kind === "value" || kind === "age" ? { kind, column: argument } : { kind, measure: argument };
}

function notAnAggregate(feature: string, text: string, kind?: string): never {
  const odd = oddNameIn(text);
  if (odd !== undefined) return refuseName(feature, odd);
  const suggestion = kind === undefined ? undefined : nearest(kind, KINDS);
  return refuse(
    feature,
    `has the aggregate \`${text.slice(0, 60)}\`, which is none`,
    suggestion === undefined
      ? "write `mean(rating)`, `count()`, `rate(click)`, `sum(amount)`, `recency()`, `ratio(a, b)`, `value(column)` or `age(column)`"
      : `did you mean \`${suggestion}\`?`,
  );
}

/** A name with blanks or signs is mapped to a plainer one, as a drafted note does. */
function refuseName(feature: string, { name, plain, written, isRate }: OddName): never {
  const label = isRate ? ", or where it is the label, the name that section 2 gives it under `label.event`" : "";
  return refuse(
    feature,
    `names the column \`${name.slice(0, 60)}\` in its aggregate, where a name is of letters without accents, digits, \`_\`, \`.\` and \`-\``,
    `map the column to a plainer name under \`source\`, \`columns: { ${plain}: ${quoted(name)} }\`, and write \`aggregate: ${written.slice(0, 80)}\`${label}`,
  );
}

function refuse(name: string, problem: string, fix: string): never {
  throw new FailureError({
    code: "bad-feature",
    message: `feature \`${name}\` ${problem}`,
    where: "section 3, features",
    fix,
  });
}
