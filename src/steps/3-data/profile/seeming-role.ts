/** What a column seems to be, and why: by its name where it has one, by its values where it has none. */

import type { ColumnProfile } from "./column-profile.ts";
import { speaksOfEarlier } from "./earlier-words.ts";

/** What a column can be in a design. */
export type Role =
  | "time"
  | "member"
  | "item"
  | "event"
  | "value"
  | "label"
  | "amount"
  | "terminal"
  | "position"
  | "propensity"
  | "id"
  | "list"
  | "constant"
  | "empty"
  | "attribute";

export interface SeemingRole {
  readonly role: Role;
  /** Why, for people. */
  readonly why: string;
  /** How sure: what is more likely takes the role where two columns want it. */
  readonly strength: number;
}

interface Hint {
  readonly role: Role;
  readonly pattern: RegExp;
  readonly fits: (column: ColumnProfile) => boolean;
}

/** Whether a column is called an identifier: its numbers say which, and nothing by their size. */
export function isIdentifier(name: string): boolean {
  return /(?:^|_)(?:ids?|uid|key|ip)(?:_|$)/u.test(tidy(name));
}

const isMany = ({ distinct }: ColumnProfile): boolean => distinct > 2;
const isNumber = ({ kind }: ColumnProfile): boolean => kind === "number" || kind === "whole";
/** How something turned out, for better or worse: what such a column says is predicted of its row, whoever and whatever else the row names. */
const OUTCOME =
  /(?:^|_)(?:is_?|has_?|was_?)?(?:fraud(?:ulent)?(?:_?(?:found|reported))?(?:_p)?|churn(?:ed)?|exited|attrition|attrited|default(?:ed)?|charge_?backs?|charged_?back|disputed?|delinquen(?:t|cy)|(?:serious_)?dlq\w*|cancel(?:l?ed|l?ation)|no_?shows?|fail(?:ed|ure)|broken|breakdown|defect(?:ive)?|faulty|died|death(?:_event)?|deceased|mortality|readmitted|survived|spam|(?:answered_?)?correct(?:ly)?|passed|drop(?:ped)?_?out|withdrawn|approved|accepted|rejected|diagnosis|satisf(?:action|ied)|revenue)(?:_?(?:flag|label|ind|bool))?$/u;

/** Words that one of two values has where a column of a status says how it ended. */
const BAD_END =
  /cancel|default|charged?[ _-]?off|fail|fraud|churn|attrit|no[ _-]?show|reject|declin|withdr|return|lapse|drop/iu;

/** Whether a label by its name says how something turned out, and not what somebody wanted. */
export function isOutcome({ name, top }: Pick<ColumnProfile, "name" | "top">): boolean {
  return OUTCOME.test(tidy(name)) || isStatus({ name, top });
}

/** Whether a column of a status says by a word of two that a row ended badly. */
export function isStatus({ name, top }: Pick<ColumnProfile, "name" | "top">): boolean {
  return (
    /(?:^|_)(?:status|state|result|outcome)$/u.test(tidy(name)) &&
    top.length === 2 &&
    top.some(({ value }) => BAD_END.test(value))
  );
}

/** What is known of earlier rows is called like a label, and is none. */
function turnedOut(column: ColumnProfile): boolean {
  return column.distinct === 2 && isOutcome(column) && !speaksOfEarlier(column.name);
}

export const isTwo = ({ distinct, kind, top }: ColumnProfile): boolean =>
  distinct === 2 && (kind === "boolean" || top.every(({ value }) => ["0", "1", "0.0", "1.0", "-1"].includes(value)));

/** How many of an item: English, German, French, Spanish, Italian. */
const QUANTITY =
  /^(?:quantity|quantities|qty|quant|units|count|pieces|pcs|menge|anzahl|stueck(?:zahl)?|stuck(?:zahl)?|quantite|qte|nombre|cantidad|cant|unidades|quantita)(?:_|$)/u;

/** Whether a column is called as one that holds how many of an item. */
export function isQuantity(name: string): boolean {
  return QUANTITY.test(tidy(name));
}

