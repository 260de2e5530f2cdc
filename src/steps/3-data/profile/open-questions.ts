/** The questions that data cannot answer: what somebody who knows the system has to say before figures mean anything. */

import { fileName } from "../../../core/file-name.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { FilesProfile } from "./files-profile.ts";
import { spokenColumn } from "./spoken-column.ts";
import type { TableProfile } from "./table-profile.ts";

/** Each with why it is asked, the ones without which a run would be wrong first. */
export function openQuestions({ files, joins, main, system }: FilesProfile): readonly string[] {
  const { profile, paths, said } = files[main];
  const role = (name: string) => profile.columns.find((column) => column.role === name);
  const questions: string[] = [];
  const { time, timeQuestion, malformed, repeated, leaks } = profile;
  if (timeQuestion !== undefined) questions.push(`When did things happen? ${timeQuestion}`);
  else if (time === undefined)
    questions.push("Is there no time? Then nothing can be said about what comes later: the draft says `time: none`.");
  if (time !== undefined && time.doubtful > 0)
    questions.push(
      `What are the ${formatNumber(time.doubtful)} cells of ${spokenColumn(time.column)} that are no moment, or lie before 1980 or after today? A run stops at the first.`,
    );
  if (said.encoding !== undefined)
    questions.push(`Is the text really in ${said.encoding}? It is not UTF-8, and no file says its encoding.`);
  if (malformed !== undefined)
    questions.push(
      `What are the ${formatNumber(malformed.count)} rows that are not as the others (${malformed.where}: ${malformed.reason})? They were left out of this look; a run stops at the first.`,
    );
  if (paths.length > 1)
    questions.push(`Are ${paths.map(fileName).slice(0, 4).join(", ")} parts of one table? They are read as one.`);
  if (repeated > 0)
    questions.push(
      `Are the ${formatNumber(repeated)} rows that repeat an earlier one events of their own, or written twice?`,
    );
  for (const { column, why } of leaks)
    questions.push(
      `When is ${spokenColumn(column)} known? ${why}: a column that gives the label away cannot be an input.`,
    );
  if (system === "recommendation") questions.push(...preferenceQuestions(profile));
  const label = role("label");
  if (label !== undefined && system !== "recommendation") questions.push(labelQuestion(label.name, profile));
  if (system === "fraud-detection" || system === "binary-classification")
    questions.push("What does a miss cost, what a false alarm, and how many alarms a day can people look at?");
  for (const { from, column, to, toColumn, share } of joins.filter((one) => one.share < 0.98))
    questions.push(
      `Why are only ${formatNumber(share * 100, 3)}% of the ${spokenColumn(column)} of ${from} in ${spokenColumn(toColumn)} of ${to}?`,
    );
  questions.push("What should get better, by how much, and what is there today that it has to beat?");
  questions.push("Which columns are about people, on what legal basis, and how long may they be kept?");
  return questions;
}

/** What is known of a label's delay is shown, and asked. */
function labelQuestion(label: string, { later, time }: TableProfile): string {
  const why = "Training on labels that were not there yet flatters every figure.";
  if (later === undefined || time === undefined)
    return `How long after the row is ${spokenColumn(label)} known? The data does not show it. ${why}`;
  const days = formatNumber(later.within / 86_400, 2);
  return `Is ${spokenColumn(later.column)} the moment at which ${spokenColumn(label)} was known? It stands in ${formatNumber(later.share * 100, 3)}% of the rows, never before ${spokenColumn(time.column)}, and 95% of them within ${days} days after it. ${why}`;
}

function preferenceQuestions({ columns }: TableProfile): readonly string[] {
  const event = columns.find(({ role }) => role === "event");
  const value = columns.find(({ role }) => role === "value");
  if (event !== undefined)
    return [
      `Which of ${event.top.map(({ value: one }) => `\`${one}\``).join(", ")} says that somebody wanted it, and which that they did not?`,
    ];
  if (value !== undefined) {
    const zero = value.least === 0 ? " Does 0 mean the lowest, or that nothing was said?" : "";
    return [
      `From which ${spokenColumn(value.name)} on did somebody like it? It goes from ${value.least} to ${value.most}.${zero}`,
    ];
  }
  return ["Does a row mean that somebody liked it, or only that it happened?"];
}
