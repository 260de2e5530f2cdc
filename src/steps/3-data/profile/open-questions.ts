/** The questions that data cannot answer: what somebody who knows the system has to say before figures mean anything. */

import { fileName, namesOf } from "../../../core/file-name.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { columnsAboutLabel } from "./about-the-label.ts";
import { columnsFromAfter } from "./after-the-row.ts";
import { draftPreference } from "./drafted-preference.ts";
import { saysWhenKnown } from "./drafted-split.ts";
import { isLogOfEvents } from "./joined-files.ts";
import { speaksForItself, yesOf } from "./label-answers.ts";
import { eventName } from "./note-words.ts";
import type { FilesProfile } from "./profiled-files.ts";
import type { TableProfile } from "./profiled-table.ts";
import { joiningQuery, sharedKey } from "./rows-over-files.ts";
import { askedAlike, rivalsOf } from "./seeming-role.ts";
import { spokenColumn } from "./spoken-column.ts";
import { standInQuestion } from "./stand-ins.ts";

/** Each with why it is asked, the ones without which a run would be wrong first. */
export function openQuestions({ files, joins, main, system, stops }: FilesProfile): readonly string[] {
  const { profile, paths, said } = files[main];
  const role = (name: string) => profile.columns.find((column) => column.role === name);
  const questions: string[] =
    stops === undefined
      ? []
      : [`${stops.message}${/[.?]$/u.test(stops.message) ? "" : "."} Way out: ${stops.fix ?? ""}`];
  const { time, timeQuestion, malformed, repeated, leaks } = profile;
  questions.push(...unreadSides(files, joins, main, system));
  if (timeQuestion !== undefined) questions.push(`When did things happen? ${timeQuestion}`);
  else if (time === undefined)
    questions.push("Is there no time? Then nothing can be said about what comes later: the draft says `time: none`.");
  if (system === "recommendation")
    for (const name of ["member", "item"] as const) questions.push(...identified(profile, name));
  if (time !== undefined && profile.dateInParts !== undefined)
    questions.push(
      `Is ${spokenColumn(time.column)} when a row happened, or when something was noted about it later? ${profile.dateInParts}`,
    );
  if (time !== undefined && time.doubtful > 0)
    questions.push(
      `${areThe(time.doubtful, "cell", "cells", "What")} of ${spokenColumn(time.column)} that ${time.doubtful === 1 ? "is no moment, or lies" : "are no moment, or lie"} before 1980 or after today? A run stops at the first.`,
    );
  const untimed = time === undefined ? 0 : (role("time")?.missing ?? 0);
  if (time !== undefined && untimed > 0)
    questions.push(
      `${areThe(untimed, "row", "rows", "What")} without ${spokenColumn(time.column)}? ${untimed === 1 ? "A line of totals is none of the rows" : "Lines of totals are none of the rows"}, and what happened at no moment is in no part of a split: a run stops at the first.`,
    );
  if (said.encoding !== undefined)
    questions.push(`Is the text really in ${said.encoding}? It is not UTF-8, and no file says its encoding.`);
  if (malformed !== undefined)
    questions.push(
      `${areThe(malformed.count, "row", "rows", "What")} that ${malformed.count === 1 ? "is" : "are"} not as the others (${malformed.where}: ${malformed.reason})? ${malformed.count === 1 ? "It was" : "They were"} left out of this look; a run stops at the first.`,
    );
  if (paths.length > 1)
    questions.push(`Are ${namesOf(paths).slice(0, 4).join(", ")} parts of one table? They are read as one.`);
  if (repeated > 0)
    questions.push(
      `${
        repeated === 1
          ? "Is the row that repeats an earlier one an event of its own, or written twice?"
          : `Are the ${profile.isRepeatedEstimated ? "about " : ""}${formatNumber(repeated)} rows that repeat an earlier one events of their own, or written twice?`
      }${whatIsKept(profile, system)}`,
    );
  const { contradiction } = profile;
  if (contradiction !== undefined)
    questions.push(
      `Which counts where rows of the same ${contradiction.by.map(spokenColumn).join(", ")} differ in ${spokenColumn(contradiction.differing)}? ${contradiction.rows === 1 ? "1 row says" : `${formatNumber(contradiction.rows)} rows say`} another than the last of the same. ${role("label") === undefined ? "A run keeps the last" : "A run stops"}, unless \`repair: { duplicates: { keep: … } }\` says first, last or all, or an identifier tells such rows apart.`,
    );
  const numerals = ["decimal", "thousands"].flatMap((key) => (said[key] === undefined ? [] : [`${key}: ${said[key]}`]));
  const commas = profile.columns.flatMap(({ name, kind, top }) => {
    const shown = top.find(({ value }) => WITH_COMMA.test(value))?.value;
    return shown === undefined
      ? []
      : [{ name, shown, isAll: kind === "text" && top.every(({ value }) => WITH_COMMA.test(value)) }];
  });
  if (numerals.length > 0)
    questions.push(
      `Are numbers written as in ${commas
        .slice(0, 3)
        .map(({ name, shown }) => `\`${shown}\` of ${spokenColumn(name)}`)
        .join(", ")}? The draft reads them so: \`${numerals.join(", ")}\`.`,
    );
  else
    for (const { name, shown, isAll } of commas)
      if (isAll)
        questions.push(
          `Does the comma in cells of ${spokenColumn(name)}, such as \`${shown}\`, part decimals or thousands? They are read as words; \`decimal: ","\` or \`thousands: ","\` in the source makes them numbers.`,
        );
  for (const { name, shown } of numbersInWords(profile))
    questions.push(
      `Is ${spokenColumn(name)} a number, as in \`${shown}\`? It is read as words: write it without its sign or unit, and it counts as one.`,
    );
  for (const { column, why } of leaks)
    questions.push(
      `When is ${spokenColumn(column)} known? ${why}: a column that gives the label away cannot be an input.`,
    );
  for (const column of profile.columns) questions.push(...standInQuestion(column));
  if (system !== "recommendation")
    for (const name of askedAlike(profile))
      questions.push(
        `Is ${spokenColumn(name)} known when ${spokenColumn(role("label")?.name ?? "")} is to be predicted, or was it found out later too? It is called as a label is, so the draft leaves it out of the features.`,
      );
  if (system === "binary-classification") questions.push(...afterwards(profile));
  if (system === "recommendation") {
    const { questions: asked, isGuess = false } = draftPreference(profile);
    questions.unshift(...repeats(profile));
    if (isGuess) questions.unshift(...asked);
    else questions.push(...asked);
  }
  const label = role("label");
  if (label !== undefined && system !== "recommendation") {
    questions.unshift(...unfilled(profile, system));
    if (!speaksForItself(label))
      questions.unshift(
        `Which of ${label.top.map(({ value }) => `\`${value}\``).join(" and ")} in ${spokenColumn(label.name)} is to be predicted? The draft takes \`${yesOf(label)}\`, the rarer one (${formatShare(profile.positives ?? 0)}).`,
      );
    questions.push(labelQuestion(label.name, profile));
  }
  if (system === "fraud-detection" || system === "binary-classification")
    questions.push("What does a miss cost, what a false alarm, and how many alarms a day can people look at?");
  for (const { from, column, to, toColumn, share } of joins.filter((one) => one.share < 0.98))
    questions.push(
      `Why are only ${formatShare(share)} of the ${spokenColumn(column)} of ${from} in ${spokenColumn(toColumn)} of ${to}?`,
    );
  questions.push("What should get better, by how much, and what is there today that it has to beat?");
  questions.push("Which columns are about people, on what legal basis, and how long may they be kept?");
  return questions;
}

