/** What the figures of a search by photo say: the verdict, the choice, siblings that answer, the class that is found worst. */

import type { Figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { compareSystems } from "../../../core/verdict.ts";
import type { Remark } from "../../../system/stage.ts";
import type { PhotoSubject } from "../../4-model/convolution/photo-vectors-stage.ts";
import type { SimilarityMeasure } from "./similarity-measures.ts";
import { PLAIN_SEARCHES, type PlainSearch } from "./stated-search.ts";

/** Items of a class below which its figure is chance and no advice. */
const TOLD = 5;

interface Told {
  readonly headline: SimilarityMeasure;
  readonly baseline: PhotoSubject;
  /** The plain search that the note names; null where it names none. */
  readonly stated: PlainSearch | null;
  readonly chosen: PhotoSubject;
  readonly validated: ReadonlyMap<PhotoSubject, number>;
  readonly queries: number;
  readonly classes: readonly Figure[];
  readonly byPhoto: boolean;
  readonly leak: Figure | undefined;
}

export function similarityRemarks(
  figures: readonly Figure[],
  { headline, baseline, stated, chosen, validated, queries, classes, byPhoto, leak }: Told,
): Remark[] {
  const of = (subject: string, against?: string): Figure | undefined =>
    figures.find((one) => one.name === headline.name && one.subject === subject && one.against === against);
  const [own, plain, gain] = [of("network"), of(baseline), of("network", baseline)];
  if (own === undefined || plain === undefined || gain === undefined) return [];
  const { verdict } = compareSystems(gain);
  // A class is worse than the mean of all where its whole interval is: of a few classes one always comes last.
  const worst = classes
    .filter(({ n, interval }) => (n ?? 0) >= TOLD && interval !== null && interval[1] < own.value)
    .sort((a, b) => a.value - b.value)
    .at(0);
  // What was not chosen before the test has not won, whatever the test shows: the ledger says so too.
  const words =
    chosen === baseline
      ? validated.size === 0
        ? "Nothing was held against the baseline before the test; on it the network stands beside"
        : "The network was not chosen: on validation photos it did not beat"
      : verdict === "better"
        ? "The network beats"
        : verdict === "worse"
          ? "The network loses to"
          : "The network is not told apart from";
  const named =
    stated !== null
      ? "the note's baseline"
      : `${validated.size === 0 ? "the simplest" : "the better on validation photos"} of the two plain searches, since the note names neither`;
  const above = PLAIN_SEARCHES.flatMap((one) => {
    const level = one === baseline ? undefined : of(one)?.value;
    return level !== undefined && level > own.value
      ? [`${one} stands above it there, at ${formatNumber(level, 3)}`]
      : [];
  });
  return [
    {
      kind: "answer",
      text: `${words} ${baseline}, ${named}${chosen === baseline ? "; on the test" : ""}: ${headline.name} ${formatNumber(own.value, 3)} against ${formatNumber(plain.value, 3)} on ${formatNumber(queries)} test photos, difference ${formatNumber(gain.value, 3)}${gain.interval === null ? "" : `, 95% interval ${gain.interval.map((end) => formatNumber(end, 3)).join(" to ")}`}${above.map((one) => `; ${one}`).join("")}.`,
    },
    {
      kind: "answer",
      text: `${validated.size === 0 ? "No validation photo has another of its class, so nothing could be chosen on them" : `Best on validation photos, of the network and the plain searches: ${chosen}; ${headline.name} there: ${Array.from(validated, ([subject, value]) => `${subject} ${formatNumber(value, 3)}`).join(", ")}`}. ${byPhoto ? "Each photo stands for itself" : "Photos that are known to show one item never answer each other"}.`,
    },
    ...(leak === undefined
      ? []
      : [
          {
            kind: "warning" as const,
            text: `${headline.name} of the network is ${formatNumber(own.value, 3)} as the split is written, and ${formatNumber(leak.value, 3)} once photos of the same item may not answer; what training on their siblings adds is still in both`,
          },
        ]),
    ...(worst === undefined
      ? []
      : [
          {
            kind: "next" as const,
            short: `Look at the photos of ${worst.slice}`,
            text: `Of the classes that can be told it is found worst: ${headline.name} ${formatNumber(worst.value, 3)} [${(worst.interval ?? []).map((end) => formatNumber(end, 3)).join(", ")}] on ${formatNumber(worst.n ?? 0)} items, ${formatNumber(own.value, 3)} over all.`,
          },
        ]),
  ];
}

/** Photos are sliced by their class alone: a part that the note wants reported apart and that is none is named, and not left out without a word. */
export function unmadeSlicesRemark(slices: readonly string[], classes: readonly string[]): Remark[] {
  const known = new Set(classes.map((name) => name.toLowerCase()));
  const unmade = slices.filter((name) => !known.has(name.trim().toLowerCase()));
  if (unmade.length === 0) return [];
  const [is, it] = unmade.length === 1 ? ["is", "it"] : ["are", "they"];
  return [
    {
      kind: "warning",
      text: `Of the note's slices ${unmade.map((name) => `\`${name}\``).join(", ")} ${is} not measured: a run tells photos apart by their class alone, and no class is called what ${it} ${is}.`,
    },
  ];
}

/** Classes that the table of classes passes over: none of their photos asked, so nothing is known of them. */
export function unseenClassesRemark(
  classes: readonly string[],
  test: Int32Array,
  queries: Int32Array,
  label: Int32Array,
): Remark[] {
  const tested = new Set(test.map((row) => label[row]));
  const asked = new Set(queries.map((row) => label[row]));
  const unseen = classes.filter((_, one) => !asked.has(one));
  if (unseen.length === 0 || asked.size === 0) return [];
  const absent = unseen.filter((name) => !tested.has(classes.indexOf(name)));
  const why =
    absent.length === unseen.length
      ? "has no photo in the test"
      : absent.length === 0
        ? "has test photos, none of which was asked about: nothing could answer them, or chance drew others"
        : "has no test photo that was asked about";
  return [
    {
      kind: "warning",
      text: `How well ${namedClasses(unseen)} found is not known: ${unseen.length === 1 ? "it" : "each"} ${why}, and the figures by class are of the other ${formatNumber(classes.length - unseen.length)}.`,
    },
  ];
}

/** So many are named, and the rest counted. */
const MOST_NAMED = 8;

function namedClasses(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${formatNumber(rest)} more`] : shown;
  const list = all.length === 1 ? all[0] : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  return `${list} ${names.length === 1 ? "is" : "are"}`;
}

/** Photos that are not asked, because nothing could be a right answer. */
export function unaskedRemark(unasked: number, all: number): Remark[] {
  if (unasked === 0) return [];
  const none = unasked === all ? ": nothing was measured on them" : "";
  return [
    {
      kind: "warning",
      text: `${formatNumber(unasked)} of ${formatNumber(all)} test photos ${unasked === 1 ? "has" : "have"} no other of their class by another item, so no search could answer them${none === "" ? "; they are left out" : none}`,
    },
  ];
}
