/** Writes into docs/practice.md how well the interview's ear hears: precision and recall of both halves of its sentences. */

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

/** Sets that were measured once and then opened, with what that measure gave. */
export const unsealedSchema = z.array(
  z.strictObject({
    file: z.string(),
    name: z.string(),
    /** The day of its first measure. */
    unsealed: z.iso.date(),
    first: z.strictObject({ sentences: z.int(), due: z.int(), given: z.int(), right: z.int() }),
  }),
);

/** The sentences of a file, such as `first-half`. */
function readSentences(file: string): EarSentences {
  return sentencesSchema.parse(parse(readFileSync(`test/interview-ear/${file}.yaml`, "utf8")));
}

function table(): readonly string[] {
  const halves = ["first-half", "second-half"].map((half) => hearSentences(readSentences(half), readProblem));
  const [seen, unseen] = halves.map(measureEar);
  const opened = unsealedSchema
    .parse(parse(readFileSync("test/interview-ear/unsealed.yaml", "utf8")))
    .map((set) => ({ ...set, today: measureEar(hearSentences(readSentences(set.file), readProblem)) }));
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
    ...opened.flatMap(({ name, unsealed, first, today }) => [
      row(`${name}, at its only blind measure, ${unsealed}`, {
        ...first,
        precision: first.given === 0 ? 1 : first.right / first.given,
        recall: first.due === 0 ? 1 : first.right / first.due,
      }),
      row(`${name}, seen since, today`, today),
    ]),
    "",
    `Wrong credits for what deserves none or less, in the two halves: ${nothing.join("; ")}. Kinds: ${SENTENCE_KINDS.join(", ")}.`,
    "",
  ];
}