/** Whether a question is one that has to be decided before a run: it stops where nobody has. */
export function stopsRun(question: string): boolean {
  return /\ba run stops\b/iu.test(question);
}

/** Rows without what each of them needs: nobody but who wrote them knows whether an empty cell is a no, not known yet, or lost. */
function unfilled(profile: TableProfile, system: FilesProfile["system"]): readonly string[] {
  const { columns, rows } = profile;
  const asks = (name: string, missing: number, meanings: string): string =>
    `${areThe(missing, "row", "rows", "What")} without ${spokenColumn(name)} (${formatShare(missing / rows, 2)}): ${meanings}? A run stops at the first: the line \`repair: { bad-number: drop }\` in section 3, beside \`source:\`, leaves such rows out, and counts them.`;
  return columns.flatMap(({ name, role, missing, negative }) => {
    const isPaid = role === "amount" && system === "fraud-detection";
    const back = isPaid && negative > 0 ? [refunds(name, negative, rows)] : [];
    if (missing === 0) return back;
    if (role === "label" && !saysWhenKnown(profile))
      return [asks(name, missing, "does an empty cell say no, is it not known yet, or is it lost")];
    return isPaid ? [asks(name, missing, "was nothing paid, or is it lost"), ...back] : back;
  });
}

/** What was paid is 0 or more: sums and means are of that, and whoever decides is asked of no refund. */
function refunds(name: string, negative: number, rows: number): string {
  return `${areThe(negative, "row", "rows", "What")} whose ${spokenColumn(name)} lies below 0 (${formatShare(negative / rows, 2)}): ${negative === 1 ? "a refund, a correction or a mistake" : "refunds, corrections or mistakes"}? A run stops at the first. The line \`repair: { bad-number: drop }\` in section 3, beside \`source:\`, leaves out every row without an amount of 0 or more, and counts them: nothing is taken off what was paid before. \`system: binary-classification\` keeps such rows, with any number as a feature.`;
}

