/** What the review worker answers: review, estimates, completion and hover, all from the public library. */

import {
  asksOpenly,
  completionsAt,
  describeSystem,
  drawSystemMermaid,
  drawSystemSvg,
  estimateDesign,
  estimateInputs,
  explainRule,
  factsToAsk,
  factToWrite,
  formatQuantity,
  hoverAt,
  inOrderOfWork,
  markOfFact,
  mendEffects,
  moveFact,
  parseDesign,
  REFERENCES,
  type ReviewedText,
  type ReviewFinding,
  type ReviewOptions,
  RULES,
  readAnswer,
  renderDerivation,
  reviewText,
  statesFact,
  teamRule,
  waiveInNote,
  withOpenQuestion,
  writeFacts,
} from "../../index.ts";
import type { Answers, Kind, Orders, PlainEstimate, PlainFinding, PlainReview } from "./messages.ts";

const FILE = "note.md";

/** What `heptad.yaml` says for the note of this page. */
let settings: ReviewOptions = {};
/** What was read last: the review, the estimate and the hover of one text ask for it in turn. */
let read: { text: string; result: ReviewedText | undefined } | undefined;

function reviewed(text: string): ReviewedText | undefined {
  if (read?.text !== text) read = { text, result: reviewText(text, FILE, settings) };
  return read.result;
}

const ANSWERS: { readonly [K in Kind]: (order: Orders[K]) => Answers[K] } = {
  configure: ({ rules, team }) => {
    const made = team.map(teamRule);
    settings = { configuration: rules, team: made.flatMap((rule) => (rule.ok ? [rule.value] : [])) };
    read = undefined;
    return null;
  },
  review: ({ text }) => plainReview(reviewed(text)),
  effects: ({ text, most }) => {
    const result = reviewed(text);
    if (result === undefined) return [];
    const first = inOrderOfWork(result.review.findings).slice(0, most);
    const { clears } = mendEffects(text, result.review, first, settings);
    return [...clears].map(([finding, codes]) => ({
      code: finding.code,
      from: finding.at.start.offset,
      clears: codes,
    }));
  },
  estimate: (order) => estimate(order),
  drawing: ({ text, moved, form }) => {
    const { design } = movedDesign(text, moved) ?? {};
    const drawing = design && describeSystem(design, estimateDesign(design));
    if (drawing === undefined) return "";
    return form === "svg" ? drawSystemSvg(drawing, { theme: "file" }) : drawSystemMermaid(drawing);
  },
  complete: ({ text, offset }) => completionsAt(text, offset),
  hover: ({ text, offset }) => {
    const result = reviewed(text);
    return hoverAt(result?.design, result?.review, offset);
  },
  explain: ({ code }) => {
    const rule = [...RULES, ...(settings.team ?? [])].find((one) => one.code === code);
    return rule === undefined ? undefined : explainRule(rule, REFERENCES);
  },
  set: ({ text, facts }) => {
    const written = writeFacts(text, facts);
    return written.ok ? { text: written.value } : { wrong: written.failure.message, fix: written.failure.fix ?? "" };
  },
  read: ({ text, key, value }) => {
    const answer = readAnswer(text, key, value, settings);
    if (!answer.ok) return { wrong: answer.failure.message, fix: answer.failure.fix ?? "" };
    const { reads, findings } = answer.value;
    return { reads, findings: inOrderOfWork(findings).map(plainFinding) };
  },
  ask: ({ text, ...question }) => ({ text: withOpenQuestion(text, question) }),
  facts: ({ text }) => {
    const { design } = parseDesign(text, FILE);
    return factsToAsk().map((fact) => {
      const isOpen = design !== undefined && asksOpenly(design, fact.question) && !statesFact(design, fact.key);
      return { ...fact, isStated: isOpen || (design !== undefined && statesFact(design, fact.key)), isOpen };
    });
  },
  waive: ({ text, name, reason }) => {
    const waived = waiveInNote(text, name, reason);
    return waived.ok ? { text: waived.value } : { wrong: waived.failure.message, fix: waived.failure.fix ?? "" };
  },
};

