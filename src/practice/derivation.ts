/** The worked derivation of an answer, generated from its formula: what is never typed in cannot disagree with it. */

import { unwrap } from "../core/outcome.ts";
import { renderDerivation } from "../estimate/expression/render-derivation.ts";
import type { PreparedChoice, PreparedEstimate, PreparedQuestion } from "./prepare.ts";
import { readTolerance } from "./tolerance.ts";
import type { Variant } from "./variant.ts";

/** Lines for a whiteboard: each value, each formula with names and with numbers, and how exact the answer must be. */
export function workedDerivation(prepared: PreparedEstimate, { values, texts }: Variant): readonly string[] {
  const lines = unwrap(prepared.answer.derive(values, texts));
  const tolerance = readTolerance(prepared.question.tolerance);
  const within = tolerance.logs === 0 ? "exactly this" : `within ${tolerance.text}`;
  return [...renderDerivation(lines).split("\n"), `right is ${within}: ${tolerance.because}`];
}

/** What each computed claim of the options comes to. */
export function workedClaims({ question, claims }: PreparedChoice, { values, texts }: Variant): readonly string[] {
  return claims.flatMap((claim, i) => {
    if (typeof claim === "boolean") return [];
    const lines = unwrap(claim.derive(values, texts));
    const last = lines[lines.length - 1];
    const truth = last.value === 1 ? "holds" : "does not hold";
    const before = lines
      .slice(0, -1)
      .map((line) => `${line.name} = ${line.formula} = ${line.substituted} = ${line.text}`);
    return [
      ...before,
      `${question.options[i].text.split(/[.:;]/u)[0]}: ${last.formula}: ${last.substituted}, which ${truth}`,
    ];
  });
}

/** Hints of an estimate made from its formula: the names first, then the lines without the last number. */
export function hintsOf(prepared: PreparedQuestion): readonly string[] {
  const { question } = prepared;
  if (question.hints !== undefined || question.kind !== "estimate" || !("answer" in prepared))
    return question.hints ?? [];
  const spare = question.distractors ?? [];
  const names = prepared.values.parameters.map(({ name }) => name).filter((name) => !spare.includes(name));
  const formula = question.answer
    .trim()
    .split("\n")
    .map((line) => line.replace(/\s*(?:#.*|->.*)$/u, ""));
  return [
    `it takes ${names.map((name) => name.replaceAll("_", " ")).join(", ") || "the values given"}`,
    `as a formula: ${formula.join("; then ")}`,
  ];
}
