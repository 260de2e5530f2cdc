/** The page of one estimate: its inputs, its formula, an example derived by itself, and its source. */

import type { Estimate } from "./define.ts";
import { renderDerivation } from "./expression/render-derivation.ts";
import { runEstimate } from "./run.ts";

/** The inputs of its example, as written: defaults and examples. */
export function exampleInputs(estimate: Estimate): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(estimate.inputs).map(([name, input]) => [name, input.default ?? input.example ?? ""]),
  );
}

/** Markdown. The derivation is computed, so that the page cannot disagree with the formula. */
export function explainEstimate(estimate: Estimate): string {
  const rows = Object.entries(estimate.inputs).map(([name, { about, example, default: usual }]) => {
    const written = usual === undefined ? `\`${example}\`` : `\`${usual}\` unless given`;
    return `| \`${name}\` | ${about} | ${written} |`;
  });
  const derived = runEstimate(estimate, exampleInputs(estimate));
  if (!derived.ok) throw new Error(`the example of ${estimate.name}: ${derived.failure.message}`);
  const conditions = (estimate.checks ?? []).map(({ holds, otherwise }) => `- \`${holds}\`, else ${otherwise}`);
  return [
    `### ${estimate.name}`,
    `${estimate.summary[0].toUpperCase()}${estimate.summary.slice(1)}. In an expression: \`${estimate.callName}(…)\`, which is its line \`${estimate.answer}\`.`,
    `| input | is | example |\n| --- | --- | --- |\n${rows.join("\n")}`,
    `\`\`\`text\n${renderDerivation(derived.value.lines, 118)}\n\`\`\``,
    ...(conditions.length === 0 ? [] : [`Holds only where\n${conditions.join("\n")}`]),
    ...(estimate.note === undefined ? [] : [estimate.note]),
    `Source: ${estimate.source}`,
  ].join("\n\n");
}
