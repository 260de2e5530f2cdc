/** What a mapping's answers look like in its files: events without a name, labels of one kind, nothing wanted, columns that give the label away. */

import { formatNumber } from "../../../core/format-figure.ts";
import { nearest } from "../../../core/nearest.ts";
import { numbers, texts } from "../../../core/table.ts";
import { describeRule, type PreferenceRule } from "../preferences.ts";
import { labelLeaks } from "./label-leaks.ts";
import { type Check, counted, finding, GIVES_AWAY, type MappingFinding, one } from "./mapping-finding.ts";
import { cellAt, LOOK } from "./mapping-look.ts";
import type { LabelAnswers } from "./value-kinds.ts";

export async function events(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look, environment } = check;
  const at = look.columns.findIndex(({ holds }) => holds === "event");
  if (at < 0) return [];
  const { column } = look.columns[at];
  const known = new Set((mapping.knownEvents ?? []).map((name) => name.toLowerCase()));
  const found = await environment.sql.query(
    `SELECT t${at} AS value, count(*) AS count FROM ${LOOK} WHERE t${at} IS NOT NULL GROUP BY value ORDER BY count DESC, value`,
  );
  const values = Array.from({ length: found.rows }, (_, row) => ({
    value: texts(found, "value")[row],
    count: numbers(found, "count")[row],
  }));
  const isNamed = (value: string): boolean =>
    mapping.events === undefined ? known.has(value.toLowerCase()) : Object.hasOwn(mapping.events, value);
  const unnamed = values.filter(({ value }) => !isNamed(value));
  const findings: MappingFinding[] = [];
  const shown = (list: typeof values): string =>
    `${list
      .slice(0, 6)
      .map(({ value, count }) => `\`${value}\` (${formatNumber(count)})`)
      .join(", ")}${list.length > 6 ? ` and ${list.length - 6} more` : ""}`;
  if (unnamed.length > 0) {
    const share = unnamed.reduce((sum, { count }) => sum + count, 0);
    const pairs = values
      .slice(0, 12)
      .map(({ value }) => `${JSON.stringify(value)}: ${JSON.stringify(value.toLowerCase())}`);
    findings.push(
      finding(
        "HP333",
        mapping.events === undefined || share === look.rows ? "error" : share > look.rows / 5 ? "warning" : "advice",
        {
          message: `${counted(share, look.rows)} hold an event that has no name in the note: ${shown(unnamed)}${mapping.events === undefined ? "" : "; they are left out"}`,
          fact: mapping.events === undefined ? "3.source.columns.event" : "3.source.events",
          where: look.table.path,
          fix: `give each value that counts a name of your own: \`events: { ${pairs.join(", ")} }\``,
        },
      ),
    );
  }
  const held = new Set(values.map(({ value }) => value));
  for (const value of Object.keys(mapping.events ?? {}).filter((name) => !held.has(name))) {
    const suggestion = nearest(value, [...held]);
    findings.push(
      finding("HP333", look.limit === undefined ? "error" : "warning", {
        message: `no row holds the event \`${value}\` in \`${column}\`; there are ${shown(values)}`,
        fact: "3.source.events",
        where: look.table.path,
        fix: suggestion === undefined ? "name values as they stand in the file" : `did you mean \`${suggestion}\`?`,
      }),
    );
  }
  return findings;
}

export async function labels(check: Check): Promise<readonly MappingFinding[]> {
  const { look } = check;
  const at = look.columns.findIndex(({ holds }) => holds === "label");
  if (at < 0 || look.rows === 0) return [];
  const { column, meaning, answers } = look.columns[at];
  const named = answers === undefined ? [] : await namedLabels(check, at, answers);
  const of = await one(
    check,
    `count(*) FILTER (n${at} = 1) AS yes, count(*) FILTER (n${at} = 0) AS no, count(*) FILTER (n${at} NOT IN (0, 1)) AS other, coalesce(min(row) FILTER (n${at} NOT IN (0, 1)), 0) AS row`,
  );
  if (of("other") > 0)
    return [
      finding("HP339", check.mapping.policy.badNumber === "error" ? "error" : "warning", {
        message: `${await cellAt(check.environment, look, column, of("row"))} in column \`${column}\` is no label: it has to be 0 or 1, or a word for no or yes, or be named in \`events\`; so are ${counted(of("other"), look.rows)}`,
        fact: `3.source.columns.${meaning}`,
        where: await look.table.placeOf(of("row"), column),
        fix: "name the column that holds the label, or write it as 0 and 1",
      }),
    ];
  const all = of("yes") + of("no");
  if (all === 0 || (of("yes") > 0 && (of("no") > 0 || check.mapping.known !== undefined))) return named;
  return [
    ...named,
    finding("HP337", look.limit === undefined ? "error" : "warning", {
      message: `every row that was looked at is labelled ${of("yes") > 0 ? 1 : 0} in column \`${column}\`: there is nothing to tell apart`,
      fact: `3.source.columns.${meaning}`,
      where: look.table.path,
      fix: "name the column that holds the label, or a file with rows of both kinds",
    }),
  ];
}

