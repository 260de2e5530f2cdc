/** Whether a text is written in English, and in which language else: the words of topics and headings are, and of other languages nothing is said. */

const ENGLISH = set(
  "the and of to is in for with that are we be on as by from this it which can how what not or an at will our have if when use",
);
/** Little words that English lacks. A word of several languages stands with each. */
const OTHERS: readonly (readonly [language: string, words: ReadonlySet<string>])[] = [
  ["German", set("der die das und ist nicht ein eine mit für auf den dem von zu wird wir weil werden")],
  ["French", set("le la les des et est une dans pour que qui sur par un de avec nous")],
  ["Spanish", set("el los las la del una con para por como que y se es un de según")],
  ["Portuguese", set("os da do dos em não uma com para por que como e um de são")],
  ["Italian", set("il che gli della per sono di con una è nel")],
  ["Dutch", set("het een van voor niet dat de en wij zijn")],
  ["Polish", set("w nie jest na się z oraz dla że jak")],
  ["Czech", set("je se na že pro jsou nebo jako který která podle při není jsme nebude")],
  ["Turkish", set("ve bir ile için bu olarak")],
  ["Swedish", set("och att som är det på av inte vi för till")],
  ["Danish", set("og at af som er det på ikke vi til har være hvis")],
  ["Norwegian", set("og av som er det på ikke vi til har være hvis")],
  ["Indonesian", set("dan yang untuk dengan dari adalah")],
  ["Vietnamese", set("của và là cho các không được")],
];
/** Short words that English notes hold too, as letters, names or abbreviations: they tell languages apart, and say nothing against English. */
const OF_BOTH = set("e y w z es at av bu di do en er har pro se un vi til jak som");
const FOREIGN = new Set(OTHERS.flatMap(([, words]) => [...words].filter((word) => !OF_BOTH.has(word))));

/** Scripts that one language is written in; kana stand before Han, which Japanese uses too. */
const SCRIPTS: readonly (readonly [language: string, letter: RegExp])[] = [
  ["Japanese", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["Korean", /\p{Script=Hangul}/u],
  ["Chinese", /\p{Script=Han}/u],
  ["Greek", /\p{Script=Greek}{3}/u],
  ["Thai", /\p{Script=Thai}/u],
];

/** Beyond this a text is judged by its beginning. */
const LOOKED_AT = 20_000;
/** Letters of other scripts than Latin, as a share of all letters, from which on a text is not English. */
const FOREIGN_SHARE = 0.2;
/** Fewer little words than this in all say nothing, unless letters with marks say it too. */
const FEWEST = 4;
const FEWEST_MARKED = 2;
/** Of fewer different little words no language is named: `de` alone is one of many. */
const FEWEST_DISTINCT = 3;
/** A word with a letter that English writes without its mark; `ŷ` of a formula is too short for one. */
const MARKED = /^(?=\p{L}{3})\p{L}*[\u00C0-\u024F]/u;

export function isEnglish(text: string): boolean {
  const looked = lookedAt(text);
  if (isOfOtherScript(looked)) return false;
  let english = 0;
  let others = 0;
  const marked = new Set<string>();
  for (const word of wordsOf(looked)) {
    if (ENGLISH.has(word)) english++;
    else if (FOREIGN.has(word)) others++;
    else if (MARKED.test(word)) marked.add(word);
  }
  // A name that comes again and again is one word.
  others += marked.size;
  if (english === 0 && marked.size > 0 && others >= FEWEST_MARKED) return false;
  return english + others < FEWEST || english >= others;
}

/** The language of a text that is not English, where one is clearly ahead; else undefined. */
export function languageOf(text: string): string | undefined {
  const looked = lookedAt(text);
  if (isOfOtherScript(looked)) return SCRIPTS.find(([, letter]) => letter.test(looked))?.[0];
  const words = wordsOf(looked);
  const [first, second] = OTHERS.map(([language, little]) => ({
    language,
    count: words.filter((word) => little.has(word)).length,
    distinct: new Set(words.filter((word) => little.has(word))).size,
  })).sort((a, b) => b.count - a.count);
  return first.count > second.count && first.distinct >= FEWEST_DISTINCT ? first.language : undefined;
}

function lookedAt(text: string): string {
  return text
    .slice(0, LOOKED_AT)
    .replaceAll(/^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1/gmu, "")
    .normalize("NFC");
}

function isOfOtherScript(looked: string): boolean {
  const foreign = looked.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  return foreign > 0 && foreign > FOREIGN_SHARE * (looked.match(/\p{L}/gu)?.length ?? 0);
}

function wordsOf(looked: string): readonly string[] {
  return looked.toLowerCase().match(/\p{L}+/gu) ?? [];
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
