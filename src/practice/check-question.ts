/** What must hold of one question: each check is a slip that published banks have made. */

import type { Finding } from "../core/finding.ts";
import { formatQuantity } from "../core/format-quantity.ts";
import { FailureError } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import { rightOptions } from "./grade-choice.ts";
import { keyAt, linesOfFinding, type Reviewer } from "./grade-critique.ts";
import { answerOf, mistakesOf, writeAnswer } from "./grade-estimate.ts";
import { agrees } from "./grade-fill.ts";
import { readRubric } from "./grade-rubric.ts";
import { isPlausible, readPlausible } from "./plausible.ts";
import type { PreparedChoice, PreparedEstimate, PreparedQuestion } from "./prepare.ts";
import type { CritiqueQuestion, RubricQuestion } from "./question.ts";
import { logDistance, readTolerance } from "./tolerance.ts";
import { drawVariant, type Variant } from "./variant.ts";

/** One thing that is wrong with a question. */
export interface BankProblem {
  readonly question: string;
  /** Kebab-case, such as `mistake-equals-answer`. */
  readonly code: string;
  readonly message: string;
}

export interface CheckOptions {
  /** Variants drawn of each question, 50 unless told. */
  readonly variants?: number;
  /** Runs critique questions where it is given. */
  readonly review?: Reviewer;
}

/** A right option may be longer than each wrong one by half, and by these letters. */
const LONG = 1.5;
const LONG_BY = 12;

type Report = (code: string, message: string) => void;

/** Every problem once, however many variants show it. */
export function checkQuestion(prepared: PreparedQuestion, { variants = 50, review }: CheckOptions = {}): BankProblem[] {
  const { question } = prepared;
  const found = new Map<string, BankProblem>();
  const report: Report = (code, message) => {
    if (!found.has(code)) found.set(code, { question: question.id, code, message });
  };
  if (question.sources.some((source) => source.trim().length < 4)) report("missing-source", "a source is empty");
  if ("answer" in prepared) checkEstimate(prepared, report);
  else if ("claims" in prepared) checkChoice(prepared, report);
  else checkOthers(prepared, report, review);
  checkBases(prepared, report);
  const count = prepared.values.varies ? variants : 1;
  for (let seed = 1; seed <= count; seed++) {
    try {
      checkVariant(prepared, drawVariant(prepared, seed), report);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      report("no-value", `variant ${seed}: ${error.failure.message}`);
    }
  }
  return [...found.values()];
}

function checkVariant(prepared: PreparedQuestion, variant: Variant, report: Report): void {
  if (/\{\w+\}/u.test(variant.ask)) report("unfilled-place", `variant ${variant.seed} still shows a {name}`);
  const doubled = /\b([a-z]{3,}) \1\b/u.exec(variant.ask);
  if (doubled !== null) report("doubled-word", `variant ${variant.seed} says \`${doubled[0]}\``);
  if ("answer" in prepared) checkEstimateVariant(prepared, variant, report);
  else if ("claims" in prepared) checkChoiceVariant(prepared, variant, report);
}

function checkEstimateVariant(prepared: PreparedEstimate, variant: Variant, report: Report): void {
  const { question } = prepared;
  const answer = answerOf(prepared, variant);
  const written = writeAnswer(prepared, answer);
  const tolerance = readTolerance(question.tolerance);
  if (!Number.isFinite(answer) || answer === 0) report("no-finite-answer", `variant ${variant.seed} gives ${written}`);
  const range = readPlausible(question.plausible, prepared.answer.dimension);
  if (range === undefined) report("unreadable-plausible", "`plausible` is not a range of the answer's unit");
  else if (!isPlausible(answer, range)) {
    const format = (value: number): string => formatQuantity(value, prepared.answer.dimension);
    const span = `${format(range[0])} to ${format(range[1])}`;
    report("implausible-answer", `variant ${variant.seed} gives ${written}, outside ${span}`);
  }
  const sum = (question.shares ?? []).reduce((total, name) => total + (variant.values[name] ?? Number.NaN), 0);
  if (question.shares !== undefined && !(Math.abs(sum - 1) < 1e-9)) {
    report("shares-do-not-sum-to-one", `variant ${variant.seed}: ${question.shares.join(" + ")} = ${sum}`);
  }
  const reach = Math.max(tolerance.logs, 0.002);
  mistakesOf(prepared, variant).forEach((mistake, i) => {
    if (!Number.isFinite(mistake))
      report("no-finite-mistake", `variant ${variant.seed}: mistake ${i + 1} has no value`);
    if (logDistance(mistake, answer) <= reach) {
      const message = `variant ${variant.seed}: mistake ${i + 1} gives ${writeAnswer(prepared, mistake)}, which is graded right (${written})`;
      report("mistake-equals-answer", message);
    }
  });
}

