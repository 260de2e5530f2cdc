/** The estimates of a design, step by step: each answer, its derivation as mathematics, what was assumed and what breaks. */

import type { StepNumber } from "../core/figure.ts";
import type { FilledSheet } from "../estimate/sheet.ts";
import { type DesignEstimate, proposedBehind } from "../note/estimate-design.ts";
import { derivationTex } from "./derivation.ts";
import { type Block, type Cell, heading, text } from "./document.ts";
import { mathProblem } from "./mathematics.ts";
import { rich, sentence } from "./rich-text.ts";

export function estimateBlocks(estimate: DesignEstimate, step: StepNumber): Block[] {
  const chosen = estimate.sheets.filter(
    (sheet) => sheet.step === step && !sheet.isAlternative && sheet.answer !== undefined,
  );
  if (chosen.length === 0) return [];
  return [
    heading(2, "What follows from these facts"),
    ...chosen.flatMap((sheet) => sheetBlocks(sheet, proposedBehind(sheet, estimate))),
  ];
}

/** Each estimate with its answer in one row: the start of a derivation, or all that a sheet has room for. */
export function answerRows(estimate: DesignEstimate): Cell[][] {
  return estimate.sheets.flatMap((sheet) => {
    if (sheet.answer === undefined || sheet.isAlternative) return [];
    const mark = proposedBehind(sheet, estimate).length === 0 ? "" : " (from proposed facts)";
    return [[[text(titleOf(sheet))], [text(`${sheet.answer.text}${mark}`)], [text(verdictOf(sheet))]]];
  });
}

function sheetBlocks(sheet: FilledSheet, proposed: readonly string[]): Block[] {
  const { lines, shows, assumptions, limits, source, answer } = sheet;
  const shown = shows.length === 0 ? lines : lines.filter(({ name }) => name === undefined || shows.includes(name));
  const derivations = shown.map((line): Block => {
    const tex = derivationTex(line);
    return tex.some((one) => mathProblem(one) !== undefined)
      ? {
          kind: "code",
          language: "",
          text: `${line.name ?? ""} = ${line.formula} = ${line.substituted} = ${line.text}`,
        }
      : { kind: "formula", lines: tex };
  });
  const broken = limits.filter(({ isBroken }) => isBroken);
  return [
    { kind: "heading", depth: 3, of: [text(`${titleOf(sheet)}: ${answer?.text ?? ""}`)] },
    ...broken.map(
      (one): Block => ({ kind: "paragraph", of: [{ kind: "state", state: "bad", word: sentence(one.broken) }] }),
    ),
    ...derivations,
    ...(assumptions.length === 0
      ? []
      : [
          {
            kind: "paragraph",
            of: [
              {
                kind: "small",
                of: rich(`Assumed: ${assumptions.map((one) => `${one.input} ${one.text} (${one.why})`).join("; ")}.`),
              },
            ],
          } as const,
        ]),
    ...(proposed.length === 0
      ? []
      : [
          {
            kind: "paragraph",
            of: [{ kind: "small", of: rich(`Proposed, not accepted: ${proposed.join("; ")}.`) }],
          } as const,
        ]),
    { kind: "paragraph", of: [{ kind: "small", of: rich(`Estimated, not measured. Formula: ${source}`) }] },
  ];
}

function titleOf({ title, subject }: FilledSheet): string {
  const whole = title.charAt(0).toUpperCase() + title.slice(1);
  return subject === "" ? whole : `${whole}, ${subject}`;
}

function verdictOf({ limits }: FilledSheet): string {
  const broken = limits.find(({ isBroken }) => isBroken);
  return broken?.broken ?? limits[0]?.holds ?? "";
}
