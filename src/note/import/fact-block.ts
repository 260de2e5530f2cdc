/** Writes proposed facts as the YAML of a section: each with the line it came from, none of them twice. */

import { writeValue } from "../../design/set-fact.ts";
import { plural } from "../../review/words.ts";
import type { Proposal, ProposalPlace, Remark } from "./proposal.ts";
import type { ReadQuestion } from "./read-questions.ts";

const MOST_REMARKS = 20;

/** The lines between the fences; none where nothing was read. Of two values for one fact the first stands and the other is said. */
export function factLines(
  proposals: readonly Proposal[],
  remarks: readonly Remark[],
  questions: readonly ReadQuestion[],
  /** Of several files a line is found by its file's name. */
  ofSeveralFiles = false,
): string[] {
  const from = (place: ProposalPlace): string => saidOf(place, ofSeveralFiles);
  const tree = new Map<string, Proposal[]>();
  const said: string[] = [];
  const taken = new Map<string, Proposal>();
  for (const one of proposals) {
    const isItem = one.path.at(-1) === "-";
    const key = `${one.path.join(".")}${isItem ? one.value : ""}`;
    const first = taken.get(key);
    if (first !== undefined) {
      if (first.value !== one.value) said.push(`# also read, ${from(one.at)}: ${one.path.join(".")} as ${one.value}`);
      continue;
    }
    taken.set(key, one);
    const [top] = one.path;
    tree.set(top, [...(tree.get(top) ?? []), one]);
  }
  const facts = [...tree.values()].flatMap((under) => block(under, from));
  const asked = questions.length === 0 ? [] : ["questions:", ...questions.map((one) => questionLine(one, from))];
  const written = (some: readonly Remark[]): string[] => [
    ...new Set(some.map(({ says, at }) => `# ${says}   (${from(at)})`)),
  ];
  const numbers = written(remarks.filter(({ isNumber }) => isNumber === true));
  const noted = written(remarks.filter(({ isNumber }) => isNumber !== true));
  const more = noted.length - MOST_REMARKS;
  return [
    ...facts,
    ...asked,
    ...said,
    ...numbers,
    ...noted.slice(0, MOST_REMARKS),
    ...(more > 0 ? [`# and ${plural(more, "more remark")} of this kind`] : []),
  ];
}

/** All facts below one key. */
function block(under: readonly Proposal[], from: (place: ProposalPlace) => string): string[] {
  const [first] = under;
  const [top, second, third] = first.path;
  if (second === undefined) return [`${top}: ${first.value}   # proposed, ${from(first.at)}`];
  if (second === "-") return [`${top}:`, ...under.map((one) => `  - ${item(one)}   # proposed, ${from(one.at)}`)];
  if (third === "-") {
    const keys = [...new Set(under.map(({ path }) => path[1]))];
    const lists = keys.flatMap((key) => [
      `  ${key}:`,
      ...under.filter(({ path }) => path[1] === key).map((one) => `    - ${item(one)}   # proposed, ${from(one.at)}`),
    ]);
    return [`${top}:`, ...lists];
  }
  return [`${top}:`, ...under.map((one) => `  ${one.path[1]}: ${one.value}   # proposed, ${from(one.at)}`)];
}

function item({ path, value }: Proposal): string {
  return path[0] === "stages"
    ? `{ name: ${STAGE_NAMES.get(value) ?? "scoring"}, model: ${writeValue(value)} }`
    : writeValue(value);
}

/** The stage that a model usually is; the place is proposed with the model. */
const STAGE_NAMES: ReadonlyMap<string, string> = new Map([
  ["two-tower", "candidates"],
  ["als", "candidates"],
  ["ease", "candidates"],
  ["item-knn", "candidates"],
]);

function questionLine({ ask, answer, line }: ReadQuestion, from: (place: ProposalPlace) => string): string {
  const answered = answer === undefined ? "status: open" : `answer: ${JSON.stringify(answer)}`;
  return `  - { ask: ${JSON.stringify(ask)}, ${answered} }   # proposed, ${from(line.place)}`;
}

/** `line 12: "10M DAU"`, on one line and without anything that ends a fence or a comment. */
function saidOf({ file, line, quote }: ProposalPlace, withFile: boolean): string {
  const words = onOneLine(quote);
  const name = withFile ? `${onOneLine(file.split(/[\\/]/u).at(-1) ?? file)} ` : "";
  return `${name}line ${line}: "${words.length > 80 ? `${words.slice(0, 79)}…` : words}"`;
}

function onOneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .replaceAll("```", "'''")
    .trim();
}
