/** Tells money from mathematics: a pair of dollars is a formula only where pandoc and GitHub would set one. */

import type { Data, Processor } from "unified";

type Extension = NonNullable<Data["micromarkExtensions"]>[number];
type Construct = Extract<NonNullable<NonNullable<Extension["text"]>[string]>, { readonly tokenize: unknown }>;
type Code = Parameters<NonNullable<Construct["previous"]>>[0];

const DOLLAR = 36;

/**
 * After remark-math, which takes any two dollars for a formula. An opening dollar follows no letter or digit and has no
 * space behind it; a closing one has no space before it and no digit behind it. A pair that breaks the rule is text:
 * both dollars stay, and what lies between is read as any other words.
 */
export function dollarRule(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = data.micromarkExtensions?.map((extension) => {
    const formula = extension.text?.[DOLLAR];
    return formula === undefined || Array.isArray(formula)
      ? extension
      : { ...extension, text: { ...extension.text, [DOLLAR]: withRule(formula) } };
  });
}

function withRule(formula: Construct): Construct {
  const { tokenize } = formula;
  return {
    ...formula,
    tokenize(effects, ok, nok) {
      const before = this.previous;
      const read: Code[] = [];
      const heard: typeof effects = {
        ...effects,
        consume(code) {
          read.push(code);
          effects.consume(code);
        },
      };
      return tokenize.call(this, heard, (next) => (isFormula(before, read, next) ? ok(next) : nok(next)), nok);
    },
  };
}

/** `read` are the characters from the first dollar to the last; two dollars on either side are never money. */
function isFormula(before: Code, read: readonly Code[], next: Code): boolean {
  if (read[1] === DOLLAR) return true;
  return (
    !isMatch(before, /[\p{L}\p{N}]/u) && !isSpace(read[1]) && !isSpace(read[read.length - 2]) && !isMatch(next, /\d/u)
  );
}

/** Line ends and tabs are negative here. */
function isSpace(code: Code): boolean {
  return code === null || code <= 32;
}

function isMatch(code: Code, wanted: RegExp): boolean {
  return code !== null && code > 32 && wanted.test(String.fromCodePoint(code));
}