function plainReview(result: ReviewedText | undefined): PlainReview {
  if (result === undefined)
    return { findings: [], waived: [], waiting: [], notBegun: [], isDesign: false, fromProse: false };
  const { review } = result;
  return {
    findings: inOrderOfWork(review.findings).map(plainFinding),
    waived: review.waived.map(({ finding, reason }) => ({
      code: finding.code,
      name: finding.name,
      message: finding.message,
      reason,
    })),
    waiting: review.outcomes
      .filter(({ outcome }) => outcome === "unknown")
      .map(({ code, name, missing = [] }) => ({ code, name, missing: [...missing] })),
    notBegun: review.draft ?? [],
    isDesign: true,
    fromProse: review.fromProse,
  };
}

function plainFinding(finding: ReviewFinding): PlainFinding {
  const { code, name, severity, message, label = "", why = "", fix = "", consequence = "", at, edits = [] } = finding;
  return {
    code,
    name,
    severity,
    message,
    label,
    why,
    fix,
    consequence,
    step: Number(/^HP(\d)/u.exec(code)?.[1] ?? 0),
    line: at.start.line,
    from: at.start.offset,
    to: at.end.offset,
    edits: edits.map((edit) => ({ from: edit.at.start.offset, to: edit.at.end.offset, text: edit.text })),
  };
}

/** `moved` are factors on the note's own numbers: nothing is written. Gives the texts that they would be written as, too. */
function movedDesign(text: string, moved: Orders["estimate"]["moved"]) {
  const stated = reviewed(text)?.design;
  if (stated === undefined) return undefined;
  let design = stated;
  const texts = new Map<string, string>();
  for (const [key, factor] of moved) {
    const moving = moveFact(design, key, factor);
    if (!moving.ok) continue;
    design = moving.value.design;
    if (moving.value.text !== undefined) texts.set(key, moving.value.text);
  }
  return { stated, design, texts };
}

function estimate({ text, moved, width }: Orders["estimate"]): PlainEstimate | undefined {
  const read = movedDesign(text, moved);
  if (read === undefined) return undefined;
  const { stated, design, texts } = read;
  const inputs = estimateInputs(stated);
  const result = estimateDesign(design);
  const drawing = describeSystem(design, result);
  const troubles = [
    ...new Set([
      ...result.broken.map(({ broken }) => broken),
      ...result.failed.map(({ failure }) => failure?.message.replace(/^[a-z0-9-]+: /u, "") ?? ""),
    ]),
  ];
  return {
    troubles,
    missing: result.missing.map(({ key, example, about }) => ({ key, about, ...factToWrite(key, example) })),
    inputs: inputs.map(({ key, about, text: own, value }) => {
      const next = texts.get(key);
      return { key, about, text: own, value, moved: next, mark: next && markOfFact(text, key) };
    }),
    answers: result.sheets
      .filter(({ isAlternative, answer }) => !isAlternative && answer !== undefined)
      .map((filled) => ({ filled, ...filled }))
      .map(({ filled, sheet, title, subject, step, answer, lines, shows, assumptions, limits, dominant }) => ({
        sheet: `${sheet} ${subject}`,
        title: subject === "" ? title : `${title}: ${subject}`,
        step,
        value: answer === undefined ? "" : formatQuantity(answer.value, answer.dimension),
        derivation: renderDerivation(
          lines.filter(({ name }) => shows.length === 0 || (name !== undefined && shows.includes(name))),
          72,
        ),
        assumptions: assumptions.map(({ input, text: own, why }) => ({ input: input.split(":")[0], text: own, why })),
        proposed: result.proposed.flatMap(({ key, says }) => (filled.restsOn.includes(key) ? [says] : [])),
        limits: limits.map(({ holds, broken, isBroken, value, atMost }) => ({
          words: isBroken ? broken : holds,
          isBroken,
          share: atMost > 0 ? value / atMost : 0,
        })),
        dominant: dominant ?? "",
      })),
    drawing: drawing && drawSystemSvg(drawing, { width, theme: "page" }),
  };
}

/** Answers one order. Throws what went wrong. */
export function answerOrder<K extends Kind>(kind: K, order: Orders[K]): Answers[K] {
  return ANSWERS[kind](order);
}
