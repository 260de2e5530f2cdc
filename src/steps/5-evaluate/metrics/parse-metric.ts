/** Reads a metric's name as notes write it (`ndcg@10`, `map@10 by R`, `auc roc`) into something that can be measured. */

import { nearest } from "../../../core/nearest.ts";
import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { METRICS } from "./catalogue.ts";
import type { MetricDefinition } from "./metric.ts";

/** A metric with its cutoff and variant settled. */
export interface ParsedMetric {
  /** The canonical name, as figures print it: `ndcg@10`, `map@10 by R`. */
  readonly name: string;
  readonly definition: MetricDefinition;
  /** Infinity where no cutoff was given. */
  readonly k: number;
  /** One of the definition's variants, or empty where it has none. */
  readonly variant: string;
}

const FORM = /^(?<base>[^@]*?)\s*(?:@\s*(?<k>\d{1,9}))?\s*(?:\b(?:by|with)\s+(?<variant>.+)|\((?<bracketed>.+)\))?$/u;

/**
 * `<name>[@k][ by <variant>]`, in any case, by canonical name or alias: `ndcg@10`, `NDCG@10 by exponential`, `recall@100`,
 * `hit rate@10`, `auc roc`. An unknown name, a missing or useless cutoff and an unknown variant are failures.
 */
export function parseMetric(text: string): Outcome<ParsedMetric> {
  const groups = FORM.exec(text.trim().toLowerCase())?.groups;
  if (groups === undefined || text.length > 80) return unknownMetric(text);
  const definition = BY_NAME.get(groups.base.trim());
  if (definition === undefined) return unknownMetric(groups.base.trim() || text);
  const k = readCutoff(text, definition, groups.k);
  if (!k.ok) return k;
  const variant = readVariant(definition, groups.variant ?? groups.bracketed);
  if (!variant.ok) return variant;
  const isDefault = variant.value === (definition.variants[0] ?? "");
  const name = `${definition.name}${Number.isFinite(k.value) ? `@${k.value}` : ""}${isDefault ? "" : ` by ${variant.value}`}`;
  return succeed({ name, definition, k: k.value, variant: variant.value });
}

const BY_NAME: ReadonlyMap<string, MetricDefinition> = new Map(
  METRICS.flatMap((metric) =>
    [metric.name, ...metric.aliases].map((name): [string, MetricDefinition] => [name, metric]),
  ),
);

function readCutoff(text: string, definition: MetricDefinition, digits: string | undefined): Outcome<number> {
  if (digits === undefined && definition.cutoff !== "required") return succeed(Number.POSITIVE_INFINITY);
  const k = Number(digits);
  if (definition.cutoff === "none") return fail(wrongCutoff(text, definition.name, "takes no cutoff", definition.name));
  if (digits === undefined || k < 1)
    return fail(wrongCutoff(text, definition.name, "needs a cutoff of 1 or more", `${definition.name}@10`));
  return succeed(k);
}

function wrongCutoff(text: string, name: string, problem: string, example: string): Failure {
  return {
    code: "wrong-cutoff",
    message: `\`${text.trim()}\`: ${name} ${problem}`,
    fix: `write it like \`${example}\``,
  };
}

function readVariant(definition: MetricDefinition, asked: string | undefined): Outcome<string> {
  if (asked === undefined) return succeed(definition.variants[0] ?? "");
  const found = definition.variants.find((variant) => variant.toLowerCase() === asked.trim());
  if (found !== undefined) return succeed(found);
  const known = definition.variants.map((variant) => `\`${variant}\``).join(", ");
  return fail({
    code: "unknown-variant",
    message: `${definition.name} has no variant \`${asked.trim()}\``,
    fix: known === "" ? `write \`${definition.name}\` alone` : `use one of ${known}`,
  });
}

function unknownMetric(name: string): Outcome<never> {
  const suggestion = nearest(name, BY_NAME.keys());
  return fail({
    code: "unknown-metric",
    message: `unknown metric \`${name.length > 60 ? `${name.slice(0, 60)}…` : name}\``,
    fix:
      suggestion === undefined
        ? "use a name such as ndcg@10, recall@100 or auc roc"
        : `did you mean \`${suggestion}\`?`,
  });
}
