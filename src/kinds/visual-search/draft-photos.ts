/** The note that is drafted from a look at photos. */

import { fileName } from "../../core/file-name.ts";
import { formatNumber } from "../../core/format-figure.ts";
import { plural } from "../../core/plural.ts";
import type { DraftOptions } from "../../steps/3-data/profile/draft-options.ts";
import { ASKED, MARKS } from "../../steps/3-data/profile/drafted-marks.ts";
import { meanText } from "../../steps/3-data/profile/mean-text.ts";
import { quoted } from "../../steps/3-data/profile/note-words.ts";
import type { LeftOut } from "./folder-photos.ts";
import type { PhotosLook } from "./look-at-photos.ts";

/** Of fewer photos a class, no figure of it says much. */
const FEW = 20;
/** The side that photos are decoded to where the note says none; IDX files have their own. */
const USUAL_SIDE = 64;
const IDX_SIDE = 28;
/** Pixels that the proposed training reads in all: some minutes on two cores. */
const PIXELS_READ = 3e8;
const PASSES = { fewest: 2, most: 12 } as const;

const LEFT_OUT = "left out: ";
const isLeftOut = ({ what }: LeftOut): boolean => what.startsWith(LEFT_OUT);
const reasonOf = (what: string): string => what.slice(LEFT_OUT.length);

/** What only a person knows of photos. */
export function photoQuestions({ form, classes, columns, parts, leftOut }: PhotosLook): readonly string[] {
  const few = classes.filter(([, photos]) => photos < FEW).map(([name, photos]) => `${name} (${photos})`);
  const isOwnItem = columns?.item === undefined || columns.item === null;
  return [
    ...(isOwnItem
      ? [
          `Which photos show one and the same thing? ${form === "list" ? "The list" : form === "idx" ? "An IDX file" : "A folder of classes"} does not say, so each counts as an item by itself${parts.length === 0 ? ": two photos of one thing may stand on both sides of the split, and finding the other is no search. A list with a column `item` keeps them together." : "; whether the parts that the data gives keep them together, it does not say either."}`,
        ]
      : []),
    "Is anything of the same class what a searcher wants, or only the very same product? The draft counts every photo of the class as found.",
    ...(few.length === 0
      ? []
      : [
          `Are there more photos of ${few.slice(0, 5).join(", ")}${few.length > 5 ? ` and ${few.length - 5} more classes` : ""}? Of fewer than ${FEW} a class no figure of it says much.`,
        ]),
    ...leftOut
      .filter(isLeftOut)
      .map(
        ({ count, unit = "photo", what, example }) =>
          `Shall ${plural(count, unit)} stay out (${reasonOf(what)}), such as ${example}?`,
      ),
    "What should get better, by how much, and what is there today that it has to beat?",
    "Do the photos, or those that people will send, show people? On what legal basis, and how long may they be kept?",
  ];
}

/** The note. */
export function draftPhotos(look: PhotosLook, { title, date, relative }: DraftOptions): string {
  const { path, form, photos, classes, columns, items, parts, leftOut } = look;
  const item = columns?.item ?? undefined;
  const shown = classes.slice(0, 12).map(([name, count]) => `${name}: ${formatNumber(count)}`);
  const all = `${shown.join(", ")}${classes.length > shown.length ? ` and ${classes.length - shown.length} more` : ""}`;
  const side = form === "idx" ? IDX_SIDE : USUAL_SIDE;
  const passes = Math.round(PIXELS_READ / (photos * side * side));
  const epochs = Math.min(PASSES.most, Math.max(PASSES.fewest, passes));
  // No column is read as the item unasked, whatever its name; the others have a usual one.
  const named = Object.entries(columns ?? {}).filter(
    ([meaning, name]) => name !== null && (meaning === "item" || meaning !== name),
  );
  const mapped = named.map(([meaning, name]) => `${meaning}: ${quoted(String(name))}`).join(", ");
  const split =
    parts.includes("train") && parts.includes("test")
      ? parts.includes("validation")
        ? "split: { by: given }   # measured: the data names its parts"
        : "split: { by: given, validation: 10% }   # measured: the data names its parts; validation is dealt from the photos to train on"
      : `split: { by: group${item === undefined ? "" : `, group: ${quoted(item)}`}, validation: 10%, test: 20% }   # proposed: items, and photos that look the same, stay on one side`;
  const out = leftOut
    .filter(isLeftOut)
    .map(({ count, unit = "photo", what }) => `${plural(count, unit)} (${reasonOf(what)})`)
    .join(", ");
  return `---
heptad: 1
title: ${quoted(title)}
system: visual-search
date: ${date}
---

# ${title}

Drafted from ${fileName(path)}: ${formatNumber(photos)} photos of ${plural(classes.length, "class", "classes")} (${all}). Facts are marked
${MARKS} No photo was decoded yet: the run
says which are broken.${out === "" ? "" : ` Left out: ${out}.`}

What the data cannot answer:

${photoQuestions(look)
  .map((question, at) => `${at + 1}. ${question}`)
  .join("\n")}

## 1. Clarify requirements and goals

\`\`\`yaml
# goal: what should get better, and for whom   # asked
items: { count: ${items ?? photos} }   # measured: ${items === undefined ? "each photo an item by itself" : `different values of \`${item}\``}
labels: { explicit: [same class], count: ${photos} }   # measured: photos whose class is said
\`\`\`

## 2. Frame the ML problem

\`\`\`yaml
task: retrieval   # proposed
predict: photos of the same class   # ${ASKED}
label: { event: same class }   # ${ASKED}
output: rank   # proposed
slots: 10   # proposed
baseline: { rule: nearest small pixels, metric: ndcg@10 }   # proposed
metrics: { offline: [ndcg@10, hit rate@1] }   # proposed
\`\`\`

## 3. Data engineering and feature pipeline

\`\`\`yaml
source: { format: images, path: ${quoted(relative(path))}${mapped === "" ? "" : `, columns: { ${mapped} }`} }   # measured
time: none   # measured: photos without moments
entities: [{ key: ${quoted(item ?? "photo")}, rows: ${items === undefined ? 1 : meanText(photos / items)} }]   # measured: ${items === undefined ? "each photo an item by itself" : "photos of one item"}
${split}
\`\`\`

## 4. Model selection and architecture

\`\`\`yaml
stages:   # proposed; \`epochs\` so that training takes minutes, not hours
  - { name: embedding, kind: filter, model: cnn, dimensions: 64, width: 8, epochs: ${epochs}, batch: 32 }
  - { name: retrieval, kind: retrieval, dimensions: 64, index: { type: hnsw, m: 16, ef-construction: 200, ef-search: 128 }, keep: 10 }
\`\`\`

## 5. Training, offline evaluation and optimization

\`\`\`yaml
seed: 7   # proposed
\`\`\`
`;
}