/** Columns that are called as a label is and are not the one that is predicted: what else became of a row, perhaps, and then no input. */
export function askedAlike({
  columns,
}: {
  readonly columns: readonly (ColumnProfile & { readonly role: Role })[];
}): readonly string[] {
  if (!columns.some(({ role }) => role === "label")) return [];
  return columns.filter((column) => column.role === "attribute" && isCalledLabel(column)).map(({ name }) => name);
}

/** Whether a column is called as a label is, and holds what one holds. */
export function isCalledLabel(column: ColumnProfile): boolean {
  return HINTS.some(({ role, pattern, fits }) => role === "label" && pattern.test(tidy(column.name)) && fits(column));
}

/** Whether a column is called as a label is, however many values it holds. */
export function isCalledLikeLabel(name: string): boolean {
  const plain = tidy(name);
  return (
    OUTCOME.test(plain) || HINTS.some(({ role, pattern }) => role === "label" && pattern !== ANY && pattern.test(plain))
  );
}

const ANY = /^/u;
/** A device that stands in this share of all rows is a make of which many have one, and tells nobody apart. */
const OFTEN = 0.3;
const DEVICE = /^device(?:_|$)/u;

/** Names as data sets use them; the first that fits a column's name and values counts. */
const HINTS: readonly Hint[] = [
  { role: "label", pattern: ANY, fits: turnedOut },
  {
    role: "label",
    pattern:
      /(?:^|_)(?:is_?)?(?:label|class|target|subscribed|click(?:ed)?|conver(?:sion|ted)|like[sd]?|recommend(?:ed|s)?|voted_?up|thumbs?_?up|up_?voted?|attributed|installed|book(?:ed|ing)|follow(?:ed)?|response|outcome|y|bought|purchased|is_click|clk)(?:_?(?:flag|label|ind|bool))?$/u,
    fits: isTwo,
  },
  { role: "propensity", pattern: /propensity|pscore/u, fits: isNumber },
  {
    role: "position",
    pattern: /^(?:position|pos|slot|rank|display_pos(?:ition)?)$/u,
    fits: (column) => column.kind === "whole" && column.least >= 0 && column.most <= 1000,
  },
  {
    role: "amount",
    pattern:
      /(?:^|_)(?:amount|amt|(?:sales?|order|basket|cart|net|gross|purchase|payment|monetary)_value|price|total|sum|cost|revenue|paid|preis|betrag|summe|umsatz|prix|montant|precio|importe|monto|prezzo|importo)(?:_|$)/u,
    fits: (column) => isNumber(column) && column.distinct > 10,
  },
  {
    role: "terminal",
    pattern: /^(?:terminal|merchant|shop|store|pos|name_?dest|dest|payee|recipient|beneficiary)(?:_?id|_?name|_?nr)?$/u,
    fits: isMany,
  },
  {
    role: "event",
    pattern:
      /^(?:event|event_?(?:type|name)|ereignis|evenement|evento|(?:product_)?action|aktion|accion|action_?type|behaviou?r|behaviou?r_?type|interaction|interaction_?type|activity|type|feedback)$/u,
    fits: ({ distinct, kind }) => distinct >= 2 && distinct <= 60 && kind !== "number",
  },
  {
    role: "value",
    pattern:
      /^(?!.*(?:vote|helpful|useful)).*(?:^|_)(?:rating|ratings|bewertung|schulnote|sterne|etoiles|calificacion|valoracion|puntuacion|stars|score|overall|grade|preference|value|book_?rating|weight|plays|play_?count|listen_?count|watch_?ratio|watched_?pct|completion|percent_?watched|minutes|hours)$/u,
    fits: isNumber,
  },
  // Of how many only those below 0 say something that a row does not say by itself: that it was taken back.
  { role: "value", pattern: QUANTITY, fits: (column) => isNumber(column) && column.least < 0 && column.most > 0 },
  {
    role: "member",
    pattern:
      /^(?:user|household|member|customer|client|visitor|viewer|reviewer|reader|rater|follower|person|people|account|card|cc|buyer|shopper|consumer|guest|learner|player|passenger|subscriber|listener|patron|student|patient|kunden?(?:karte)?|benutzer|nutzer|kaeufer|kaufer|mitglied|konto|utilisateur|acheteur|membre|compte|cliente|usuario|comprador|miembro|cuenta|utente|name_?orig|orig|author|device|session|cookie|msno|steam|u)(?:_?(?:id|nr|no|num|numero|nummer|number|key|name|idx|index|hash|uid))?s?$|^uid$|^serial_?(?:number|no|nr)$|^(?:machine|asset|engine|vehicle|turbine|equipment|drive|meter|sensor|employee|worker|driver|applicant|borrower)_?(?:id|no|nr|number)$|^(?:id|num|numero)_(?:cliente?|kunde|utilisateur|usuario|membre|utente|student|user|customer|client|member|person|patient|player)$|^(?:(?:user|customer|buyer|billing|contact)_)?e_?mails?(?:_address)?$|^(?:anon|anonymous|user_pseudo|client_pseudo)_?id$/u,
    fits: (column) => isMany(column) && !(DEVICE.test(tidy(column.name)) && column.top[0].share > OFTEN),
  },
  {
    role: "item",
    pattern:
      /^(?:(?:click|clicked|viewed|watched|target|parent)_)?(?:item|title|product(?:_?sku)?|movie|film|book|isbn(?:_?1[03])?|asin|parent_asin|artikel|produkt|ware|film_?titel|titel|buch|lied|produit|titre|livre|producto|articulo|titulo|pelicula|libro|prodotto|articolo|titolo|track|song|artist|album|article|news|video|business|place|poi|venue|location|sku|prop|property|goods|ad|creative|content|podcast|episode|game|app|course|recipe|offer|coupon|listing|photo|post|i)(?:_?(?:id|nr|no|num|numero|nummer|number|key|idx|index|hash|code))?s?$|^(?:id|num|numero)_(?:item|product|movie|book|song|track|artist|site|page|course|game|article|articulo|produit|producto|artikel|produkt|prodotto|articolo)$|^stock_?code$|^(?:ean|gtin|upc)(?:_?1[2-4])?(?:_?code)?$|^line_?item_?(?:sku|id)$|^(?:anime|joke|beer|hotel|restaurant|job)_?(?:id)?$/u,
    fits: isMany,
  },
];

