/** Computes again what the prose computes. */

import { numberValue } from "../../core/number-text.ts";
import { parseQuantity } from "../../core/quantity.ts";
import type { ProseLine, Remark } from "./proposal.ts";

const NUM = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?`;
const FACTOR = String.raw`\d+(?:\.\d+)?(?:\^\d{1,2}|e\d{1,2})?`;
const CALCULATION = new RegExp(
  String.raw`(?<![\d.^])(?<left>${FACTOR}(?:\s?[*×x]\s?${FACTOR})+)\s?(?:=|~|≈|~=)\s?(?<right>${NUM}\s?(?:[KMGTP]i?B|bytes)?)(?![\p{L}\d])`,
  "giu",
);

/** A calculation in the prose, done again: `10^9 * 256 * 2 ~ 500 GB` is 512 GB. */
export function readCalculations(line: ProseLine): Remark[] {
  return [...asTyped(line.text).matchAll(CALCULATION)].flatMap((match): Remark[] => {
    const { left = "", right = "" } = match.groups ?? {};
    const factors = left.split(/\s?[*×x]\s?/u).map(numberValue);
    const product = factors.reduce((all, factor) => all * factor, 1);
    const result = parseQuantity(right);
    if (!result.ok || result.value.value <= 0 || !Number.isFinite(product)) return [];
    const off = Math.abs(product / result.value.value - 1);
    const unit = /bytes|B$/iu.test(right) ? " bytes" : "";
    const exact = product < 1e6 ? String(product) : product.toExponential().replace("e+", "e");
    const verdict =
      off <= 0.1 ? "which agrees" : `which is ${off > 1 ? "far" : `${Math.round(off * 100)}%`} from ${right.trim()}`;
    return [
      {
        step: line.steps[0] ?? 1,
        says: `computed again: ${exact}${unit}, ${verdict}`,
        at: { ...line.place, quote: line.text.includes(match[0]) ? match[0] : line.place.quote },
      },
    ];
  });
}

/** A formula as it would be typed: `$10^{9} \cdot 256 \approx 256$ GB` is `10^9 * 256 ≈ 256 GB`. */
function asTyped(text: string): string {
  if (!text.includes("$")) return text;
  return text.replaceAll(/\$(?<formula>[^$]+)\$/gu, (_, formula: string) =>
    formula
      .replaceAll(/\s*\\(?:cdot|times)(?![A-Za-z])\s*/gu, " * ")
      .replaceAll(/\s*\\(?:approx|sim|simeq)(?![A-Za-z])\s*/gu, " ≈ ")
      .replaceAll(/\\(?:text|mathrm)\{(?<inner>[^{}]*)\}/gu, "$<inner>")
      .replaceAll(/\^\{(?<power>\d+)\}/gu, "^$<power>")
      .replaceAll(/\\[,;: ]/gu, " ")
      .trim(),
  );
}
