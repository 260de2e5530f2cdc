/** Text as Typst reads it: always a string, never markup, with places where a long word may break. */

/** Longer words get places to break: addresses, paths, names of columns, hashes. */
const LONGEST_WORD = 18;

/** A Typst string literal. Whatever the text holds, it ends nothing and begins nothing. */
export function typstString(value: string): string {
  return `"${value
    .replaceAll(UNPRINTABLE, "")
    .replaceAll(/\p{Cs}/gu, "\uFFFD")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\t", "  ")
    .replaceAll(/\r\n?|\n/gu, "\\n")}"`;
}

/** Control characters, and those that turn the order of a line without being seen. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu;

/** The text as content: the string in markup, one line, long words breakable. */
export function typstText(value: string): string {
  return `#${typstString(breakable(bound(value.replaceAll(/\s*[\r\n]+\s*/gu, " "))))};`;
}

/** A number and its unit, and a sign and its number, are one word: in a narrow column they stood on two lines. */
export function bound(value: string): string {
  return value.replaceAll(UNIT, "\u00A0").replaceAll(SIGN, "$1\u00A0");
}

const UNIT =
  /(?<=(?:^|[^\p{L}\p{N}_])[-−+±$]?\d[\d.,]*)[ \u202F](?=(?:[nuµm]s|s|m|min|h|d|days|mo|[kMGTP]?i?B|%|[kMG]?Hz|req\/s)(?![\p{L}\p{N}_]))/gu;
const SIGN = /(?<=^|\s)([<>]=?|[≤≥])[ \u202F](?=[-−]?[\d$])/gu;

const ZERO_WIDTH_SPACE = "\u200B";

/** Adds a zero-width space behind separators of long words, and every so many letters where there are none. */
export function breakable(value: string, longest = LONGEST_WORD): string {
  return value.replaceAll(/\S+/gu, (word) => {
    if (word.length <= longest) return word;
    const cut = word.replaceAll(/([/._\-?&=:,;@+|\\#%)\]}])(?=[^\s/._\-?&=:,;@+|\\#%)\]}])/gu, `$1${ZERO_WIDTH_SPACE}`);
    return cut
      .split(ZERO_WIDTH_SPACE)
      .map((part) => (part.length <= longest ? part : chunks(part, longest)))
      .join(ZERO_WIDTH_SPACE);
  });
}

/** Letters that join, as Arabic does, and marks on letters stay with their neighbours. */
function chunks(part: string, longest: number): string {
  if (/\p{Script=Arabic}|\p{Mn}|\u200D/u.test(part)) return part;
  const letters = [...part];
  const count = Math.ceil(letters.length / longest);
  return Array.from({ length: count }, (_, i) => letters.slice(i * longest, (i + 1) * longest).join("")).join(
    ZERO_WIDTH_SPACE,
  );
}

/** A paragraph runs as its first letter does, as a browser has it: full stop and number stand at its end, and it begins at the right. */
export function rightToLeft(words: string, typst: string): string {
  const first = /\p{L}/u.exec(words)?.[0] ?? "";
  const isRight = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
  return isRight ? `#[#set text(dir: rtl)\n${typst}]` : typst;
}
