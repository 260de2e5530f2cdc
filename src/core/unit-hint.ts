/** What an unknown unit may have meant: a spelling is proposed only where nothing of another dimension or size could be meant. */

import { NOUNS } from "./counted-noun.ts";
import { sameDimension, UNITS, type Unit } from "./unit.ts";

const COUNTED: Unit = { dimension: {}, factor: 1 };
const NAMES: readonly string[] = [...UNITS.keys(), ...NOUNS];
/** Spelled-out words are told apart by their letters; of `ms`, `mW` and `GB` every letter changes the size. */
const SPELLED_OUT: readonly string[] = NAMES.filter((name) => /^[a-z]{5,}$/u.test(name));

/** The one known spelling that `name` can be a slip of, or undefined where there is none or more than one size. */
export function nearestUnit(name: string): string | undefined {
  if (name.length > MAXIMUM_LENGTH || isForeign(name)) return undefined;
  // In mixed letters, as of `GBp`, a small letter may be right and another wrong.
  const isOneCase = name.length > 2 && (name === name.toLowerCase() || name === name.toUpperCase());
  const isWord = /^[A-Z]?[a-z]{3,}$/u.test(name);
  const cases = isOneCase || isWord ? onlyOne(otherCase(name)) : undefined;
  return cases ?? onlyOne(doubled(name)) ?? (/^[a-z]+$/u.test(name) ? onlyOne(slips(name)) : undefined);
}

/** The way out for an unknown unit, in words. */
export function unitFix(name: string): string | undefined {
  const near = nearestUnit(name);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const cases = otherCase(name).slice(0, 4);
  if (cases.length < 2) return undefined;
  return `${cases.map((one) => `\`${one}\``).join(" and ")} are of different size: write the one that you mean`;
}

/** Longer names are no unit's. */
const MAXIMUM_LENGTH = 40;

function unitOf(name: string): Unit {
  return UNITS.get(name) ?? COUNTED;
}

/** The first of the names where all mean the same. */
function onlyOne(names: readonly string[]): string | undefined {
  const [first] = names;
  if (first === undefined) return undefined;
  const { dimension, factor } = unitOf(first);
  const isSame = (name: string): boolean =>
    unitOf(name).factor === factor && sameDimension(unitOf(name).dimension, dimension);
  return names.every(isSame) ? first : undefined;
}

function otherCase(name: string): string[] {
  return name.length < 2 ? [] : NAMES.filter((one) => one.toLowerCase() === name.toLowerCase());
}

/** `GBB` and `mss`: one letter was struck twice. In `OPPS` two letters may have changed places. */
function doubled(name: string): string[] {
  if (/[OF]/u.test(name) || name.length > 4) return [];
  const shorter = [...name].flatMap((letter, i) =>
    letter === name[i + 1] ? [name.slice(0, i) + name.slice(i + 1)] : [],
  );
  return shorter.filter((one) => UNITS.has(one) || NOUNS.has(one));
}

/** Words that become `name` by one letter left out, one put in or two neighbours swapped. A changed letter is too often another word. */
function slips(name: string): string[] {
  const word = name.toLowerCase();
  return SPELLED_OUT.filter(
    (one) => one[0] === word[0] && (isOneMore(one, word) || isOneMore(word, one) || isSwapped(one, word)),
  );
}

/** Whether `longer` is `shorter` with one letter put in. */
function isOneMore(longer: string, shorter: string): boolean {
  if (longer.length !== shorter.length + 1) return false;
  let at = 0;
  while (at < shorter.length && longer[at] === shorter[at]) at++;
  return longer.slice(at + 1) === shorter.slice(at);
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * Whether a name reads as a prefix and a symbol of the SI or of computing. Such a name means what it says, known here or
 * not, and no other unit is a better reading of it. The BIPM's SI brochure (9th edition, tables 2, 4 and 7) has the names.
 */
function isForeign(name: string): boolean {
  return SYMBOLS.test(name);
}

const SYMBOLS =
  /^(?:[qryzafpnuµμmcdhkKMGTPEZYRQ]|da|[KMGTP]i)?(?:s|m|g|t|l|L|A|K|N|C|F|H|T|S|V|W|J|Pa|Hz|Wb|lm|lx|mol|cd|rad|sr|kat|Bq|Gy|Sv|eV|Wh|Ah|cal|bar|bit|o|bps|Bps|bp|(?:FLOP|OP|MAC)[sS]?|gCO2e?|tCO2e?|Ω|°C|°F)$/u;
