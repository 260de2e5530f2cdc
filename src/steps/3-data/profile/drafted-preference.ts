/** What a drafted ranking calls wanted and unwanted: decided once, for the label, the mapping and what is asked of a person. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { shellWord } from "../../../core/shell-word.ts";
import { UNDONE } from "./after-the-row.ts";
import { ASKED } from "./drafted-marks.ts";
import { yesOf } from "./label-answers.ts";
import { eventName, quoted } from "./note-words.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { askedAlike, isQuantity, type Role } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";

export interface DraftedPreference {
  /** The line of section 2. */
  readonly label: string;
  /** The meanings that it takes, with their columns. */
  readonly columns: readonly (readonly [meaning: string, column: string])[];
  /** Values of the event's column with the note's names for them. */
  readonly events: readonly (readonly [value: string, name: string])[];
  readonly questions: readonly string[];
  /** Whether nothing in the data says which event is wanted: then the draft is a guess, and the first thing to ask. */
  readonly isGuess?: boolean;
}

/** An event says it; else whether it was clicked; else an amount that is taken back below 0; else a rating; else every row is wanted, and that is asked. */
export function draftPreference(profile: TableProfile): DraftedPreference {
  const of = (role: Role): ProfiledColumn | undefined => profile.columns.find((column) => column.role === role);
  const [event, label, value] = [of("event"), of("label"), of("value")];
  const signed = [value, of("amount")].find((column) => column !== undefined && isTakenBack(column));
  const drafted =
    event !== undefined
      ? byEvent(event, value)
      : label !== undefined
        ? byAnswer(label, profile)
        : signed !== undefined
          ? bySign(signed)
          : value !== undefined && !isQuantity(value.name)
            ? byValue(value)
            : EVERY_ROW;
  const heard = new Set(drafted.columns.map(([, name]) => name));
  // Where an event already says what was taken back, amounts below 0 are those rows.
  const isSaid = drafted.label.includes("negative:");
  const others = label === undefined || event !== undefined ? [] : askedAlike(profile).map(spokenColumn);
  const asked =
    others.length === 0
      ? []
      : [
          `Does ${others.join(" or ")} say better whether a row was wanted? The draft hears only ${spokenColumn(label?.name ?? "")}.`,
        ];
  const unheard = profile.columns.filter(({ name, least }) => !heard.has(name) && !(isSaid && least < 0));
  return { ...drafted, questions: [...drafted.questions, ...asked, ...unheard.flatMap(undoing)] };
}

const EVERY_ROW: DraftedPreference = {
  label: "label: { event: view }   # proposed: every row counts as wanted",
  columns: [],
  events: [],
  questions: ["Does a row mean that somebody liked it, or only that it happened?"],
};

/** Words for what people pay for, then for what they like, then for what they look at. */
const WANTED = [
  /purchas|buy|bought|order|transaction|checkout|subscribe|conver|(?:^|[^a-z])(?:sale|sold)(?:$|[^a-z])/iu,
  /like|fav|love|save|add|cart|book|share/iu,
  /click|play|listen|watch|complete|read/iu,
];
const UNWANTED = /^(?:dislike|hide|return|refund|skip|remove|unlike|unfav|report|block|not_interested)/iu;

function byEvent(event: ProfiledColumn, value: ProfiledColumn | undefined): DraftedPreference {
  const names = event.top.map(({ value: one }) => eventName(one));
  const said = WANTED.map((pattern) => names.find((name) => pattern.test(name) && !UNWANTED.test(name))).find(
    (name) => name !== undefined,
  );
  const unwanted = names.filter((name) => UNWANTED.test(name));
  const wanted = said ?? names.findLast((name) => !UNWANTED.test(name));
  return {
    label: `label: { event: ${quoted(wanted ?? "view")}${unwanted.length === 0 ? "" : `, negative: [${unwanted.map(quoted).join(", ")}]`} }   # ${said === undefined ? `${ASKED}: the names do not say which event is wanted; this one is the rarest` : "proposed: which event is wanted is asked"}`,
    columns: [...(value === undefined ? [] : [["rating", value.name] as const]), ["event", event.name]],
    events: event.top.map(({ value: one }) => [one, eventName(one)]),
    questions: [
      said === undefined
        ? `What do ${event.top.map(({ value: one }) => `\`${one}\``).join(", ")} of ${spokenColumn(event.name)} stand for, and which of them says that somebody wanted it? The data does not say; the draft takes \`${wanted ?? "view"}\`, the rarest${unwanted.length === 0 ? "" : " that takes nothing back"}.`
        : `Which of ${event.top.map(({ value: one }) => `\`${one}\``).join(", ")} says that somebody wanted it, and which that they did not?`,
    ],
    ...(said === undefined ? { isGuess: true } : {}),
  };
}

/** One of two answers to what was shown: the yes is wanted, the other was only shown. */
function byAnswer(label: ProfiledColumn, { positives, rows }: TableProfile): DraftedPreference {
  const yes = yesOf(label);
  const wanted = /cli?c?k/iu.test(label.name)
    ? "click"
    : /label|class|target|response|outcome|^y$/iu.test(label.name)
      ? "wanted"
      : eventName(label.name);
  const share = positives ?? Number.NaN;
  if (/recommend/iu.test(label.name)) {
    const against = `not-${wanted}`;
    return {
      label: `label: { event: ${quoted(wanted)}, negative: [${quoted(against)}] }   # proposed: by what ${spokenColumn(label.name)} says`,
      columns: [["event", label.name]],
      events: label.top.map(({ value }) => [value, value === yes ? wanted : against]),
      questions: [
        `Is a row wanted where ${spokenColumn(label.name)} is \`${yes}\` (${formatShare(share)} of ${formatNumber(rows)} rows), and unwanted where it is not?`,
      ],
    };
  }
  return {
    label: `label: { event: ${quoted(wanted)} }   # proposed: the rows whose ${spokenColumn(label.name)} is ${yes}; the others were only shown`,
    columns: [["event", label.name]],
    events: label.top.map(({ value }) => [value, value === yes ? wanted : "impression"]),
    questions: [
      `Is a row wanted where ${spokenColumn(label.name)} is \`${yes}\` (${formatShare(share)} of ${formatNumber(rows)} rows), and was the item of every other row only shown?`,
    ],
  };
}

