/** Reviews a note that holds no facts by what its prose speaks of: no fact is invented, only silence is pointed out. */

import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import { createLocator, type Locate } from "../design/locate.ts";
import { readProseOutline } from "../design/prose-outline.ts";
import { isEnglish } from "./prose-language.ts";
import { type ProsePart, placeParts } from "./prose-placement.ts";
import { type ProseStep, readWording } from "./prose-wording.ts";
import type { Review, RuleOutcome } from "./review.ts";

export { type ProseStep, stepsOfHeading } from "./prose-wording.ts";

/** Something a design should speak of, and the words that show that it does. */
export interface ProseTopic {
  readonly step: StepNumber;
  /** Kebab-case: `rollback`. */
  readonly name: string;
  /** What is missing, in words that follow "nothing is said about". */
  readonly about: string;
  /** Any of these shows that the prose speaks of it. */
  readonly words: RegExp;
  /** True where a name alone is an answer: "NDCG" is a metric, "A/B test" is no experiment. */
  readonly byName?: boolean;
  readonly why: string;
  /** What to write. */
  readonly ask: string;
  readonly sources: readonly string[];
}

/** Fewer steps than this in the headings, and the text is no design. */
const FEWEST_STEPS = 4;
/** Of a design among others in its file, whose title says that it is one. */
const FEWEST_OF_SEVERAL = 2;

/**
 * The review of a plain note; undefined where its headings are not those of a design, and where it is not written in English: of what cannot
 * be read nothing is said. Of several designs in a file each is reviewed by itself.
 */
export function reviewProse(
  text: string,
  file: string,
  steps: readonly ProseStep[],
  topics: readonly ProseTopic[],
): Review | undefined {
  if (!isEnglish(text)) return undefined;
  const parts = placeParts(text, readProseOutline(text), steps);
  const count = (parts.at(-1)?.design ?? -1) + 1;
  const reviewed = Array.from({ length: count }, (_, i) => parts.filter(({ design }) => design === i)).flatMap((of) => {
    const start = of[0].design === 0 ? 0 : of[0].heading.start;
    const design = { text, start, end: of[of.length - 1].body.end, parts: of, isOneOfSeveral: count > 1 };
    const fewest = count > 1 ? FEWEST_OF_SEVERAL : FEWEST_STEPS;
    return new Set(of.flatMap((part) => part.steps)).size < fewest ? [] : [design];
  });
  if (reviewed.length === 0) return undefined;
  const spanAt = createLocator(text, file);
  const results = reviewed.map((design) => reviewDesign(design, spanAt, steps, topics));
  const findings = results.flatMap((one) => one.findings);
  return {
    file,
    findings: findings.sort((a, b) => a.at.start.offset - b.at.start.offset),
    waived: [],
    outcomes: results.flatMap((one) => one.outcomes),
    fromProse: true,
  };
}

interface PlainDesign {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly parts: readonly ProsePart[];
  readonly isOneOfSeveral: boolean;
}

function reviewDesign(
  design: PlainDesign,
  spanAt: Locate,
  steps: readonly ProseStep[],
  topics: readonly ProseTopic[],
): { readonly findings: Finding[]; readonly outcomes: RuleOutcome[] } {
  const { parts, text, isOneOfSeveral } = design;
  const titled = parts.findLast(({ how }) => how === "title");
  const title = titled?.heading.text ?? "";
  const of = isOneOfSeveral && title !== "" ? `of \`${title.slice(0, 60)}\`, ` : "";
  const openedBy = new Map<StepNumber, ProsePart>();
  const filled = new Set<StepNumber>();
  /** Steps under whose heading stands something, be it one bare item. */
  const named = new Set<StepNumber>();
  for (const part of parts) {
    const isNamed = text.slice(part.body.start, part.body.end).trim() !== "";
    const isFilled = saysSomething(text.slice(part.body.start, part.body.end), steps);
    for (const step of part.steps) {
      if (!openedBy.has(step)) openedBy.set(step, part);
      if (isFilled) filled.add(step);
      if (isNamed) named.add(step);
    }
  }
  const placeOf = (step: StepNumber) => {
    // A title over the titles of several designs is part of the first of them.
    const { heading } = openedBy.get(step) ?? (isOneOfSeveral ? titled : undefined) ?? parts[0];
    return spanAt(heading.start, heading.end);
  };
  const asked = parts.filter(({ how, heading }, i) => how === "unknown" && heading.text !== "" && !isOver(parts, i));
  const absent = steps
    .filter(({ number }) => !filled.has(number))
    .map(({ number, title: of7 }): Finding => {
      const part = openedBy.get(number);
      const opened = part?.heading.text.slice(0, 60);
      const said = `step ${number}, ${of7.toLowerCase()}`;
      const silence =
        opened !== undefined
          ? `${named.has(number) ? "no sentence stands" : "nothing stands"} under \`${opened}\`, the heading of ${said}${(part?.steps.length ?? 0) > 1 ? ", on that step" : ""}`
          : asked.length === 0
            ? `no heading covers ${said}`
            : `no heading that is known covers ${said}`;
      return {
        code: "HP030",
        name: "step-missing-in-prose",
        severity: "warning",
        message: `from prose: ${of}${silence}`,
        at: placeOf(number),
        why: "an interviewer and an on-call engineer both ask about every step; the one that is skipped is the one that fails",
        fix:
          opened !== undefined
            ? "write what is decided, or what is still open"
            : `add a section on it, such as \`## ${number}. ${of7}\`${asked.length === 0 ? "" : `; if ${namesOf(asked)} is that section, give its heading a usual name`}`,
      };
    });
  const spoken = withoutBareItems(text.slice(design.start, design.end), steps);
  const whole = text.slice(design.start, design.end);
  const isSaid = ({ words, byName }: ProseTopic): boolean => words.test(byName === true ? whole : spoken);
  const findings = topics
    .filter((topic) => filled.has(topic.step) && !isSaid(topic))
    .map(
      ({ step, name, about, why, ask }): Finding => ({
        code: "HP031",
        name: `prose-without-${name}`,
        severity: "advice",
        message: `from prose: ${of}nothing is said about ${about}`,
        at: placeOf(step),
        label: `step ${step}`,
        why,
        fix: ask,
      }),
    );
  const outcomes = topics.map(
    (topic): RuleOutcome => ({
      code: "HP031",
      name: `prose-without-${topic.name}`,
      outcome: isSaid(topic) ? "pass" : "fires",
    }),
  );
  return { findings: [...absent, ...findings], outcomes };
}

