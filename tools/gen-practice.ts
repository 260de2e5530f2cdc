/** Writes into docs/practice.md how well the interview's ear hears: precision and recall of both halves of its sentences and of each further set. */

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { readProblem } from "../src/node/problem-files.ts";
import {
  type EarMeasure,
  type EarResult,
  type EarSentences,
  hearSentences,
  measureEar,
  measureEmptySpeech,
  SENTENCE_KINDS,
  sentencesSchema,
} from "../src/practice/interview/measure-ear.ts";
import { wilsonInterval } from "../src/steps/6-deploy/experiment/proportion-interval.ts";
import type { Generated } from "./generated.ts";

const PAGE = "docs/practice.md";
const START = "<!-- the ear: generated -->";
const END = "<!-- end of the ear -->";

export function generatePractice(): Generated[] {
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${PAGE} has no place for the ear: ${START} … ${END}`);
  return [{ path: PAGE, text: `${before}${START}\n${table().join("\n")}\n${END}${after}` }];
}

/** Sets beyond the two halves, with what their one blind measure gave. */
const furtherSetsSchema = z.array(
  z.strictObject({
    file: z.string(),
    name: z.string(),
    /** The day of its first measure. */
    measured: z.iso.date(),
    /** Whether its sentences were looked at since, so that the reader may have been mended for them. */
    opened: z.boolean(),
    first: z.strictObject({ sentences: z.int(), due: z.int(), given: z.int(), right: z.int() }),
  }),
);

/** The sets that test/interview-ear/further-sets.yaml lists, in its order. */
export function readFurtherSets(): z.output<typeof furtherSetsSchema> {
  return furtherSetsSchema.parse(parse(readFileSync("test/interview-ear/further-sets.yaml", "utf8")));
}

/** The sentences of a file, such as `first-half`. */
function readSentences(file: string): EarSentences {
  return sentencesSchema.parse(parse(readFileSync(`test/interview-ear/${file}.yaml`, "utf8")));
}

/** `43 of 55; 0.66 to 0.87`: with Wilson's interval. */
function shareOf(successes: number, n: number): string {
  const [low, high] = wilsonInterval({ n, successes });
  return `${(n === 0 ? 1 : successes / n).toFixed(2)} (${successes} of ${n}; ${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function unseenSentence(name: string, heard: readonly EarResult[], { right, given, due }: EarMeasure): string {
  const small = heard.filter(({ due: deserved, kind }) => deserved.length === 0 || kind === "half");
  const wrong = small.filter((one) => one.given.some((point) => !one.due.includes(point))).length;
  return `Unseen, the ${name} today: precision ${shareOf(right, given)}, recall ${shareOf(right, due)}, with Wilson's 95 % intervals; of the ${small.length} sentences that deserve nothing or half a point, ${wrong} got credit.`;
}

function emptySentence(results: readonly EarResult[]): string {
  const { sentences, earned, points } = measureEmptySpeech(results, readProblem);
  return `All ${sentences} sentences of the other sets that deserve nothing, said one after another, earn ${earned} of the ${points} points: neighbouring sentences may meet a point that neither says.`;
}

function table(): readonly string[] {
  const halves = ["first-half", "second-half"].map((half) => hearSentences(readSentences(half), readProblem));
  const [seen, unseen] = halves.map(measureEar);
  const further = readFurtherSets().map((set) => {
    const heard = hearSentences(readSentences(set.file), readProblem);
    return { ...set, heard, today: measureEar(heard) };
  });
  const row = (name: string, { sentences, given, due, right, precision, recall }: EarMeasure): string =>
    `| ${name} | ${sentences} | ${due} | ${given} | ${right} | ${precision.toFixed(2)} | ${recall.toFixed(2)} |`;
  const nothing = ["negated", "list", "vague", "half"].map((kind) => {
    const own = halves.map((half) => measureEar(half.filter((one) => one.kind === kind)));
    return `${kind} ${own.map(({ sentences, given, right }) => `${given - right} of ${sentences}`).join(" and ")}`;
  });
  return [
    "",
    "| half | sentences | credit due | given | rightly | precision | recall |",
    "|---|---|---|---|---|---|---|",
    row("seen while the reader was made", seen),
    row("sealed", unseen),
    ...further.flatMap(({ name, measured, opened, first, today }) => [
      row(`${name}, at its only blind measure, ${measured}`, {
        ...first,
        precision: first.given === 0 ? 1 : first.right / first.given,
        recall: first.due === 0 ? 1 : first.right / first.due,
      }),
      row(`${name}, ${opened ? "seen since" : "still sealed"}, today`, today),
    ]),
    "",
    `Wrong credits for what deserves none or less, in the two halves: ${nothing.join("; ")}. Kinds: ${SENTENCE_KINDS.join(", ")}.`,
    "",
    ...further
      .filter(({ opened }) => !opened)
      .flatMap(({ name, heard, today }) => [unseenSentence(name, heard, today), ""]),
    emptySentence([...halves.flat(), ...further.flatMap(({ opened, heard }) => (opened ? heard : []))]),
    "",
  ];
}
