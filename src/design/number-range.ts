/** What a schema lets a number be: its kind, and the least and most of it. */

import { z } from "zod";
import { type KindDescription, QUANTITY_KINDS, type QuantityKind } from "../core/quantity-kind.ts";
import { quantityKindOf } from "./fact.ts";
import { layersOf, wrappedAt } from "./schema-keys.ts";

export interface NumberRange {
  /** Absent where any quantity may stand, or a whole number. */
  readonly kind?: QuantityKind;
  /** In base units; infinite where the schema has no bound. */
  readonly least: number;
  readonly most: number;
}

/** Of the first quantity or whole number that the schema allows at the path. */
export function numberRangeAt(schema: z.ZodType, path: readonly PropertyKey[]): NumberRange {
  const layers = wrappedAt(schema, path).flatMap(layersOf);
  for (const layer of layers) {
    const kind = quantityKindOf(layer);
    if (kind !== undefined) return { kind, ...boundsOf(kind) };
  }
  const whole = layers.find((layer) => layer instanceof z.ZodNumber && layer.isInt);
  if (!(whole instanceof z.ZodNumber)) return UNBOUNDED;
  return { least: whole.minValue ?? UNBOUNDED.least, most: whole.maxValue ?? UNBOUNDED.most };
}

const UNBOUNDED: NumberRange = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

function boundsOf(kind: QuantityKind): { readonly least: number; readonly most: number } {
  const { minimum = UNBOUNDED.least, maximum = UNBOUNDED.most }: KindDescription = QUANTITY_KINDS[kind];
  return { least: minimum, most: maximum };
}
