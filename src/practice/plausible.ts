/** Whether an answer can be true of any system at all: the range a question states, or the widest one of its unit. */

import { parseQuantity } from "../core/quantity.ts";
import { type Dimension, sameDimension } from "../core/unit.ts";

export type PlausibleRange = readonly [number, number];

const YEAR = 365 * 86_400;

/** Base units. A byte to a zettabyte, a nanosecond to a century, a thousandth of a cent to a hundred billion dollars … */
const WIDEST: readonly (readonly [Dimension, PlausibleRange])[] = [
  [{}, [1e-9, 1e16]],
  [{ byte: 1 }, [0.1, 1e21]],
  [{ second: 1 }, [1e-9, 100 * YEAR]],
  [{ dollar: 1 }, [1e-5, 1e11]],
  [{ flop: 1 }, [1, 1e28]],
  [{ second: -1 }, [1e-9, 1e13]],
  [{ byte: 1, second: -1 }, [1e-3, 1e17]],
  [{ flop: 1, second: -1 }, [1, 1e22]],
];

const ANY: PlausibleRange = [1e-30, 1e30];

/** Undefined where the text is no range of this dimension. */
export function readPlausible(text: string | undefined, dimension: Dimension): PlausibleRange | undefined {
  if (text === undefined) return WIDEST.find(([known]) => sameDimension(known, dimension))?.[1] ?? ANY;
  const [low, high] = text.split("..").map((one) => parseQuantity(one));
  if (low === undefined || high === undefined || !low.ok || !high.ok) return undefined;
  if (!sameDimension(low.value.dimension, dimension) || !sameDimension(high.value.dimension, dimension))
    return undefined;
  return [low.value.value, high.value.value];
}

/** The size of the answer lies in the range; its sign does not matter. */
export function isPlausible(value: number, [low, high]: PlausibleRange): boolean {
  return Math.abs(value) >= low && Math.abs(value) <= high;
}
