/** The facts of `source`: files, how they are laid out, and what their columns mean. */

import { z } from "zod";
import { facts, flag, integer, names, oneOf, quantity, text } from "../../design/fact.ts";
import { THOUSANDS } from "./sources/numerals.ts";

/** A column by its name, or by its number from 1 where a file has no header. */
const column = z.union([z.string(), z.int().min(1)]).transform(String);

const columns = (description: string) => z.record(z.string(), column).meta({ description });

/** How a text parts its rows and cells; what is left out is found out from the file. */
const dialect = {
  delimiter: text(
    "What parts cells: one character or more, `tab`, or `space` for any white space; found out where absent",
    "::",
  ).optional(),
  quote: text("The sign around cells, or `none`", "none").optional(),
  escape: text("What stands before a quote inside quotes: the quote again, or a backslash").optional(),
  comment: text("Lines that begin with it are no rows", "#").optional(),
  header: flag("Whether the first row names the columns; found out where absent").optional(),
  skip: integer("Lines above the header or the first row").optional(),
  encoding: text(
    "Encoding of the text, such as windows-1252; UTF-8 where absent and no byte-order mark says otherwise",
    "latin-1",
  ).optional(),
  compression: oneOf(["none", "gzip", "zstd"], "How it is packed; found out where absent").optional(),
  decimal: oneOf([".", ","], "What parts the decimals of its numbers; a point where absent").optional(),
  thousands: oneOf(
    THOUSANDS,
    "What parts the thousands of its numbers, `space` for any blank; nothing where absent",
  ).optional(),
  null: z
    .array(z.union([z.string(), z.number()]).transform(String))
    .meta({
      description:
        "What stands where a value is missing, in place of the usual words (empty, NULL, NA, nan, None, \\N)",
      examples: ['["", "?"]'],
    })
    .optional(),
};

/** How moments are written. */
export const timeColumn = facts("The column of the event's time, and how it is written", {
  column: z
    .union([column, z.array(column).min(2).max(2)])
    .meta({ description: "Its name or number; two for a date and a time of day", examples: ["ts", "[date, time]"] }),
  format: text(
    "iso, epoch, spreadsheet, compact, us, european, month-name, rfc-2822, or a pattern such as `%d.%m.%Y %H:%M`; found out where absent",
    "us",
  ).optional(),
  unit: text(
    "Unit of a count since 1970 (s, ms, us, ns), or the length of a step (h, d, 15 min) with a `start`",
    "ms",
  ).optional(),
  zone: text("Zone of moments that name none; UTC where absent", "Europe/Vilnius").optional(),
  start: text("When a counter of steps was 0", "2020-01-01").optional(),
});

const sideTable = (description: string, meanings: string) =>
  facts(description, {
    path: text("File, relative to the note"),
    columns: columns(`Which column holds what: ${meanings}; any other name becomes an attribute`).optional(),
    ...dialect,
  });

const pathList = z.union([z.string(), z.array(z.string()).min(1)]);

export const sourceSchema = facts("Where the data comes from", {
  format: oneOf(
    ["movielens", "csv", "tsv", "parquet", "json", "libsvm", "simulated", "handbook-fraud", "images"],
    "How it is read; json is one object a line or one list of objects, libsvm graded documents of queries",
  ),
  path: z
    .union([pathList, z.record(z.string(), pathList)])
    .meta({
      description:
        "File or folder, relative to the note; several; a pattern in the file's name such as `part-*.parquet`; or one file an event, by the event's name",
      examples: ["data/events.csv", "{ view: views.csv, purchase: buys.csv }"],
    })
    .optional(),
  ...dialect,
  rows: oneOf(
    ["event", "list"],
    "What a line is: one event, or a member with the list of its items, oldest first",
  ).optional(),
  columns: columns("Which column holds what, by name or by number: `member: user_id`").optional(),
  time: z.union([z.string(), timeColumn]).meta({ description: "The same as `time` of this section" }).optional(),
  events: z
    .record(z.string(), z.string())
    .meta({
      description:
        "Names of the note's own for the values of the event's column: `{ transaction: purchase }`; values that are not named are left out, and counted. Of cases, the values of the label, those called as section 2's `label.event` being positive",
      examples: ["{ view: view, transaction: purchase }"],
    })
    .optional(),
  known: facts("When a row became known, where that is later than it happened", {
    column: column.meta({ description: "Column of that moment" }).optional(),
    delay: quantity("duration", "Time after the event, the same for all rows").optional(),
  }).optional(),
  titles: sideTable("A side table of the items", "title, name, released, genres").optional(),
  profiles: sideTable("A side table of the members", "member").optional(),
  members: quantity("count", "Simulated: members at the end").optional(),
  items: quantity("count", "Simulated: titles at the end").optional(),
  customers: quantity("count", "Simulated: customers").optional(),
  terminals: quantity("count", "Simulated: terminals").optional(),
  days: quantity("count", "Simulated: days of history").optional(),
  adaptive: flag("Simulated: adversaries change tactics when they are declined").optional(),
});

export const repairSchema = facts("What is done about dirty rows; each repair is counted and reported", {
  duplicates: z
    .union([
      oneOf(
        ["keep-last", "keep-first", "error"],
        "The same member and title, the same payment, or the same row in every cell, at the same time twice",
      ),
      facts("What is done about rows that are the same", {
        keep: oneOf(["first", "last", "all", "error"], "Which of them counts").optional(),
        by: names("Columns of the file that make two rows the same").optional(),
      }),
    ])
    .meta({
      description: "The same member and title, the same payment, or the same row in every cell, at the same time twice",
      examples: ["keep-last", "{ keep: first, by: [order_id] }"],
    })
    .optional(),
  "out-of-range": oneOf(["drop", "clip", "error"], "A value outside `range`").optional(),
  "bad-number": oneOf(
    ["drop", "error"],
    "Text where a number or a moment belongs, or a row of another length",
  ).optional(),
  "bad-picture": oneOf(["drop", "error"], "A photo that is broken or far too large").optional(),
  missing: oneOf(["drop", "error"], "A row without its identifier or its value").optional(),
  range: z.tuple([z.number(), z.number()]).meta({ description: "Smallest and largest allowed value" }).optional(),
});