/** A cell without a number would stop the run, so such a column is asked about and not heard. */
function isTakenBack({ name, role, least, most, missing, strays }: ProfiledColumn): boolean {
  return least < 0 && most > 0 && missing === 0 && strays === 0 && (role === "amount" || isQuantity(name));
}

function bySign({ name, negative, rows }: ProfiledColumn): DraftedPreference {
  return {
    label: `label: { event: rating, positive: "> 0", negative: "< 0" }   # proposed: by the sign of ${spokenColumn(name)}; what lies below 0 takes back what was wanted before it`,
    columns: [["rating", name]],
    events: [],
    questions: [
      `Are the ${formatNumber(negative)} of ${formatNumber(rows)} rows whose ${spokenColumn(name)} lies below 0 returned or cancelled? The draft calls them unwanted, and every row above 0 wanted.`,
    ],
  };
}

function byValue(value: ProfiledColumn): DraftedPreference {
  const { least, most, name } = value;
  const zero = least === 0 || least === -1 ? ` Does ${least} mean the lowest, or that nothing was said?` : "";
  return {
    label: `label: { event: rating, positive: ">= ${usualBound(value)}" }   # proposed: from which value on is asked`,
    columns: [["rating", name]],
    events: [],
    questions: [`From which ${spokenColumn(name)} on did somebody like it? It goes from ${least} to ${most}.${zero}`],
  };
}

/** Four of five; the mean of what has a long tail, as hours played have; else three quarters of the scale. Whole where all values are. */
function usualBound({ least, most, mean, kind }: ProfiledColumn): number {
  if (most <= 5 && most >= 4) return 4;
  if (most - least > LONG_TAIL * (mean - least)) {
    const near = Number(mean.toPrecision(2));
    return kind === "whole" ? Math.ceil(near) : near;
  }
  const bound = Number((least + 0.75 * (most - least)).toPrecision(2));
  return kind === "whole" ? Math.ceil(bound) : bound;
}

/** The range of a column whose mean lies this many times nearer to its least value is no scale that somebody gave marks on. */
const LONG_TAIL = 4;

/** A column that seems to say which rows were undone, by its name or its values, and that the draft does not hear. */
function undoing(column: ProfiledColumn): readonly string[] {
  const { name, kind, top, distinct, missing, negative, rows } = column;
  if (column.role === "id" || column.role === "empty" || column.role === "constant" || kind === "time") return [];
  if (negative > 0 && (isQuantity(name) || column.role === "amount"))
    return [
      `Are the ${formatNumber(negative)} of ${formatNumber(rows)} rows whose ${spokenColumn(name)} lies below 0 returned or cancelled? The draft takes no notice of it.`,
    ];
  const said = kind === "text" && distinct <= 20 ? top.find(({ value }) => UNDONE.test(value))?.value : undefined;
  if (said === undefined && !(UNDONE.test(name) && (distinct >= 2 || missing > 0))) return [];
  return [
    `Are rows wanted that ${spokenColumn(name)} ${said === undefined ? "speaks of" : `calls \`${said}\``}? The draft takes no notice of that column${distinct === 2 ? `; \`heptad new --data … --label ${shellWord(name)}\` drafts what predicts it` : ""}.`,
  ];
}