/** Whether the next part stands below this one: the heading is one over others. */
function isOver(parts: readonly ProsePart[], i: number): boolean {
  const next = parts[i + 1];
  return next !== undefined && next.heading.depth > parts[i].heading.depth && next.how !== "unknown";
}

const MOST_NAMES = 4;

function namesOf(asked: readonly ProsePart[]): string {
  const names = asked.slice(0, MOST_NAMES).map(({ heading }) => `\`${heading.text.slice(0, 40)}\``);
  const rest = asked.length - names.length;
  return `${names.join(", ")}${rest > 0 ? ` or one of ${rest} more` : ""}`;
}

/** Of models, as a bullet names the one that is meant. */
const MODEL_NAME =
  /\b(?:gbdts?|gbm|xgboost|lightgbm|catboost|dlrm|dcn|bert|gpt|llama|lstm|rnn|cnn|mlp|als|svd|bm25|hnsw|faiss|resnet|clip|lambdamart|graphsage|(?:logistic|linear) regression|random forests?|gradient[- ]boost\p{L}*|decision trees?|matrix factori[sz]ation|factori[sz]ation machines?|two[- ]towers?|wide (?:and|&) deep|deep (?:and|&) cross|autoencoders?|(?:graph|convolutional|recurrent|siamese|deep) neural networks?)\b/iu;

/** A bullet that only names a heading ("A/B test", "Monitoring"), a rule, a mark that something is to come: none of them says anything. */
function isBare(line: string, steps: readonly ProseStep[]): boolean {
  const words = line.trim();
  if (words === "" || /^(?:[-*_=]\s*){3,}$/u.test(words) || /^<!--.*-->$/u.test(words)) return true;
  const item = /^(?:(?:[-*+]|\d{1,3}[.)])\s+)?(.*)$/u.exec(words)?.[1] ?? words;
  if (/^(?:\[[ x]\]\s*)?(?:todo|tbd|wip|tba|to be done|coming soon|n\/a|\.\.\.|…|-)?[\s.:!]*$/iu.test(item))
    return true;
  if (item === words || words.length > 80 || item.includes(",")) return false;
  // A name answers the question that a topic only asks.
  if (MODEL_NAME.test(item)) return false;
  const wording = readWording(item.replaceAll(/\*\*|__|`/gu, ""), steps);
  return wording.exact && wording.steps.length > 0;
}

function saysSomething(body: string, steps: readonly ProseStep[]): boolean {
  return body
    .replaceAll(/<!--[\s\S]*?-->/gu, "")
    .split(/\r\n|\n|\r/u)
    .some((line) => !isBare(line, steps));
}

/** The text without bare bullets and bare headings: naming a topic is not speaking of it. */
function withoutBareItems(text: string, steps: readonly ProseStep[]): string {
  const lines = text.split(/\r\n|\n|\r/u);
  return lines
    .filter((line, i) => {
      if (!isBare(line, steps)) return true;
      // An item with others below it opens them.
      const indent = (one: string): number => /^\s*/u.exec(one)?.[0].length ?? 0;
      const next = lines[i + 1] ?? "";
      return next.trim() !== "" && indent(next) > indent(line) && !isBare(next, steps);
    })
    .join("\n");
}
