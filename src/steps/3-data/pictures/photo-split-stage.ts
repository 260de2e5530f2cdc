/** The stage that divides photos: items stay whole, near-duplicates are found and brought to one side; or photo by photo, as a note may write. */

import { capital } from "../../../core/capital.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { FIGURES_TOO_HIGH } from "../../../system/run-summary.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { DataFacts } from "../schema.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { PARTS, splitItems, splitPhotos, withValidation } from "./split-items.ts";
import { givenPartsFromStored, namesFromStored, PICTURES_STAGE, picturesFromStored } from "./stored-pictures.ts";

export const PHOTO_SPLIT_STAGE = "split";

interface PhotoSplitPlan {
  readonly validation: number;
  readonly test: number;
  /** Items are drawn, or photos for themselves whatever item they show, or the data says each photo's part. */
  readonly how: "by item" | "by photo" | "given";
}

const USUAL = { validation: 0.1, test: 0.2 };

/** `split: { by: random }` draws photos, `given` takes the data's word; anything else draws items. */
export function photoSplitStage({ split }: DataFacts): Stage {
  const share = (written: { readonly value: number } | undefined, usual: number): number =>
    written !== undefined && written.value > 0 && written.value < 0.5 ? written.value : usual;
  return stage<PhotoSplitPlan>({
    name: PHOTO_SPLIT_STAGE,
    step: 3,
    title: "dividing the photos",
    inputs: [PICTURES_STAGE],
    data: NO_FILES,
    plan: {
      validation: share(split?.validation, USUAL.validation),
      test: share(split?.test, USUAL.test),
      how: split?.by === "given" ? "given" : split?.by?.startsWith("random") === true ? "by photo" : "by item",
    },
    run: divide,
  });
}

/** Where each photo stands, and which photos belong together. */
export interface StoredSplit {
  readonly part: Uint8Array;
  readonly group: Int32Array;
  rowsOf(part: (typeof PARTS)[number]): Int32Array;
}

export function splitFromStored({ arrays }: Pick<StageResult, "arrays">): StoredSplit {
  const table = { rows: 0, columns: new Map(Object.entries(arrays)) };
  const part = Uint8Array.from(numbers(table, "part"));
  const rows = Int32Array.from(part.keys());
  return {
    part,
    group: Int32Array.from(numbers(table, "group")),
    rowsOf: (name) => rows.filter((row) => part[row] === PARTS.indexOf(name)),
  };
}

/** Above this many photos, pairs are no longer compared one by one. */
const MOST_COMPARED = 30_000;

async function divide(plan: PhotoSplitPlan, { input, random, environment }: StageContext): Promise<StageResult> {
  const stored = await input(PICTURES_STAGE);
  const { set, item, label, classes } = picturesFromStored(stored);
  const isCompared = set.count <= MOST_COMPARED;
  environment.progress("looking for near-duplicates");
  const { pairs } = isCompared ? nearDuplicates(set) : { pairs: [] };
  const foreign = pairs.filter(([a, b]) => item[a] !== item[b]);
  const contrary = pairs.filter(([a, b]) => label[a] !== label[b]);
  const honest = splitItems(item, foreign, plan, random.fork("sides"));
  const isWritten = plan.how !== "by item";
  const part =
    plan.how === "given"
      ? withValidation(givenParts(stored), item, plan.validation, random.fork("validation"))
      : isWritten
        ? splitPhotos(set.count, plan, random.fork("photos"))
        : honest.part;
  const group = plan.how === "by photo" ? Int32Array.from(part.keys()) : plan.how === "given" ? item : honest.group;
  const torn = isWritten ? tornItems(item, part) : 0;
  const across = isWritten ? foreign.filter(([a, b]) => part[a] !== part[b]).length : honest.across;
  const knowsItems = new Set(item).size < set.count;
  const add = (name: string, value: number, unit: string, note = ""): Figure =>
    figure({ step: 3, name, subject: "split", value, unit, note });
  const counts = PARTS.map((_, side) => part.reduce((sum, own) => sum + (own === side ? 1 : 0), 0));
  const [trained, , tested] = counts;
  if (trained === 0 || tested === 0)
    throw nothingLeft(tested === 0 ? "test on" : "train on", set.count, foreign.length);
  return stageResult({
    arrays: { part, group },
    figures: [
      ...PARTS.map((name, side) => add(`${name} photos`, counts[side], "photos")),
      ...(isCompared
        ? [
            add(
              "near-duplicate pairs",
              foreign.length,
              "pairs",
              `of photos${knowsItems ? " of different items" : ""}: 64-bit perceptual hash within 6 bits, pixels within 12 of 255`,
            ),
            add(
              "near-duplicate pairs across the split",
              across,
              "pairs",
              isWritten ? "left where they are, as the note is written" : "before they were brought to one side",
            ),
            add("near-duplicate pairs of two classes", contrary.length, "pairs", "one look, two labels"),
            add("photos moved", isWritten ? 0 : honest.moved, "photos"),
          ]
        : []),
      ...(isWritten && knowsItems ? [add("items on both sides", torn, "items")] : []),
    ],
    remarks: [
      ...splitRemarks(plan, {
        counts,
        pairs: foreign.length,
        across,
        moved: honest.moved,
        torn,
        isCompared,
        knowsItems,
      }),
      ...contraryRemark(contrary, { names: namesFromStored(stored), label, classes }),
    ],
  });
}