function checkChoiceVariant(prepared: PreparedChoice, variant: Variant, report: Report): void {
  const { question } = prepared;
  const count = rightOptions(prepared, variant).filter(Boolean).length;
  const values = Object.entries(variant.texts)
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
  if (count === 0) report("no-option-right", `variant ${variant.seed}: no option is right (${values})`);
  if (count > 1 && question.many !== true) {
    report("two-options-right", `variant ${variant.seed}: ${count} options are right (${values})`);
  }
  if (count === question.options.length) report("all-options-right", `variant ${variant.seed}: every option is right`);
}

/** Names, comments aside, that formulas use. */
function namesIn(texts: readonly string[]): Set<string> {
  const code = texts.map((text) => text.replaceAll(/#[^\n]*/gu, "")).join("\n");
  return new Set(code.match(/[a-z][a-z0-9_]*/gu) ?? []);
}

function checkEstimate({ question, values }: PreparedEstimate, report: Report): void {
  const used = namesIn([question.answer]);
  const slips = namesIn(question.mistakes.map((mistake) => mistake.answer));
  for (const name of values.dimensions.keys()) {
    if (used.has(name)) continue;
    const tempts = question.distractors?.includes(name) === true && slips.has(name);
    if (!tempts) report("unused-value", `no line of the answer uses \`${name}\``);
  }
  const loose = question.ask.match(/(?<![\w{@.-])\$?\d[\d,.]*\s?(?:%|[kMGT]?B\b|ms|[kM]\b|s\b|x\b)?(?![\w}-])/gu) ?? [];
  if (loose.length > 0) {
    report(
      "number-in-text",
      `the question names ${loose.map((one) => `\`${one.trim()}\``).join(", ")} in its text: make it a value, so that the formula must use it`,
    );
  }
  if (/\bring\b/u.test(question.ask) && /all-?reduce/u.test(question.ask) && !/-\s*1/u.test(question.answer)) {
    report("ring-without-factor", "a ring all-reduce moves 2 (n - 1) / n of the bytes: the formula has no `n - 1`");
  }
  if (/grouped|GQA/u.test(question.ask) && !used.has("kv_heads")) {
    report("grouped-heads-unused", "heads are grouped: the cache has `kv_heads`, not all heads");
  }
  if (
    /\bp9\d|percentile/u.test(question.ask) &&
    /mean|average/u.test(question.answer) &&
    !/quantile|ln\(/u.test(question.answer)
  ) {
    report("mean-for-percentile", "the question asks for a percentile and the formula takes a mean");
  }
}

function checkChoice({ question, values, claims }: PreparedChoice, report: Report): void {
  const formulas = question.options.flatMap(({ right }) => (typeof right === "string" ? [right] : []));
  const used = namesIn(formulas);
  const texts = [question.ask, ...question.options.flatMap((one) => [one.text, one.why])].join("\n");
  for (const { name } of values.parameters) {
    if (!used.has(name) && !texts.includes(`{${name}}`)) report("unused-value", `nothing uses \`${name}\``);
  }
  const isComputed = claims.some((claim) => typeof claim !== "boolean");
  const varying = values.parameters.some(({ varies, dimension }) => varies && dimension !== undefined);
  if (varying && !isComputed) {
    report("unsupported-conclusion", "the values are drawn, but no option's truth is computed from them");
  }
  const others = question.options.filter(({ right: truth }) => truth !== true).map((one) => one.text.length);
  const right = question.options.filter(({ right: truth }) => truth === true);
  if (
    right.length === 1 &&
    right[0].text.length > Math.max(LONG * Math.max(...others), Math.max(...others) + LONG_BY)
  ) {
    report("longest-is-right", "the right option is far longer than any other: it gives itself away");
  }
  if (question.options.filter(({ right: truth }) => truth !== true).length < 2) {
    report("too-few-mistakes", "at least two options must be able to be wrong");
  }
}

