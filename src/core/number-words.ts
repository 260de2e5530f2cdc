/** Numbers in words as digits: `two hundred thousand users`, `half a second`, `a dozen GPUs`, `three nines`. */

const SMALL: ReadonlyMap<string, number> = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
    .split(" ")
    .map((word, value) => [word, value] as const),
);
const TENS: ReadonlyMap<string, number> = new Map(
  "twenty thirty forty fifty sixty seventy eighty ninety".split(" ").map((word, i) => [word, 10 * (i + 2)] as const),
);
const LARGE: ReadonlyMap<string, number> = new Map([
  ["dozen", 12],
  ["hundred", 100],
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);
const WORD = [...SMALL.keys(), ...TENS.keys(), ...LARGE.keys()].join("|");
/** A row of number words, with the `a` before it and the `and` inside: `a hundred and twenty-five thousand`. */
const RUN = new RegExp(
  String.raw`(?<![\p{L}\d'-]|\d )(?:an? (?=(?:${[...LARGE.keys()].join("|")})(?!\p{L})))?(?:${WORD})(?:(?:[ -]| and (?!a )| point )(?:${WORD}))*(?: and a half)?(?![\p{L}'-])`,
  "giu",
);
const NINES = /(?<![\p{L}\d])(?<count>two|three|four|five|six|seven|[2-7])[ -]nines(?!\p{L})/giu;
const PART = /(?<![\p{L}\d])(?:(?:a |one )?(?<part>half|quarter)) (?:of )?an? (?=\p{L})/giu;
/** Before these words no number stands: `a few hundred`, `several dozen`, `hundreds of`. */
const VAGUE = /(?:few|several|couple of|couple|some|many|about a|every|each|the|no|any|this|that|another|other)\s$/iu;

/** The text with what is surely a number in digits; a bare `one`, a row that is no number and vague amounts stay words. */
export function digitsForWords(text: string): string {
  const parts = text
    .replaceAll(NINES, (_, count: string) => ninesOf(SMALL.get(count.toLowerCase()) ?? Number(count)))
    .replaceAll(PART, (_, part: string) => (part.toLowerCase() === "half" ? "0.5 " : "0.25 "));
  let digits = "";
  let from = 0;
  for (const { index, 0: run } of parts.matchAll(RUN)) {
    const value = VAGUE.test(parts.slice(0, index)) || /^one$/iu.test(run) ? undefined : numberOf(run.toLowerCase());
    // Behind a plural, `a thousand` may be `per thousand`.
    const each = /^an? /iu.test(run) && /\p{L}s $/u.test(parts.slice(0, index)) ? "a " : "";
    digits += `${parts.slice(from, index)}${value === undefined ? run : `${each}${value}`}`;
    from = index + run.length;
  }
  return `${digits}${parts.slice(from)}`;
}

/** `three nines` are 99.9 %. */
function ninesOf(count: number): string {
  const digits = "9".repeat(count - 2);
  return digits === "" ? "99%" : `99.${digits}%`;
}

/** Undefined where the words follow each other as no number's do: `five six`. */
function numberOf(run: string): number | undefined {
  const half = run.endsWith(" and a half") ? 0.5 : 0;
  const [whole, ...decimals] = run.replace(/ and a half$/u, "").split(" point ");
  if (decimals.length > 1) return undefined;
  const value = wholeOf(whole.split(/[ -]/u).filter((word) => word !== "and"));
  if (value === undefined || (half > 0 && value >= 100)) return undefined;
  if (decimals.length === 0) return value + half;
  const digits = decimals[0].split(/[ -]/u).map((word) => SMALL.get(word));
  if (half > 0 || digits.some((digit) => digit === undefined || digit > 9)) return undefined;
  return Number(`${value}.${digits.join("")}`);
}

function wholeOf(words: readonly string[]): number | undefined {
  let total = 0;
  let group = 0;
  let last = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  if (LARGE.has(words[0])) return undefined;
  for (const word of words) {
    if (word === "a" || word === "an") {
      group = 1;
      last = 1;
      continue;
    }
    const small = SMALL.get(word);
    const ten = TENS.get(word);
    const large = LARGE.get(word);
    if (small !== undefined) {
      if (last <= 19 || (last < 100 && small > 9)) return undefined;
      group += small;
      last = small;
    } else if (ten !== undefined) {
      if (last < 100) return undefined;
      group += ten;
      last = ten;
    } else if (large === 100 || large === 12) {
      if (group >= 100) return undefined;
      group = Math.max(group, 1) * large;
      last = 100;
    } else {
      if (large === undefined || large >= least) return undefined;
      total += Math.max(group, 1) * large;
      group = 0;
      last = Number.POSITIVE_INFINITY;
      least = large;
    }
  }
  return total + group;
}
