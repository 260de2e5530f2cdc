/** Requests that no schema foresees, made of one that it does: places of the example replaced, left out or added to, by a seeded draw. */

import type { Random } from "../src/core/random.ts";
import { isJsonObject } from "../src/system/canonical-json.ts";
import type { Json } from "../src/system/stage.ts";

const deep = (depth: number): Json => Array.from({ length: depth }).reduce<Json>((inner) => [inner], "deep");

const STRANGE: readonly Json[] = [
  ...[null, true, false, 0, -0, -1, 1, 1.5, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 63, -(2 ** 31), 253_402_300_800],
  ...["", " ", "0", "1e999", "NaN", "\u0000", "\ud800", "💥", "a".repeat(257), "a".repeat(5000)],
  ...["__proto__", "constructor", "toString", "../../../etc/passwd", "'; DROP TABLE x; --", "<script>"],
  ...[[], {}, [[]], [null], { constructor: { prototype: {} } }, deep(200)],
];

/** `count` bodies, each the example with one to three places changed. */
export function hostileBodies(example: Json, count: number, random: Random): readonly Json[] {
  return Array.from({ length: count }, () => {
    let body = example;
    for (let change = random.below(3); change >= 0; change--) body = changed(body, random);
    return body;
  });
}

function changed(value: Json, random: Random): Json {
  if (random.below(4) === 0) return STRANGE[random.below(STRANGE.length)];
  if (isJsonObject(value)) return changedObject(value, random);
  if (!Array.isArray(value)) return STRANGE[random.below(STRANGE.length)];
  const list: Json[] = [...value];
  const at = random.below(list.length + 1);
  if (at === list.length) return random.below(2) === 0 ? [...list, ...list] : [];
  list[at] = changed(list[at], random);
  return list;
}

function changedObject(value: { readonly [key: string]: Json }, random: Random): Json {
  const names = Object.keys(value);
  const name = names[random.below(Math.max(1, names.length))] ?? "x";
  const { [name]: inside = null, ...rest } = value;
  switch (random.below(4)) {
    case 0:
      return rest;
    case 1:
      return { ...value, [`${name}_`]: inside };
    default:
      return { ...rest, [name]: changed(inside, random) };
  }
}

/** Bodies that are no JSON, or JSON that no parser should trust. */
export const RAW_BODIES: readonly (string | Buffer)[] = [
  "",
  "{",
  "nul",
  "[]",
  '"text"',
  '{"a":1,}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  "[".repeat(50_000),
  Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
  Buffer.from('{"id":"\xff"}', "latin1"),
];
