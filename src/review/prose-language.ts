/** Whether a text is written in English: the words of topics and headings are, and of other languages nothing is said. */

const ENGLISH = set(
  "the and of to is in for with that are we be on as by from this it which can how what not or an at will our have if when use",
);
/** Little words of German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Swedish, Indonesian and Vietnamese that English lacks. */
const OTHERS = set(
  "der die das und ist nicht ein eine mit für auf den dem von zu wird le la les des et est une dans pour que qui sur par el los las del una con para por como se os as da do em não uma com il di che gli della per sono het een van voor niet dat w nie jest na się ile ve bir için och att som är det yang dan untuk dengan của và là cho các",
);

/** Beyond this a text is judged by its beginning. */
const LOOKED_AT = 20_000;
/** Letters of other scripts than Latin, as a share of all letters, from which on a text is not English. */
const FOREIGN_SHARE = 0.2;
/** Fewer little words than this in all say nothing. */
const FEWEST = 4;

export function isEnglish(text: string): boolean {
  const looked = text.slice(0, LOOKED_AT).replaceAll(/^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1/gmu, "");
  const foreign = looked.match(/(?!\p{Script=Latin})\p{L}/gu)?.length ?? 0;
  if (foreign > 0 && foreign > FOREIGN_SHARE * (looked.match(/\p{L}/gu)?.length ?? 0)) return false;
  let english = 0;
  let others = 0;
  for (const word of looked.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (ENGLISH.has(word)) english++;
    else if (OTHERS.has(word)) others++;
  }
  return english + others < FEWEST || english >= others;
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(" "));
}
