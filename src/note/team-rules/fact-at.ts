/** Where a path of a team's rule leads: the step, the keys, and the schemas that say which values may stand there. */

import { z } from "zod";
import { nearest } from "../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { knownKeys } from "../../design/schema-keys.ts";
import { type Design, STEPS } from "../../steps/design.ts";

export interface FactAddress {
  readonly step: (typeof STEPS)[number];
  /** `[]` for every element of a list. */
  readonly keys: readonly string[];
  readonly schemas: readonly z.ZodType[];
}

/** `serving.replicas`, `6.serving.replicas`, `stages[].keep`, `latency.p99.9`. Fails with the nearest known key. */
export function addressOf(path: string): Outcome<FactAddress> {
  const [, number, rest] = /^(?:([1-7])\.)?(.*)$/u.exec(path) ?? [];
  for (const step of STEPS) {
    if (number !== undefined && step.number !== Number(number)) continue;
    const found = walk([step.schema], rest);
    if (found !== undefined) return succeed({ step, ...found });
  }
  const near = nearestPath(rest);
  return fail({
    code: "unknown-fact",
    message: `there is no fact \`${path.slice(0, 60)}\``,
    where: path,
    fix: near === undefined ? "docs/design-format.md lists the facts" : `did you mean \`${near}\`?`,
  });
}

/** Longer paths have no fact near them. */
const MOST_WORDS = 6;

/** With brackets where a list stands, or with the nearest key in place of one that nobody knows. */
function nearestPath(path: string): string | undefined {
  const words = path.replaceAll(/\[\d*\]/gu, "").split(".");
  if (words.length > MOST_WORDS) return undefined;
  for (const step of STEPS) {
    const found = nearestBelow([step.schema], words);
    if (found !== undefined && walk([step.schema], found) !== undefined) return found;
  }
  const all = STEPS.flatMap(({ schema }) => knownKeys(schema, []));
  return nearest(words[0], all);
}

/** Undefined where a key has nothing near it. */
function nearestBelow(schemas: readonly z.ZodType[], words: readonly string[]): string | undefined {
  const [word, ...rest] = words;
  if (word === undefined) return "";
  const open = schemas.flatMap(opened);
  const objects = open.flatMap((one) => (one instanceof z.ZodObject ? [one] : []));
  const keys = objects.flatMap(({ shape }) => Object.keys(shape));
  const key = keys.includes(word) ? word : nearest(word, keys);
  const values = key === undefined ? [] : open.flatMap((one) => valuesUnder(one, key));
  if (key === undefined || values.length === 0) return undefined;
  if (rest.length === 0) return key;
  const elements = values.flatMap(opened).flatMap((one) => (one instanceof z.ZodArray ? asSchema(one.element) : []));
  const plain = nearestBelow(values, rest);
  if (plain !== undefined) return `${key}.${plain}`;
  const inList = elements.length === 0 ? undefined : nearestBelow(elements, rest);
  return inList === undefined ? undefined : `${key}[].${inList}`;
}

function walk(
  schemas: readonly z.ZodType[],
  path: string,
): { readonly keys: readonly string[]; readonly schemas: readonly z.ZodType[] } | undefined {
  if (path === "") return { keys: [], schemas };
  const open = schemas.flatMap(opened);
  const rest = path.replace(/^\./u, "");
  if (rest.startsWith("[]")) {
    const elements = open.flatMap((one) => (one instanceof z.ZodArray ? asSchema(one.element) : []));
    const below = elements.length === 0 ? undefined : walk(elements, rest.slice(2));
    return below === undefined ? undefined : { ...below, keys: ["[]", ...below.keys] };
  }
  // A key may hold a point: `p99.9` is tried before `p99`.
  const words = rest.split(/(?=\.|\[)/u);
  for (let length = words.length; length > 0; length--) {
    const key = words.slice(0, length).join("");
    const values = open.flatMap((one) => valuesUnder(one, key));
    const below = values.length === 0 ? undefined : walk(values, rest.slice(key.length));
    if (below !== undefined) return { ...below, keys: [key, ...below.keys] };
  }
  return undefined;
}

function valuesUnder(schema: z.ZodType, key: string): z.ZodType[] {
  if (schema instanceof z.ZodObject && Object.hasOwn(schema.shape, key)) return asSchema(schema.shape[key]);
  return schema instanceof z.ZodRecord && /^[\w -]+$/u.test(key) ? asSchema(schema.valueType) : [];
}

function opened(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return asSchema(schema.unwrap()).flatMap(opened);
  if (schema instanceof z.ZodPipe) return asSchema(schema.in).flatMap(opened);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(asSchema).flatMap(opened);
  return [schema];
}

function asSchema(schema: unknown): z.ZodType[] {
  return schema instanceof z.ZodType ? [schema] : [];
}

/** A fact that a design holds under an address. */
export interface FoundFact {
  /** With the step in front and indexes: `4.stages[1].keep`. */
  readonly path: string;
  readonly value: unknown;
}

/** What was found in a design: a team has many rules over few facts. */
const known = new WeakMap<Design, Map<string, readonly FoundFact[]>>();

/** All facts of a design under an address, in order. */
export function factsAt(design: Design, address: FactAddress): readonly FoundFact[] {
  const ofDesign = known.get(design) ?? new Map<string, readonly FoundFact[]>();
  known.set(design, ofDesign);
  const name = `${address.step.number} ${address.keys.join(" ")}`;
  const found = ofDesign.get(name) ?? find(design, address);
  ofDesign.set(name, found);
  return found;
}

function find(design: Design, { step, keys }: FactAddress): FoundFact[] {
  let found: FoundFact[] = [{ path: String(step.number), value: design[step.name] }];
  for (const key of keys) {
    found = found.flatMap(({ path, value }) => {
      if (key === "[]") {
        return Array.isArray(value) ? value.map((one: unknown, i) => ({ path: `${path}[${i}]`, value: one })) : [];
      }
      if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return [];
      const below: unknown = Reflect.get(value, key);
      return below === undefined ? [] : [{ path: `${path}.${key}`, value: below }];
    });
  }
  return found;
}
