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

/** `serving.replicas < 2 and not experiment.skip is set`. Fails with what is not understood, and says at which words. */
export function parseWhen(written: string): Outcome<When> {
  if (written.length > MAXIMUM_LENGTH) return wrong(written, `it is longer than ${MAXIMUM_LENGTH} characters`, "");
  const { tokens, rest } = tokenize(written);
  if (rest !== "") return wrong(written, `nobody knows what \`${rest.slice(0, 20)}\` means`, rest);
  let at = 0;
  let problem: { readonly why: string; readonly words: string } | undefined;
  // What is found first is said: all that comes after it follows from it.
  const fails = (why: (words: string) => string): undefined => {
    const words = tokens[at]?.text ?? tokens.at(-1)?.text ?? "";
    problem ??= { why: at < tokens.length ? why(`\`${words}\``) : why("its end"), words };
    return undefined;
  };
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
      if (inside === undefined) return undefined;
      if (tokens[at]?.kind !== "bracket" || tokens[at].text !== ")")
        return fails((here) => `a bracket is not closed before ${here}`);
      at++;
      return inside;
    }
    const path = tokens[at];
    if (path?.kind !== "word") return fails((here) => `the name of a fact belongs at ${here}`);
    at++;
    if (word("is")) {
      at++;
      const state = tokens[at]?.text;
      if (state !== "missing" && state !== "set") return fails((here) => `\`missing\` or \`set\` belongs at ${here}`);
      at++;
      return { kind: "is", path: path.text, state };
    }
    const operator = OPERATORS.get(tokens[at]?.kind === "operator" ? tokens[at].text : "");
    if (operator === undefined) return fails((here) => `<, <=, =, !=, >=, > or \`is\` belongs at ${here}`);
    at++;
    const value: string[] = [];
    while (
      at < tokens.length &&
      (tokens[at].kind === "text" || (tokens[at].kind === "word" && !word("and") && !word("or")))
    ) {
      value.push(tokens[at].text);
      at++;
    }
    if (value.length === 0) return fails((here) => `a value to compare with belongs at ${here}`);
    return { kind: "compare", path: path.text, operator, value: value.join(" ") };
  };
  const read = any();
  if (read !== undefined && at < tokens.length) fails((here) => `\`and\` or \`or\` belongs before ${here}`);
  return read === undefined || problem !== undefined ? wrong(written, problem?.why, problem?.words) : succeed(read);
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

/** The words of a condition, and what is left where one cannot be read. */
function tokenize(written: string): { readonly tokens: readonly Token[]; readonly rest: string } {
  const tokens: Token[] = [];
  const text = written.trim();
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return { tokens, rest: text.slice(at).trim() };
    const { bracket, operator, quoted, single, word } = match.groups ?? {};
    if (bracket !== undefined) tokens.push({ kind: "bracket", text: bracket });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "text", text: quoted ?? single ?? "" });
    at = TOKEN.lastIndex;
  }
  return { tokens, rest: "" };
}

/** `where` is the words of the condition that have to be looked at. */
function wrong(written: string, why = "it says nothing", where = ""): Outcome<When> {
  return fail({
    code: "bad-condition",
    message: `\`${written.trim().slice(0, 80)}\` is no condition on facts: ${why}`,
    where,
    fix: "write it like `serving.replicas < 2`, `latency.p99 is missing` or `stages[].keep > 1000 and not (serving.mode = batch)`",
  });
}