/** Where more rows than this repeat others cell by cell, rows are no things of their own that a column could name. */
const MOST_REPEATED = 0.1;

/** The likeliest role of a column that is not a time. Of the rows `repeated` are others written again, which have no identifier of their own. */
export function seemingRole(column: ColumnProfile, isNamed: boolean, repeated = 0): SeemingRole {
  const { kind, distinct, rows, missing } = column;
  const own = repeated > MOST_REPEATED * rows ? rows : rows - repeated;
  if (kind === "empty") return { role: "empty", why: "no cell is filled", strength: 1 };
  if (distinct === 1 && rows > 1 && missing === 0)
    return { role: "constant", why: `always \`${column.top[0]?.value}\``, strength: 1 };
  if (isNamed) {
    const [name, hint] = hintOf(column);
    if (hint !== undefined)
      return {
        role: hint.role,
        why: `its name, and ${describeValues(column)}`,
        strength: 2 + (hint.role === "event" ? Number(holdsEvents(column)) / 2 : surenessOf(hint.role, name)),
      };
  }
  if (
    isNamed &&
    rows > 20 &&
    kind === "whole" &&
    missing === 0 &&
    distinct === own &&
    column.most - column.least === own - 1
  )
    return {
      role: "id",
      why: own === rows ? "it counts the rows" : "it counts the rows that repeat no other",
      strength: 0.5,
    };
  if (
    isNamed &&
    rows > 20 &&
    missing === 0 &&
    distinct >= own * 0.999 &&
    kind !== "number" &&
    /id|key|nr|number|uuid|index|column 1|^no$/iu.test(column.name)
  )
    return {
      role: "id",
      why: own === rows ? "a value of its own in every row" : "a value of its own in every row that repeats no other",
      strength: 1,
    };
  return { role: "attribute", why: describeValues(column), strength: 0 };
}

