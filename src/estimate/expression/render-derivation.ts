/** A derivation as text: one line each where it fits, else one step a line under the equals sign. */

import type { DerivationLine } from "./program.ts";

const WIDTH = 100;

/** `weights = rows × dim × bytes = 200M × 64 × 4 B = 51.2 GB`, comments behind a `#`. */
export function renderDerivation(lines: readonly DerivationLine[], width = WIDTH): string {
  return lines.map((line) => renderLine(line, width)).join("\n");
}

function renderLine({ name, formula, substituted, text, says }: DerivationLine, width: number): string {
  const steps = [formula, substituted, text].filter((step, i, all) => i === 0 || step !== all[i - 1]);
  const comment = says === undefined ? "" : `   # ${says}`;
  const head = name === undefined ? "" : `${name} = `;
  const single = `${head}${steps.join(" = ")}${comment}`;
  if (single.length <= width) return single;
  const indent = " ".repeat(Math.max(0, head.length - 2));
  const [first, ...others] = steps;
  return [`${head}${first}${comment}`, ...others.map((step) => `${indent}= ${step}`)].join("\n");
}