/** What a run makes of rows that are written again: by their moment they are one, and without one they may be several. */
function whatIsKept({ time, timeQuestion }: TableProfile, system: FilesProfile["system"]): string {
  if (time !== undefined)
    return " A run keeps the last of each: `repair: { duplicates: { keep: all } }` counts them all.";
  if (timeQuestion !== undefined) return "";
  return ` A run counts them all${system === "recommendation" ? "" : ": `repair: { duplicates: { keep: last } }` counts one of each"}.`;
}

/** Where most is done again, a run that looks for what is new tests the least of it. */
function repeats({ again = 0, columns }: TableProfile): readonly string[] {
  const [who, what] = (["member", "item"] as const).map((role) => columns.find((column) => column.role === role)?.name);
  if (again < MOSTLY_AGAIN || who === undefined || what === undefined) return [];
  return [
    `Is it what somebody does for the first time that is to be foreseen, or what they do again? ${formatShare(again)} of the rows name the same ${spokenColumn(who)} and ${spokenColumn(what)} as an earlier row. A run leaves what somebody had out of every list and counts only what is new to them, so it cannot measure yet how well repeats are foreseen; for those, make one row for each of the two and each week, with a column that says whether it happened in that week, and draft a note of it with \`--label\`.`,
  ];
}

const MOSTLY_AGAIN = 0.5;

/** What could as well have been the member or the item, and rows that name none. */
function identified({ columns, rows }: TableProfile, role: "member" | "item"): readonly string[] {
  const taken = columns.find((column) => column.role === role);
  if (taken === undefined) return [];
  const rivals = rivalsOf(columns, role).map(spokenColumn);
  const what = role === "item" ? "what was wanted" : "who";
  return [
    ...(rivals.length === 0
      ? []
      : [
          `Does ${spokenColumn(taken.name)} say ${what}, or ${rivals.join(" or ")}? The draft takes ${spokenColumn(taken.name)} (${formatNumber(taken.distinct)} different).`,
        ]),
    ...(taken.missing < FEWEST_WITHOUT * rows
      ? []
      : [
          `What are the ${formatShare(taken.missing / rows, 2)} of rows without ${spokenColumn(taken.name)}? Nothing is learned from rows that do not say ${what}.`,
        ]),
  ];
}

/** A smaller share of rows is dirt, which a run counts. */
const FEWEST_WITHOUT = 0.01;

/** `What is the one row`, `What are the 12 rows`. */
function areThe(count: number, one: string, many: string, asks: string): string {
  return count === 1 ? `${asks} is the one ${one}` : `${asks} are the ${formatNumber(count)} ${many}`;
}

/** Columns that are left out for what their names speak of. */
function afterwards(profile: TableProfile): readonly string[] {
  const { columns, leaks } = profile;
  const asked = new Set([...leaks.map(({ column }) => column), ...askedAlike(profile)]);
  const names = [...new Set([...columnsFromAfter(columns), ...columnsAboutLabel(columns)])].flatMap(({ name, kind }) =>
    asked.has(name) || kind === "time" ? [] : [spokenColumn(name)],
  );
  if (names.length === 0) return [];
  const [is, speaks, it] = names.length === 1 ? ["Is", "Its name speaks", "it"] : ["Are", "Their names speak", "them"];
  return [
    `${is} ${names.join(", ")} known when a row is scored, or only afterwards? ${speaks} of what comes later, so the draft leaves ${it} out of \`features\`; add there what is known before.`,
  ];
}

