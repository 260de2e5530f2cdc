/** Letters of other alphabets in those of ASCII, for names that allow no others: `gekündigt` is `gekuendigt`, never `geku_ndigt`. */

/** Letters that are no ASCII letter with a mark, as their languages write them without. */
const SPELLED: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** In lower case, marks taken off; letters of other scripts stay as they are. */
export function plainLetters(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/\p{L}/gu, (letter) => SPELLED[letter] ?? letter)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
}
