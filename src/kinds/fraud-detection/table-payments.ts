/** Payments as a plain table: entities are those that the note names, none, one or several, and any column is a feature. */

import { pluralOf } from "../../core/plural.ts";
import { declaredFeatures, type FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import type { DataFacts } from "../../steps/3-data/schema.ts";
import type { ScoredWords } from "../../steps/3-data/scored-task.ts";
import { caseTableOf, namesIn } from "../../steps/3-data/sources/scored-table-facts.ts";
import type { ScoredReading } from "../../steps/3-data/sources/scored-table-stage.ts";
import type { SlicedShape } from "../../steps/5-evaluate/protocols/case-slices.ts";
import type { Design } from "../../steps/design.ts";
import { PAYMENT_WORDS } from "./transactions.ts";

const AMOUNT = "amount";
const CARD_COLUMNS = ["customer", "terminal", AMOUNT, "fraud", "id", "time"];
const CARD_VALUES = [AMOUNT, "weekend", "night"];

/**
 * Whether the payments are of cards at terminals and all is known of them at once, as the rings, the drills and the served state of a fraud run
 * take them. Every other table of payments is read by its own columns.
 */
export function areCardPayments({ source = { format: "simulated" }, ...facts }: DataFacts): boolean {
  if (source.format === "simulated" || source.format === "handbook-fraud") return true;
  if (source.known !== undefined) return false;
  const { entities, values } = namesIn(declaredFeatures(facts), PAYMENT_WORDS);
  const isOfCards =
    entities.every((name) => CARD_COLUMNS.includes(name)) && values.every((name) => CARD_VALUES.includes(name));
  if (!isOfCards) return false;
  const { columns } = source;
  if (columns === undefined) return true;
  // A note that maps columns and leaves out who paid or where says that the table does not have it, unless a feature is about it.
  return (
    Object.keys(columns).every((meaning) => CARD_COLUMNS.includes(meaning)) &&
    ["customer", "terminal"].every((party) => columns[party] !== undefined || entities.includes(party))
  );
}

/** The table, and the words for it. Throws a `FailureError` where the facts do not name one. */
export function tablePayments(
  { data, clarify }: Pick<Design, "data" | "clarify">,
  locate: (path: string) => string,
): { readonly reading: ScoredReading; readonly written: readonly FeatureDeclaration[]; readonly shape: SlicedShape } {
  const delay = clarify.labels?.delay?.value ?? 0;
  // A value that turns out to be a word is made of labels, and waits for them as the others do.
  const written = declaredFeatures(data).map((one) =>
    one.aggregate.kind === "value" ? { ...one, delay: Math.max(one.delay, delay) } : one,
  );
  const table = caseTableOf(data, written, PAYMENT_WORDS, locate);
  const { summed, values } = namesIn(written, PAYMENT_WORDS);
  const amount = data.source?.columns?.[AMOUNT];
  const hasAmount = amount !== undefined || values.includes(AMOUNT);
  const withAmount = values.includes(AMOUNT) || amount === undefined ? [] : [{ name: AMOUNT, column: amount }];
  const unit = table.hasUnit ? table.entities[0].name : undefined;
  const words = wordsFor(unit);
  const entities = unit === undefined ? [PAYMENT_WORDS.row] : table.entities.map(({ name }) => name);
  return {
    written,
    shape: { units: words.units, entities, ...(hasAmount ? { stake: AMOUNT } : {}) },
    reading: {
      table: { ...table, values: [...table.values, ...withAmount] },
      summed,
      stake: hasAmount ? AMOUNT : null,
      leaves: unit === "customer" ? "cards known to be compromised left out" : "",
      words,
      people: ["customer", "card", "user", "member"],
      says: [leftOut(unit, hasAmount)],
    },
  };
}

function wordsFor(unit: string | undefined): ScoredWords {
  if (unit === "customer") return PAYMENT_WORDS;
  const name = unit ?? "payment";
  return { ...PAYMENT_WORDS, unit: name, units: pluralOf(name), party: name, parties: pluralOf(name) };
}

function leftOut(unit: string | undefined, hasAmount: boolean): string {
  const who =
    unit === undefined
      ? "The table names nobody who pays: each payment stands for itself in intervals, and nobody is blocked."
      : `Intervals draw whole ${pluralOf(unit)}.`;
  const money = hasAmount ? "" : " No column holds an amount, so nothing is said in money.";
  return `${who}${money} The drills of the decision path, its replay and the contest with rings know cards at terminals only, and are left out.`;
}