function checkOthers({ question }: PreparedQuestion, report: Report, review: Reviewer | undefined): void {
  if (question.kind === "order") {
    for (const { order } of question.mistakes) {
      const sorted = [...order].sort((a, b) => a - b);
      const isWhole = sorted.length === question.items.length && sorted.every((item, i) => item === i + 1);
      if (!isWhole) report("mistake-not-an-order", `[${order.join(", ")}] does not name each item once`);
      if (order.every((item, i) => item === i + 1)) report("mistake-equals-answer", "a mistake is the right order");
    }
  }
  if (question.kind === "fill") {
    const places = question.note.match(/____/gu)?.length ?? 0;
    if (places !== question.blanks.length)
      report("blanks-do-not-match", `${places} places, ${question.blanks.length} blanks`);
    for (const { accept, mistakes } of question.blanks) {
      const both = mistakes.find(({ answer }) => accept.some((one) => agrees(String(answer), String(one))));
      if (both !== undefined) report("mistake-equals-answer", `\`${both.answer}\` is both right and a mistake`);
    }
    const slips = question.blanks.reduce((sum, one) => sum + one.mistakes.length, 0);
    if (slips < 2) report("too-few-mistakes", "at least two mistakes are wanted");
  }
  if (question.kind === "critique" && review !== undefined) checkCritique(question, review(question.note), report);
  if (question.kind === "explain" || question.kind === "design") checkCues(question, report);
  if (question.kind === "explain") checkRubric(question, report);
}

function checkCritique(
  { note, finds, mistakes }: CritiqueQuestion,
  findings: readonly Finding[],
  report: Report,
): void {
  const names = findings.map(({ name }) => name);
  const silent = finds.filter((name) => !names.includes(name));
  if (silent.length > 0) {
    const found = names.join(", ") || "nothing";
    report("reviewer-silent", `the reviewer does not find ${silent.join(", ")}; it finds ${found}`);
  }
  const lines = note.split("\n");
  for (const { key } of mistakes) {
    const own = lines.flatMap((_, i) => (keyAt(lines, i + 1) === key ? [i + 1] : []));
    if (own.length === 0) report("unknown-key", `the note has no key \`${key}\``);
    const faulty = findings.find((finding) => linesOfFinding(finding).some((line) => own.includes(line)));
    if (faulty !== undefined)
      report("mistake-equals-answer", `\`${key}\` is called sound, and the reviewer says ${faulty.message}`);
  }
}

/** Who only repeats the question has said nothing. */
function checkCues(question: RubricQuestion, report: Report): void {
  const { points, misconceptions } = readRubric(question, question.ask);
  const ticked = points.find((one) => one.ticked);
  if (ticked !== undefined) report("question-ticks-rubric", `the question's own words tick “${ticked.point}”`);
  if (misconceptions.length > 0)
    report("question-holds-mistake", `the question's own words match a misconception: “${misconceptions[0].quote}”`);
}

/** A rubric cut out of the model answer grades copying; and the model answer must satisfy it. */
function checkRubric(question: Extract<RubricQuestion, { kind: "explain" }>, report: Report): void {
  const model = normalise(question.model);
  const copied = question.rubric.find(({ point }) => point.length > 40 && model.includes(normalise(point)));
  if (copied !== undefined) report("rubric-copies-model", `“${copied.point}” stands in the model answer word for word`);
  const reading = readRubric(question, question.model);
  const missed = reading.points.find(({ ticked }) => !ticked);
  if (missed !== undefined) report("model-misses-rubric", `the model answer does not meet “${missed.point}”`);
  const held = reading.misconceptions[0];
  if (held !== undefined) report("model-holds-mistake", `the model answer matches a misconception: “${held.quote}”`);
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** GB and GiB in one question only where the question itself says so. */
function checkBases({ question, values }: PreparedQuestion, report: Report): void {
  const numbers = values.parameters.map(({ name }) => String(question.given?.[name] ?? question.facts?.[name] ?? ""));
  const answer = question.kind === "estimate" ? [question.answer] : [];
  const texts = [...numbers, ...answer].join("\n");
  const isMixed = /\b[\d.\s]*[kMGTP]B\b/u.test(texts) && /[KMGTP]iB\b/u.test(texts);
  if (isMixed && !/[KMGTP]iB|binary/u.test(question.ask)) {
    report("mixed-bases", "GB and GiB meet in this question, and its text does not say so");
  }
  for (const text of numbers) {
    if (
      /^[\d.]+\s*[kMGT]?b(?:\/s)?$/u.test(text) &&
      parseQuantity(text).ok &&
      !/\bbits?\b|b\/s|bps/u.test(question.ask)
    ) {
      report("silent-bits", `\`${text}\` is in bits, and the question does not say so`);
    }
  }
}
