/** Writes into docs/practice.md how well the interview's ear hears: precision and recall of both halves of its sentences. */

import { readFileSync } from "node:fs";
import { parse } from "yaml";
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

/** The sentences of a half, `first` or `second`. */
function readHalf(half: string): EarSentences {
  return sentencesSchema.parse(parse(readFileSync(`test/interview-ear/${half}-half.yaml`, "utf8")));
}

function table(): readonly string[] {
  const halves = ["first", "second"].map((half) => hearSentences(readHalf(half), readProblem));
  const [seen, unseen] = halves.map(measureEar);
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
    "",
    `Wrong credits for what deserves none or less, in the two halves: ${nothing.join("; ")}. Kinds: ${SENTENCE_KINDS.join(", ")}.`,
    "",
  ];
}