/** Labels whose values the note names: values that no row holds, and rows whose value has no name. */
async function namedLabels(
  { look, environment }: Check,
  at: number,
  { yes, no }: LabelAnswers,
): Promise<readonly MappingFinding[]> {
  const { column } = look.columns[at];
  const found = await environment.sql.query(
    `SELECT t${at} AS value, count(*) AS count FROM ${LOOK} WHERE t${at} IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT 1000`,
  );
  const held = [...texts(found, "value")];
  const shown = held
    .slice(0, 6)
    .map((value, row) => `\`${value}\` (${formatNumber(numbers(found, "count")[row])})`)
    .join(", ");
  const absent = [...yes, ...no].filter((value) => !held.includes(value));
  const unnamed = held.filter((value) => !yes.includes(value) && !no.includes(value));
  const share = unnamed.reduce((sum, value) => sum + numbers(found, "count")[held.indexOf(value)], 0);
  const common = { fact: "3.source.events", where: look.table.path };
  return [
    ...absent.map((value) =>
      finding("HP333", look.limit === undefined ? "error" : "warning", {
        ...common,
        message: `no row holds the label \`${value}\` in \`${column}\`; there are ${shown}`,
        fix: "name values as they stand in the file",
      }),
    ),
    ...(share === 0
      ? []
      : [
          finding("HP333", share > look.rows / 5 ? "warning" : "advice", {
            ...common,
            message: `${counted(share, look.rows)} hold a label that has no name in the note, and are left out: ${unnamed
              .slice(0, 6)
              .map((value) => `\`${value}\``)
              .join(", ")}`,
            fix: "give each value that is a case a name in `events`",
          }),
        ]),
  ];
}

/** Whether anything is wanted by the note's own declaration. */
export async function wanted(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look } = check;
  const rules = mapping.preferences?.positive ?? [];
  if (rules.length === 0 || look.rows === 0) return [];
  const event = look.columns.findIndex(({ holds }) => holds === "event");
  const value = look.columns.findIndex(({ holds }) => holds === "rating");
  const named = new Map(Object.entries(mapping.events ?? {}));
  const nameOf = (text: string): string => named.get(text) ?? text.toLowerCase();
  const found = await check.environment.sql.query(
    `SELECT ${event < 0 ? "''" : `coalesce(t${event}, '')`} AS event, count(*) AS all_of, ${rules
      .map((rule, at) => `count(*) FILTER (${conditionOf(rule, value)}) AS r${at}`)
      .join(
        ", ",
      )}${value < 0 ? "" : `, min(n${value}) AS least, max(n${value}) AS most`} FROM ${LOOK} GROUP BY event LIMIT 1000`,
  );
  let count = 0;
  const held = new Set<string>();
  for (let row = 0; row < found.rows; row++) {
    const kind =
      event < 0 ? (mapping.onlyEvent ?? (value < 0 ? "view" : "rating")) : nameOf(texts(found, "event")[row]);
    held.add(kind);
    // Several conditions on one event: at least as many rows are wanted as its widest one takes.
    count += Math.max(0, ...rules.map((rule, at) => (rule.event === kind ? numbers(found, `r${at}`)[row] : 0)));
  }
  if (count > 0) return [];
  const range =
    value < 0 || found.rows === 0
      ? ""
      : `; \`${look.columns[value].column}\` goes from ${Math.min(...Array.from(numbers(found, "least")))} to ${Math.max(...Array.from(numbers(found, "most")))}`;
  return [
    finding("HP337", look.limit === undefined ? "error" : "warning", {
      message: `no row is ${rules.map(describeRule).join(" or ")}: the data holds ${[...held].map((one) => `\`${one}\``).join(", ")}${range}`,
      fact: "2.label",
      where: look.table.path,
      fix: "say in section 2 which event is wanted, and from which value on: `label: { event: …, positive: … }`",
    }),
  ];
}

function conditionOf({ comparison, limit }: PreferenceRule, value: number): string {
  if (comparison === null) return "true";
  return value < 0 ? "false" : `n${value} ${comparison} ${limit}`;
}

const SAMPLED = 100_000;

export async function giveaways(check: Check): Promise<readonly MappingFinding[]> {
  const { look, environment } = check;
  const label = look.columns.findIndex(({ holds }) => holds === "label");
  const inputs = look.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ holds }) => holds === "input" || holds === "key" || holds === "number");
  if (label < 0 || inputs.length === 0) return [];
  const share = Math.max(1, Math.ceil(look.rows / SAMPLED));
  const sample = `(SELECT * FROM ${LOOK} WHERE row % ${share} = 0)`;
  const leaks = await labelLeaks(
    environment,
    sample,
    `n${label} = 1`,
    inputs.map(({ at, meaning, holds }) => ({
      name: meaning,
      text: `t${at}`,
      ...(holds === "key" ? {} : { number: `n${at}` }),
    })),
  );
  return leaks.map(({ column, why }) =>
    finding("HP338", "error", {
      message: `\`${column}\`${GIVES_AWAY}${why}`,
      fact: `3.features`,
      where: look.table.path,
      fix: "ask when this column is known: what is filled in after the label, or from it, cannot be an input; take the feature out, or say why it may stay",
    }),
  );
}
