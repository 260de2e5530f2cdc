/** One sitting of a question: values drawn from a seed, the text with them in it, the options in the order they are shown. */

import { createRandom, type Random } from "../core/random.ts";
import type { Drawn } from "./parameter.ts";
import type { PreparedQuestion } from "./prepare.ts";

export interface Variant {
  /** The same seed gives the same variant on every machine; history keeps it. */
  readonly seed: number;
  /** Values in base units, by name. */
  readonly values: Readonly<Record<string, number>>;
  /** The values as they are written, names included. */
  readonly texts: Readonly<Record<string, string>>;
  readonly ask: string;
  /** Values that the question's sentence does not say. */
  readonly given: readonly { readonly name: string; readonly text: string }[];
  /** For choices and orders: which of the file's options stands at each place shown. */
  readonly shown: readonly number[];
}

export function drawVariant(prepared: PreparedQuestion, seed: number): Variant {
  const { question, values: source } = prepared;
  const random = createRandom(seed, question.id);
  const drawn = new Map<string, Drawn>();
  for (const parameter of source.parameters) drawn.set(parameter.name, parameter.draw(random));
  if (source.cases.length > 0) {
    for (const [name, value] of source.cases[random.below(source.cases.length)]) drawn.set(name, value);
  }
  const texts: Record<string, string> = {};
  const values: Record<string, number> = {};
  for (const [name, { text, value }] of drawn) {
    texts[name] = text;
    if (value !== undefined) values[name] = value;
  }
  const placed = new Set([...question.ask.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name));
  const given = [...drawn]
    .filter(([name]) => !placed.has(name))
    .map(([name, { text }]) => ({ name: name.replaceAll("_", " "), text }));
  const ask = fillPlaces(question.ask.trim(), texts);
  return { seed, values, texts, ask, given, shown: showOrder(prepared, random) };
}

/** The text with each `{name}` replaced by its value. */
export function fillPlaces(text: string, texts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/gu, (place, name: string) => texts[name] ?? place);
}

function showOrder({ question }: PreparedQuestion, random: Random): readonly number[] {
  const indices = (length: number): number[] => Array.from({ length }, (_, i) => i);
  if (question.kind === "choose" || question.kind === "diagnose")
    return random.shuffle(indices(question.options.length));
  if (question.kind !== "order") return [];
  // A list that is shown in the right order asks nothing.
  const shown = random.shuffle(indices(question.items.length));
  const isSorted = shown.every((item, i) => item === i);
  return isSorted ? [...shown.slice(1), shown[0]] : shown;
}