function nothingLeft(what: string, photos: number, pairs: number): FailureError {
  return new FailureError({
    code: "no-photos-left",
    message: `of ${formatNumber(photos)} photos none is left to ${what}${pairs === 0 ? "" : `: ${formatNumber(pairs)} pairs look the same, and what looks the same stands on one side`}`,
    where: "3.split",
    fix:
      pairs === 0
        ? "give more photos, or a larger share to `test`"
        : "give photos that differ more; or let the data say the parts: `split: { by: given }`",
  });
}

interface LabelledPhotos {
  readonly names: readonly string[];
  readonly label: Int32Array;
  readonly classes: readonly string[];
}

/** One look under two classes: of the two labels a search can satisfy one. */
function contraryRemark(
  pairs: readonly (readonly [number, number])[],
  { names, label, classes }: LabelledPhotos,
): Remark[] {
  const [first] = pairs;
  if (first === undefined) return [];
  const [one, other] = first.map((row) => `${names[row]} as \`${classes[label[row]]}\``);
  const stand =
    pairs.length === 1 ? "pair of photos looks the same and bears" : "pairs of photos look the same and bear";
  return [
    {
      kind: "warning",
      text: `${formatNumber(pairs.length)} ${stand} two classes, such as ${one} and ${other}: where that is one photo, one of its labels is wrong, and whatever a search answers is counted wrong for one of them.`,
    },
  ];
}

interface SplitCounts {
  readonly counts: readonly number[];
  readonly pairs: number;
  readonly across: number;
  readonly moved: number;
  readonly torn: number;
  readonly isCompared: boolean;
  /** Whether any two photos are said to show the same item. */
  readonly knowsItems: boolean;
}

function splitRemarks(
  { how }: PhotoSplitPlan,
  { counts, pairs, across, moved, torn, isCompared, knowsItems }: SplitCounts,
): Remark[] {
  const sizes = `${counts.map(formatNumber).join(", ")} photos to train, choose and test on`;
  const duplicates = isCompared
    ? `${formatNumber(pairs)} pairs of photos${knowsItems ? " of different items" : ""} look the same; ${formatNumber(across)} of them would have stood across the split, so ${formatNumber(moved)} photos were moved.`
    : NOT_COMPARED;
  if (how !== "by item")
    return [
      // Graver than that the world is simulated: the run's own figures are those of the leak.
      ...(torn === 0
        ? []
        : [
            {
              kind: "doubt" as const,
              rank: -1,
              short: FIGURES_TOO_HIGH,
              text: `${formatNumber(torn)} items have photos on both sides of the split, as the note writes it.`,
            },
          ]),
      how === "given"
        ? givenRemark(sizes, { torn, across, isCompared, knowsItems })
        : {
            kind: "warning",
            text: `${sizes}, drawn photo by photo as the note says: ${knowsItems ? `${formatNumber(torn)} items have photos on both sides` : UNKNOWN_ITEMS}, and ${formatNumber(across)} near-duplicate pairs stand across. A search that finds the same item again is counted as right, so the figures below can be too high; \`split: { by: group }\` keeps items whole.`,
          },
    ];
  if (knowsItems) return [{ kind: "answer", text: `${sizes}; all photos of an item on one side. ${duplicates}` }];
  return [
    { kind: "answer", text: `${sizes}, each drawn for itself. ${duplicates}` },
    {
      kind: "doubt",
      rank: 8,
      short: "That no item stands on both sides",
      text: `${capital(UNKNOWN_ITEMS)}: two of one item may stand on both sides, and the figures can then be too high. A list of photos with a column of items says it.`,
    },
  ];
}

const NOT_COMPARED = `With more than ${formatNumber(MOST_COMPARED)} photos, near-duplicates were not looked for.`;

const UNKNOWN_ITEMS = "the data does not say which photos show the same item";

function givenRemark(
  sizes: string,
  { torn, across, isCompared, knowsItems }: Pick<SplitCounts, "torn" | "across" | "isCompared" | "knowsItems">,
): Remark {
  const text = `${sizes}, as the data says.`;
  const twins = isCompared
    ? `${formatNumber(across)} near-duplicate pairs stand across it, and were left there.`
    : NOT_COMPARED;
  if (torn === 0 && across === 0) return { kind: "answer", text: `${text} ${twins}` };
  return {
    kind: "warning",
    text: `${text} ${knowsItems ? `${formatNumber(torn)} items have photos on both sides` : capital(UNKNOWN_ITEMS)}. ${twins} What is found in the test may have been trained on, so the figures below can be too high.`,
  };
}

/** The data's own parts. Throws where photos were read without them: a fault of the caller. */
function givenParts(stored: Pick<StageResult, "arrays">): Uint8Array {
  const given = givenPartsFromStored(stored);
  if (given === null) throw new Error("the data says no parts");
  return given;
}

function tornItems(item: Int32Array, part: Uint8Array): number {
  const sides = new Map<number, Set<number>>();
  for (const [row, one] of item.entries()) sides.set(one, (sides.get(one) ?? new Set()).add(part[row]));
  return [...sides.values()].filter(({ size }) => size > 1).length;
}
