/** Writes into docs/practice.md how well the interview's ear hears: precision and recall of both halves of its sentences and of each further set. */

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { readProblem } from "../src/node/problem-files.ts";
import {
  type EarMeasure,
  type EarSentences,
  hearSentences,
  measureEar,
  SENTENCE_KINDS,
  sentencesSchema,
} from "../src/practice/interview/measure-ear.ts";
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

function table(): readonly string[] {
  const halves = ["first-half", "second-half"].map((half) => hearSentences(readSentences(half), readProblem));
  const [seen, unseen] = halves.map(measureEar);
  const further = readFurtherSets().map((set) => ({
    ...set,
    today: measureEar(hearSentences(readSentences(set.file), readProblem)),
  }));
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
  ];
}
