/** What-ifs: a design with other facts, read anew from the note's text, or with one number replaced at once. */

import { formatQuantity } from "../core/format-quantity.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import type { Quantity } from "../core/quantity.ts";
import { sameDimension } from "../core/unit.ts";
import { type FactPath, resolvePath } from "../design/fact-path.ts";
import { addressSection } from "../design/note-form.ts";
import { type NumberRange, numberRangeAt } from "../design/number-range.ts";
import { readYaml } from "../design/yaml-tree.ts";
import { type Design, NOTE_FORM, parseDesign, STEPS } from "../steps/design.ts";
import { setFact } from "./set-fact.ts";

/** The design with facts set by key, each as it would be written in the note. Errors name the key. */
export function withFacts(design: Design, facts: readonly (readonly [key: string, value: string])[]): Outcome<Design> {
  let text = design.text;
  for (const [key, value] of facts) {
    const edited = setFact(text, key, value);
    if (!edited.ok) return fail({ ...edited.failure, where: `${key}=${value.slice(0, 60)}` });
    text = edited.value;
  }
  const read = facts.length === 0 ? design : parseDesign(text, design.file).design;
  if (read !== undefined) return succeed(read);
  return fail({ code: "bad-fact", message: "the note cannot be read with these facts", fix: "set others" });
}

/**
 * A function of one number: the design with the quantity at `key` replaced by a value in base units. It copies only the
 * way to the fact, so that a slider can drive it. Fails where there is no quantity or number under the key.
 */
export function vary(design: Design, key: string): Outcome<Variation> {
  const place = placeInFacts(design, key);
  if (!place.ok) return place;
  const { name, path } = place.value;
  const found = valueAt(design[name], path);
  if (typeof found !== "number" && !isQuantity(found)) {
    const fix = `set it first: --set ${key.slice(0, 80)}=…`;
    return fail({
      code: "no-quantity",
      message: `the note has no number at \`${key.slice(0, 80)}\``,
      where: key.slice(0, 80),
      fix,
    });
  }
  const isWhole = typeof found === "number";
  const current = isWhole ? { value: found, dimension: {}, text: String(found), percent: false } : found;
  const as = current.percent && sameDimension(current.dimension, {}) ? "share" : current.dimension;
  return succeed({
    current,
    isWhole,
    range: place.value.range,
    at: (value, text = formatQuantity(value, as)) => {
      const replaced = isWhole ? Math.round(value) : { ...found, value, text };
      return { ...design, [name]: replaceAt(design[name], path, replaced) };
    },
  });
}

export interface Variation {
  /** The fact as it stands. */
  readonly current: Quantity;
  /** Written as a whole number without a unit: it is rounded. */
  readonly isWhole: boolean;
  /** What the schema lets it be. */
  readonly range: NumberRange;
  /** `text` is how it would be written, where that is not for this function to say. */
  at(value: number, text?: string): Design;
}

/** Whether the note says something under a key, such as `1.goal`. */
export function statesFact(design: Design, key: string): boolean {
  const place = placeInFacts(design, key);
  return place.ok && valueAt(design[place.value.name], place.value.path) !== undefined;
}

interface FactPosition {
  readonly name: (typeof STEPS)[number]["name"];
  readonly path: FactPath;
  readonly range: NumberRange;
}

function placeInFacts(design: Design, key: string): Outcome<FactPosition> {
  const addressed = addressSection(design.text, key, NOTE_FORM);
  if (!addressed.ok) return addressed;
  const { block, schema, rest, number } = addressed.value;
  const root = block === undefined ? undefined : readYaml(block).root;
  const name = STEPS.find((step) => step.number === number)?.name;
  if (root === undefined || name === undefined) {
    return fail({
      code: "no-facts",
      message: `section ${number} of the note holds no facts`,
      where: key,
      fix: "give it a yaml block first",
    });
  }
  const path = resolvePath(rest, root, schema);
  return path.ok
    ? succeed({ name, path: path.value, range: numberRangeAt(schema, path.value) })
    : fail({ ...path.failure, where: key });
}

function isQuantity(value: unknown): value is Quantity {
  return typeof value === "object" && value !== null && "value" in value && "dimension" in value && "text" in value;
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(value)) return typeof head === "number" ? valueAt(value[head], rest) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === head)?.[1], rest);
}

function replaceAt(value: unknown, path: readonly (string | number)[], replaced: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return replaced;
  if (Array.isArray(value)) return value.map((one, i) => (i === head ? replaceAt(one, rest, replaced) : one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === head ? replaceAt(one, rest, replaced) : one]),
  );
}
