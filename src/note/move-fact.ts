/** A number of a note moved as a slider moves it: the text that would be written, and the design as it would read that text. */

import { formatInUnit, formatQuantity } from "../core/format-quantity.ts";
import { digitsOfPart } from "../core/nines.ts";
import { type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity, type Quantity } from "../core/quantity.ts";
import { PURE, sameDimension } from "../core/unit.ts";
import { resolvePath } from "../design/fact-path.ts";
import { markOver } from "../design/kept-marks.ts";
import { addressSection } from "../design/note-form.ts";
import type { NumberRange } from "../design/number-range.ts";
import { readYaml } from "../design/yaml-tree.ts";
import { type Design, NOTE_FORM } from "../steps/design.ts";
import { vary } from "./with-fact.ts";

export interface MovedFact {
  readonly design: Design;
  /** As the note would say it; undefined where it comes to what the note says. */
  readonly text: string | undefined;
}

/**
 * The number times `factor`, within what its schema allows and with the digits that are written. A share moves by its odds, so
 * that it stays between nothing and all: ten times is one nine more for 99.9 %.
 */
export function moveFact(design: Design, key: string, factor: number): Outcome<MovedFact> {
  const varied = vary(design, key);
  if (!varied.ok) return varied;
  const { current, isWhole, range, at } = varied.value;
  const aim = Math.min(range.most, Math.max(range.least, movedValue(current.value, factor, range)));
  if (isWhole) {
    const value = Math.round(aim);
    return succeed(value === current.value ? { design, text: undefined } : { design: at(value), text: String(value) });
  }
  const text = writtenLike(current, aim, range);
  const read = parseQuantity(text, range.kind);
  if (!read.ok) return read;
  const { value } = read.value;
  return succeed(value === current.value ? { design, text: undefined } : { design: at(value, text), text });
}

/** The comment that says where a value comes from (measured, or proposed) and goes when another value is written. */
export function markOfFact(text: string, key: string): string | undefined {
  const addressed = addressSection(text, key, NOTE_FORM);
  if (!addressed.ok || addressed.value.block === undefined) return undefined;
  const { root } = readYaml(addressed.value.block);
  const path = root === undefined ? undefined : resolvePath(addressed.value.rest, root, addressed.value.schema);
  return root === undefined || path?.ok !== true ? undefined : markOver(text, root, path.value);
}

function movedValue(value: number, factor: number, { kind }: NumberRange): number {
  return kind === "share" && value < 1 ? (value * factor) / (1 - value + value * factor) : value * factor;
}

const DIGITS = 3;
/** Sign and currency, the number, and its unit. */
const WRITTEN = /^(?<before>[^\d.]*)(?<number>[\d.,]+)(?<unit>.*)$/u;

/** In the unit that the note uses, where the number is handy in it; else in one that fits. */
function writtenLike(current: Quantity, value: number, { kind }: NumberRange): string {
  const { before = "", number = "", unit = "" } = WRITTEN.exec(current.text)?.groups ?? {};
  const factor = Math.abs(current.value) / Number(number.replaceAll(",", ""));
  const size = Math.abs(value) / factor;
  const isShare = current.percent && sameDimension(current.dimension, PURE);
  if (factor > 0 && ((size >= 1 && size < 1000) || isShare)) {
    const digits = isShare ? digitsOfPart(size, 100, DIGITS) : DIGITS;
    const rounded = Number(size.toPrecision(digits));
    const text = `${before}${rounded}${unit}`;
    const read = parseQuantity(text, kind);
    if (read.ok && Math.abs(Math.abs(read.value.value) - rounded * factor) <= 1e-9 * rounded * factor) return text;
  }
  if (isShare) return formatInUnit(value, "%", 0.01, { digits: DIGITS });
  return formatQuantity(value, kind === "growth" && current.percent ? kind : current.dimension, { digits: DIGITS });
}
