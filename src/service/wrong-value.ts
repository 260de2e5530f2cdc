/** What is wrong with a value of a request, in words that say what to send in its place: the checker speaks of schemas. */

import { z } from "zod";

/** One complaint of the checker, as far as it is read here. */
const complaintSchema = z.object({
  keyword: z.string(),
  instancePath: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  data: z.unknown().optional(),
  parentSchema: z.record(z.string(), z.unknown()).default({}),
});
type Complaint = z.output<typeof complaintSchema>;

/** Undefined where it is no complaint that can be said better than the checker says it. */
export function sayWrongValue(complaints: readonly unknown[]): string | undefined {
  const read = complaints.flatMap((one) => complaintSchema.safeParse(one).data ?? []);
  const [top] = read;
  if (top === undefined) return undefined;
  // Of an object of several forms, the form whose field was sent: what lies deeper is wrong with it.
  const first = read.find(({ instancePath }) => instancePath.length > top.instancePath.length) ?? top;
  const name = nameOf(first.instancePath);
  if (first.keyword === "required") {
    const missing = read.flatMap(({ keyword, instancePath, params }) =>
      keyword === "required" && instancePath === first.instancePath
        ? [`\`${within(name, params.missingProperty)}\``]
        : [],
    );
    return `${listed(missing)} is left out, and ${missing.length > 1 ? "one of them " : ""}is asked for`;
  }
  if (first.keyword === "additionalProperties") {
    const known = propertiesOf(first.parentSchema);
    const names = known.length === 0 ? "it holds none" : `it holds ${known.map((one) => `\`${one}\``).join(", ")}`;
    return `\`${within(name, first.params.additionalProperty)}\` is nothing that ${name === "" ? "the request" : `\`${name}\``} holds; ${names}`;
  }
  // A value that may be of several forms is refused for each of them.
  const wanted = [
    ...new Set(
      read.filter(({ instancePath }) => instancePath === first.instancePath).flatMap((one) => wantedBy(one) ?? []),
    ),
  ];
  if (wanted.length === 0) return undefined;
  const { parentSchema } = first;
  const about = typeof parentSchema.description === "string" ? `: ${parentSchema.description}` : "";
  return `${name === "" ? "the request" : `\`${name}\``} is ${shown(first.data)}, but must be ${listed(wanted)}${about}`;
}

const TYPES: Readonly<Record<string, string>> = {
  number: "a number without quotes",
  integer: "a whole number without quotes",
  string: "a text in quotes",
  boolean: "true or false",
  null: "null",
  array: "a list",
  object: "an object",
};
const FORMS: Readonly<Record<string, string>> = {
  "date-time": "a moment such as 2026-01-31T08:00:00Z",
  date: "a day such as 2026-01-31",
  uri: "an address such as https://example.org",
};

/** What one complaint asks for; undefined for one that only sums up others. */
function wantedBy({ keyword, params }: Complaint): string | undefined {
  const limit = String(params.limit);
  switch (keyword) {
    case "type":
      return [params.type]
        .flat()
        .map((type) => TYPES[String(type)] ?? String(type))
        .join(" or ");
    case "pattern":
      return wordsOf(String(params.pattern)) ?? `a text of the form ${String(params.pattern)}`;
    case "enum":
      return Array.isArray(params.allowedValues) ? listed(params.allowedValues.map((one) => shown(one))) : undefined;
    case "const":
      return shown(params.allowedValue);
    case "format":
      return FORMS[String(params.format)] ?? `written as a ${String(params.format)}`;
    case "minimum":
      return `at least ${limit}`;
    case "maximum":
      return `at most ${limit}`;
    case "exclusiveMinimum":
      return `above ${limit}`;
    case "exclusiveMaximum":
      return `below ${limit}`;
    case "multipleOf":
      return `a multiple of ${String(params.multipleOf)}`;
    case "minLength":
      return limit === "1" ? "a text that is not empty" : `${limit} letters or more`;
    case "maxLength":
      return `${limit} letters at most`;
    case "minItems":
      return limit === "1" ? "a list that is not empty" : `a list of ${limit} or more`;
    case "maxItems":
      return `a list of ${limit} at most`;
    case "minProperties":
      return `an object of ${limit} or more`;
    case "maxProperties":
      return `an object of ${limit} at most`;
    case "uniqueItems":
      return "a list without the same thing twice";
    default:
      return undefined;
  }
}

/** The words that a pattern of plain alternatives takes: `^(?:[Yy]es|NO|[Nn])$` takes `yes`, `no` and `n`. */
function wordsOf(pattern: string): string | undefined {
  const inner = /^\^\(\?:(?<inner>[\w|[\]]+)\)\$$/u.exec(pattern)?.groups?.inner;
  if (inner === undefined) return undefined;
  const words = inner.split("|").map((one) => one.replaceAll(/\[\w*?(?<last>\w)\]/gu, "$<last>").toLowerCase());
  return listed([...new Set(words)].map((word) => `"${word}"`));
}

function propertiesOf({ properties }: Complaint["parentSchema"]): readonly string[] {
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

/** `/requests/0/amount` is `requests[0].amount`. */
function nameOf(path: string): string {
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((name, part) => (/^\d+$/u.test(part) ? `${name}[${part}]` : within(name, part)), "");
}

function within(name: string, part: unknown): string {
  return name === "" ? String(part) : `${name}.${String(part)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "left out";
  const text = JSON.stringify(upTo(value, MOST_SHOWN));
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} …` : text;
}

const MOST_SHOWN = 60;

/** What lies in more brackets than that many is not shown anyway, and would exhaust the stack of whoever writes it down. */
function upTo(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((one) => upTo(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, upTo(one, depth - 1)]));
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