/** A nested field such as `value.user.id` may be known by its last parts alone: by as many of them as say something. */
function hintOf(column: ColumnProfile): readonly [name: string, hint: Hint | undefined] {
  const parts = column.name.split(".");
  for (let from = 0; from < parts.length; from++) {
    const name = tidy(parts.slice(from).join("."));
    const hint = HINTS.find(({ pattern, fits }) => pattern.test(name) && fits(column));
    if (hint !== undefined) return [name, hint];
  }
  return [tidy(column.name), undefined];
}

/**
 * Of several that are called like labels the plainest name is what is predicted: `y` before `default`, `is_fraud` before `is_flagged_fraud`.
 * Of several that are called like things the identifier is the thing, and what its variants have in common before each of them: a review too
 * has a `title`.
 */
function surenessOf(role: Role, name: string): number {
  if (role === "label") return 1 / (1 + name.length);
  if (role !== "item" && role !== "member") return 0;
  return (IDENTIFIES.test(name) ? 0.5 : 0) + (/^parent_/u.test(name) ? 0.25 : 0);
}

const IDENTIFIES = /(?:id|nr|no|num|numero|nummer|number|key|idx|index|code|uid|asin|isbn(?:_?1[03])?|sku)s?$/u;

/** Columns that could as well have been the member or the item by their name, with the one that was taken. */
export function rivalsOf(
  columns: readonly (ColumnProfile & { readonly role: Role })[],
  role: "member" | "item",
): readonly string[] {
  const taken = columns.find((column) => column.role === role);
  if (taken === undefined) return [];
  const sure = surenessOf(role, tidy(taken.name));
  const [hint] = HINTS.filter((one) => one.role === role);
  return columns
    .filter((column) => column.role === "attribute" && column.kind !== "time" && column.distinct > 1)
    .filter((column) => hint.pattern.test(tidy(column.name)) && hint.fits(column))
    .filter(({ name }) => IDENTIFIES.test(tidy(name)) || sure < 0.5)
    .map(({ name }) => name);
}

/** `userId` and `User-ID` are `user_id`, and `Quantité` is `quantite`. */
export function tidy(name: string): string {
  return name
    .replaceAll(/(?<low>[\p{Ll}\d])(?<high>\p{Lu})/gu, "$<low>_$<high>")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\p{L}\d]+/gu, "_")
    .replaceAll(/^(?:tx|trans|transaction)_|^_+|_+$/gu, "")
    .replaceAll(
      /^(?:anonymi[sz]ed|anonymous|anon|hashed|encrypted|masked)_(?!id$)|_(?:hash|hashed|md5|sha1|sha256|encoded)$/gu,
      "",
    );
}

/** `5 values from 1 to 5`. */
export function describeValues({ kind, distinct, least, most }: ColumnProfile): string {
  if (distinct === 1)
    return kind === "number" || kind === "whole" ? `always ${endOfRange(least)}` : "one and the same text";
  const count = distinct.toLocaleString("en-US");
  if (kind === "number" || kind === "whole")
    return `${count} different numbers from ${endOfRange(least)} to ${endOfRange(most)}`;
  return `${count} different ${kind === "boolean" ? "truths" : "texts"}`;
}

/** A whole number as it is, for an identifier rounded is another one; others to six digits. */
export function endOfRange(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

const DEEDS =
  /^(?:pv|view|click|buy|bought|purchase|order|cart|add[-_ ]?to[-_ ]?cart|fav|favou?rite|like|dislike|love|save|share|skip|hide|play|listen|watch|read|return|refund|remove|download|install|subscribe)s?$/iu;

/** Whether the values are words for what people do. */
export function holdsEvents({ kind, distinct, top }: ColumnProfile): boolean {
  const deeds = top.filter(({ value }) => DEEDS.test(value));
  return kind === "text" && distinct >= 2 && distinct <= 12 && deeds.length >= 2 && deeds.length >= top.length / 2;
}
