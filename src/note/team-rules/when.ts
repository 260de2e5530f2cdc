/** Reads the condition of a team's rule: comparisons of facts with values, joined by `and`, `or`, `not` and brackets. */

import type { Comparison } from "../../core/comparison.ts";
import { fail, type Outcome, succeed } from "../../core/outcome.ts";

export type Operator = Comparison | "!=";

export type When =
  | { readonly kind: "and" | "or"; readonly parts: readonly When[] }
  | { readonly kind: "not"; readonly part: When }
  | { readonly kind: "compare"; readonly path: string; readonly operator: Operator; readonly value: string }
  | { readonly kind: "is"; readonly path: string; readonly state: "missing" | "set" };

const MAXIMUM_LENGTH = 400;
const TOKEN =
  /\s*(?:(?<bracket>[()])|(?<operator><=|>=|!=|≤|≥|<|>|==?)|"(?<quoted>[^"]*)"|'(?<single>[^']*)'|(?<word>[^\s()<>=!≤≥"']+))/uy;

interface Token {
  readonly kind: "bracket" | "operator" | "word" | "text";
  readonly text: string;
}

/** `serving.replicas < 2 and not experiment.skip is set`. Fails with what is not understood. */
export function parseWhen(written: string): Outcome<When> {
  const tokens = written.length > MAXIMUM_LENGTH ? undefined : tokenize(written);
  if (tokens === undefined) return wrong(written);
  let at = 0;
  const word = (text: string): boolean => tokens[at]?.kind === "word" && tokens[at].text === text;
  const any = (): When | undefined => joined("or", () => joined("and", one));
  const joined = (kind: "and" | "or", part: () => When | undefined): When | undefined => {
    const first = part();
    if (first === undefined) return undefined;
    const parts = [first];
    while (word(kind)) {
      at++;
      const next = part();
      if (next === undefined) return undefined;
      parts.push(next);
    }
    return parts.length === 1 ? first : { kind, parts };
  };
  const one = (): When | undefined => {
    if (word("not")) {
      at++;
      const part = one();
      return part === undefined ? undefined : { kind: "not", part };
    }
    if (tokens[at]?.kind === "bracket" && tokens[at].text === "(") {
      at++;
      const inside = any();
      const isClosed = tokens[at]?.kind === "bracket" && tokens[at].text === ")";
      at++;
      return isClosed ? inside : undefined;
    }
    const path = tokens[at];
    if (path?.kind !== "word") return undefined;
    at++;
    if (word("is")) {
      const state = tokens[at + 1]?.text;
      at += 2;
      return state === "missing" || state === "set" ? { kind: "is", path: path.text, state } : undefined;
    }
    const operator = OPERATORS.get(tokens[at]?.kind === "operator" ? tokens[at].text : "");
    if (operator === undefined) return undefined;
    at++;
    const value: string[] = [];
    while (
      at < tokens.length &&
      (tokens[at].kind === "text" || (tokens[at].kind === "word" && !word("and") && !word("or")))
    ) {
      value.push(tokens[at].text);
      at++;
    }
    return value.length === 0 ? undefined : { kind: "compare", path: path.text, operator, value: value.join(" ") };
  };
  const read = any();
  return read === undefined || at < tokens.length ? wrong(written) : succeed(read);
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["<", "<"],
  ["<=", "<="],
  ["≤", "<="],
  [">", ">"],
  [">=", ">="],
  ["≥", ">="],
  ["=", "="],
  ["==", "="],
  ["!=", "!="],
]);

function tokenize(written: string): Token[] | undefined {
  const tokens: Token[] = [];
  const text = written.trim();
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const { bracket, operator, quoted, single, word } = match.groups ?? {};
    if (bracket !== undefined) tokens.push({ kind: "bracket", text: bracket });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "text", text: quoted ?? single ?? "" });
    at = TOKEN.lastIndex;
  }
  return tokens;
}

function wrong(written: string): Outcome<When> {
  return fail({
    code: "bad-condition",
    message: `\`${written.slice(0, 80)}\` is no condition on facts`,
    fix: "write it like `serving.replicas < 2`, `latency.p99 is missing` or `stages[].keep > 1000 and not (serving.mode = batch)`",
  });
}