/** What is known of a label's delay is shown, and asked. */
function labelQuestion(label: string, { later, time }: TableProfile): string {
  const why = "Training on labels that were not there yet flatters every figure.";
  if (time === undefined)
    return `At which moment were the columns of a row written down, and was ${spokenColumn(label)} still open then? The data has no time: what was written after it gives it away.`;
  if (later === undefined)
    return `How long after the row is ${spokenColumn(label)} known? The data does not show it. ${why}`;
  const days = formatNumber(later.within / 86_400, 2);
  return `Is ${spokenColumn(later.column)} the moment at which ${spokenColumn(label)} was known? It stands in ${formatShare(later.share)} of the rows, never before ${spokenColumn(time.column)}, and 95% of them within ${days} days after it. ${why}`;
}

/** Columns of a number with a sign or a unit, such as `13.99%`, `$12.50` or ` 36 months`, in every frequent cell. */
function numbersInWords({ columns }: TableProfile): readonly { readonly name: string; readonly shown: string }[] {
  return columns.flatMap(({ name, kind, role, top }) =>
    kind === "text" && role === "attribute" && top.length > 0 && top.every(({ value }) => WITH_UNIT.test(value))
      ? [{ name, shown: top[0].value }]
      : [],
  );
}

const WITH_UNIT = /^\s*(?:[-+]?\d+(?:\.\d+)?\s*(?:%|[a-zA-Z]{1,7}|[€£¥])|[$€£¥]\s*\d[\d.,]*)\s*$/u;

/** `72,13`, `1.299,00` or `1,299.00`. */
const WITH_COMMA = /^[-+]?(?:\d+|\d{1,3}(?:[. '\u2019]\d{3})+),\d+$|^[-+]?\d{1,3}(?:[,'\u2019]\d{3})+(?:\.\d+)?$/u;

/** A file that the draft does not read: what it knows is missing from every figure, and that is said. */
function unreadSides(
  files: FilesProfile["files"],
  joins: FilesProfile["joins"],
  main: number,
  system: FilesProfile["system"],
): readonly string[] {
  const [own, ownName] = [files[main].profile, fileName(files[main].paths[0])];
  return files.flatMap(({ paths, profile }, at) => {
    const name = fileName(paths[0]);
    if (at === main || (system === "recommendation" && joins.some(({ to, share }) => to === name && share > 0)))
      return [];
    if (isLogOfEvents(profile) && isLogOfEvents(own)) {
      const [ownEvent, event] = eventsOf([ownName, name]);
      return [
        `Are the rows of ${name} (${rowsOf(profile.rows)}) something else that people did than those of ${ownName}? The draft reads only ${ownName}. Where columns stand alike, a note reads both: \`path: { ${ownEvent}: …/${ownName}, ${event}: …/${name} }\`, and section 2 says which is wanted.`,
      ];
    }
    const key = sharedKey(files[main], files[at]);
    if (key === undefined)
      return [
        `What does ${name} (${rowsOf(profile.rows)}) add to ${ownName}? The draft does not read it: no column says which rows of the two belong together.`,
      ];
    const isOne = profile.rows === 1;
    return [
      `What ${isOne ? "does the one row" : `do the ${formatNumber(profile.rows)} rows`} of ${name} say of the rows that ${isOne ? "it names" : "they name"} by ${spokenColumn(key.name)}? The draft does not read ${isOne ? "it" : "them"}: add what ${isOne ? "it says" : "they say"} to ${ownName}, as in DuckDB: ${joiningQuery(files[main], files[at], key)}`,
    ];
  });
}

/** Two names for the events of two files: by what their names end in where they begin alike, as `u.data` and `u.user`. */
function eventsOf(files: readonly [string, string]): readonly [string, string] {
  const [one, other] = files.map((name) => eventName(name.replace(/\..*$/u, "")));
  if (one !== other) return [one, other];
  const [first, second] = files.map((name) => eventName(name.replace(/^[^.]*\./u, "")));
  return first !== second ? [first, second] : [`${one}-1`, `${one}-2`];
}

function rowsOf(count: number): string {
  return count === 1 ? "1 row" : `${formatNumber(count)} rows`;
}
