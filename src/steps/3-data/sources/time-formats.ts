/** The ways in which files write a moment, each with the patterns that SQL reads it by. */

/** A family of patterns of which one column uses one: the first that fits a cell reads it. */
export interface TimeFormat {
  /** As a note may name it: `time: { format: us }`. */
  readonly name: string;
  /** In words for people. */
  readonly says: string;
  /** An example for a question. */
  readonly example: string;
  readonly patterns: readonly string[];
  /** Whether the patterns read a zone themselves. */
  readonly isZoned?: boolean;
  /** So rare that another format that reads as many cells is meant. */
  readonly isRare?: boolean;
}

const CLOCKS = [
  "",
  " %H:%M",
  " %H:%M:%S",
  " %H:%M:%S.%f",
  " %I:%M %p",
  " %I:%M:%S %p",
  " %I:%M%p",
  ", %I:%M %p",
  ", %H:%M",
  "T%H:%M:%S",
];
const withClocks = (dates: readonly string[]): readonly string[] =>
  dates.flatMap((date) => CLOCKS.map((clock) => `${date}${clock}`));

function numeric(order: "us" | "european", separator: string, year: "%Y" | "%y"): TimeFormat {
  const [one, two] = order === "us" ? ["%m", "%d"] : ["%d", "%m"];
  const short = year === "%y" ? "-short" : "";
  const [first, second] = order === "us" ? ["09", "15"] : ["15", "09"];
  return {
    name: `${order}${short}`,
    says: order === "us" ? `month${separator}day${separator}year` : `day${separator}month${separator}year`,
    example: `${first}${separator}${second}${separator}${year === "%y" ? "20" : "2020"}`,
    patterns: withClocks([`${one}${separator}${two}${separator}${year}`]),
  };
}

/** Formats that are looked for, those that say most first. ISO 8601 and counted seconds are read otherwise and come before all of these. */
export const TIME_FORMATS: readonly TimeFormat[] = [
  {
    name: "compact",
    says: "digits of year, month and day",
    example: "20200915",
    patterns: [
      "%Y%m%d%H%M%S",
      "%Y%m%d%H%M%S%g",
      "%Y%m%d%H%M",
      "%Y%m%d%H",
      "%Y%m%d",
      "%Y%m%dT%H%M%S",
      "%Y%m%dT%H%M%SZ",
      "%Y%m%d %H:%M",
      "%Y%m%d %H:%M:%S",
    ],
  },
  {
    name: "date-hour",
    says: "a date and the hour",
    example: "2020-09-15 18",
    patterns: ["%Y-%m-%d %H", "%Y-%m-%dT%H", "%Y/%m/%d %H", "%d.%m.%Y %H"],
  },
  { name: "month", says: "a year and its month", example: "2020-09", patterns: ["%Y-%m", "%Y/%m", "%Y.%m"] },
  {
    name: "compact-short",
    says: "digits of a short year, month, day and hour",
    example: "14102100",
    patterns: ["%y%m%d%H"],
  },
  {
    name: "rfc-2822",
    says: "mail or web dates with a zone",
    example: "Tue, 15 Sep 2020 18:58:57 +0000",
    patterns: [
      "%a, %d %b %Y %H:%M:%S %z",
      "%d %b %Y %H:%M:%S %z",
      "%a %b %d %H:%M:%S %z %Y",
      "%d/%b/%Y:%H:%M:%S %z",
      "%a, %d %b %Y %H:%M:%S %Z",
      "%a %b %d %H:%M:%S %Z %Y",
    ],
    isZoned: true,
  },
  {
    name: "month-name",
    says: "dates with the month's name",
    example: "15-SEP-2020",
    patterns: withClocks([
      "%d-%b-%Y",
      "%d %b %Y",
      "%d/%b/%Y",
      "%b %d, %Y",
      "%b %d %Y",
      "%d %B %Y",
      "%B %d, %Y",
      "%B %d %Y",
      "%d-%B-%Y",
      "%Y-%b-%d",
      "%Y %b %d",
    ]).concat(["%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S", "%a %b %d %Y"]),
  },
  {
    name: "month-name-short",
    says: "dates with the month's name and a short year",
    example: "15-SEP-20",
    patterns: withClocks(["%d-%b-%y", "%d %b %y", "%d/%b/%y"]),
  },
  {
    name: "year-first",
    says: "year/month/day",
    example: "2020/09/15",
    patterns: withClocks(["%Y/%m/%d", "%Y.%m.%d", "%Y %m %d"]),
  },
  {
    name: "year-day-month",
    says: "year, day, month",
    example: "2020-15-09",
    patterns: withClocks(["%Y-%d-%m", "%Y/%d/%m"]),
    isRare: true,
  },
  { name: "us-comma", says: "month day, year", example: "09 15, 2020", patterns: withClocks(["%m %d, %Y"]) },
  ...["/", "-", "."].flatMap((separator) =>
    (["%Y", "%y"] as const).flatMap((year) => [numeric("us", separator, year), numeric("european", separator, year)]),
  ),
];

/** Units of moments counted from 1970, with how many make a second. */
export const EPOCH_UNITS = [
  { name: "s", says: "seconds since 1970", perSecond: 1 },
  { name: "ms", says: "milliseconds since 1970", perSecond: 1e3 },
  { name: "us", says: "microseconds since 1970", perSecond: 1e6 },
  { name: "ns", says: "nanoseconds since 1970", perSecond: 1e9 },
] as const;

/** Seconds in the units that a step of a counter may have. */
export const STEP_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  second: 1,
  seconds: 1,
  min: 60,
  m: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
};
