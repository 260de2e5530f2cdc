/** Parses napkin mathematics: `10 TB / 200 MB/s`, `peak = 2M users * 25 requests/user/day * 3 -> req/s`. */

import { RANGE_FIX } from "../../core/number-text.ts";
import { UNITS } from "../../core/unit.ts";
import { ExpressionError } from "./expression-error.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Argument, BinaryOperator, Node, Statement } from "./node.ts";
import { APPROXIMATELY, ARROWS, COMPARISONS, PRODUCTS, RESERVED } from "./operators.ts";
import { CURRENCIES, isUnitWord, readLiteral, readTargetUnit } from "./read-unit.ts";
import { TokenCursor } from "./token-cursor.ts";
import { tokenize } from "./tokenize.ts";
import { refuseFractionOf, refuseRange, refuseShareOf } from "./two-readings.ts";
import { type Names, unknownName } from "./unknown-name.ts";

/** Deeper nesting is refused: it protects the stack, and no one can say it aloud. */
const MAXIMUM_DEPTH = 60;
const MAXIMUM_STATEMENTS = 60;

/**
 * Parses one statement per line (`;` ends one too). A number takes the unit behind it with all its `/unit`s, so that
 * `10 TB / 200 MB/s` divides by a rate. Names given in earlier statements and in `names` win over units of the same spelling,
 * except right after a number. Throws an `ExpressionError` with a place.
 */
export function parseProgram(text: string, names: Names): Statement[] {
  const parser = new Parser(text, names);
  return parser.program();
}

class Parser {
  private readonly text: string;
  private readonly cursor: TokenCursor;
  readonly variables: Set<string>;
  readonly estimates: ReadonlySet<string>;
  private depth = 0;

  constructor(text: string, names: Names) {
    this.text = text;
    this.cursor = new TokenCursor(tokenize(text));
    this.variables = new Set(names.variables);
    this.estimates = names.estimates;
  }

  program(): Statement[] {
    const statements: Statement[] = [];
    for (;;) {
      while (this.cursor.next.kind === "newline") this.cursor.take();
      if (this.cursor.next.kind === "end") break;
      statements.push(this.statement());
      if (statements.length > MAXIMUM_STATEMENTS) {
        const { start, end } = this.cursor.next;
        throw new ExpressionError(
          "too-long",
          `at most ${MAXIMUM_STATEMENTS} lines are read`,
          start,
          end,
          "split it up",
        );
      }
    }
    if (statements.length > 0) return statements;
    throw new ExpressionError(
      "empty",
      "there is nothing to compute",
      0,
      this.text.length,
      "write something like `10 TB / 200 MB/s`",
    );
  }

  private statement(): Statement {
    const start = this.cursor.next.start;
    const name = this.assignedName();
    while (APPROXIMATELY.has(this.cursor.next.text) && !this.variables.has(this.cursor.next.text)) this.cursor.take();
    const node = this.comparison();
    const unit = this.cursor.takeWord(...ARROWS) ? readTargetUnit(this.cursor, this.text) : undefined;
    const { next } = this.cursor;
    if (next.kind !== "newline" && next.kind !== "end") throw this.unexpected();
    if (name !== undefined) this.variables.add(name);
    return { name, node, unit, says: this.commentAfter(next.start), start, end: this.cursor.last.end };
  }

  private assignedName(): string | undefined {
    const { next, second } = this.cursor;
    if (next.kind !== "word" || second.text !== "=") return undefined;
    if (RESERVED.has(next.text) || FUNCTIONS.has(next.text)) {
      throw new ExpressionError(
        "reserved-name",
        `\`${next.text}\` already means something here`,
        next.start,
        next.end,
        "choose another name",
      );
    }
    this.cursor.take();
    this.cursor.take();
    return next.text;
  }

  /** Comments are cut away with the spaces; the words of the one that ends this line start at or before the line's end. */
  private commentAfter(lineEnd: number): string | undefined {
    const between = this.text.slice(this.cursor.last.end, lineEnd);
    const hash = between.indexOf("#");
    return hash < 0 ? undefined : between.slice(hash + 1).trim() || undefined;
  }

  private comparison(): Node {
    const left = this.sum();
    const operator = COMPARISONS.get(this.cursor.next.text);
    if (operator === undefined) return left;
    this.cursor.take();
    return this.binary(operator, left, this.sum());
  }

  private sum(): Node {
    let left = this.product();
    for (;;) {
      const { text, start, end } = this.cursor.next;
      if (text !== "+" && text !== "-" && text !== "–" && text !== "—") return left;
      this.cursor.take();
      const isTight = left.end === start && this.cursor.next.start === end;
      const right = this.product();
      if (text !== "+" && isTight) refuseRange(left, right, text);
      left = this.binary(text === "+" ? "+" : "-", left, right);
    }
  }

  private product(): Node {
    let left = this.unary();
    for (;;) {
      const { text, start, end } = this.cursor.next;
      const operator = PRODUCTS.get(text);
      if (operator === undefined || this.variables.has(text)) return left;
      this.cursor.take();
      const isTight = left.end === start && this.cursor.next.start === end;
      const right = this.unary();
      if (text === "of") refuseShareOf(left, right);
      if (text === "/" && isTight) refuseFractionOf(left, right);
      left = this.binary(operator, left, right);
    }
  }

  private unary(): Node {
    const { next } = this.cursor;
    if (next.text !== "-" && next.text !== "+") return this.power();
    this.cursor.take();
    const operand = this.deeper(() => this.unary());
    return next.text === "+" ? operand : { kind: "negation", operand, start: next.start, end: operand.end };
  }

  private power(): Node {
    const base = this.primary();
    const { text } = this.cursor.next;
    if (text !== "^" && text !== "**") return base;
    this.cursor.take();
    return this.binary(
      "^",
      base,
      this.deeper(() => this.unary()),
    );
  }

  private primary(): Node {
    const { next, second } = this.cursor;
    if (next.text === "(") {
      this.cursor.take();
      const inner = this.deeper(() => this.comparison());
      this.close(next.start);
      return inner;
    }
    if (next.kind === "number" || CURRENCIES.has(next.text)) return readLiteral(this.cursor, this.text, this.variables);
    if (next.kind === "word" && second.text === "(" && !this.variables.has(next.text)) return this.call();
    if (next.kind !== "word" || RESERVED.has(next.text)) throw this.unexpected();
    this.cursor.take();
    if (this.variables.has(next.text)) return { kind: "variable", name: next.text, start: next.start, end: next.end };
    if (isUnitWord(next.text)) {
      const unit = UNITS.get(next.text) ?? { factor: 1, dimension: {} };
      return {
        kind: "literal",
        value: unit.factor,
        dimension: unit.dimension,
        text: next.text,
        start: next.start,
        end: next.end,
      };
    }
    throw unknownName(next.text, next.start, next.end, this);
  }

  private call(): Node {
    const name = this.cursor.take();
    if (!FUNCTIONS.has(name.text) && !this.estimates.has(name.text) && name.text !== "if") {
      throw unknownName(name.text, name.start, name.end, this);
    }
    this.cursor.take();
    const list: Argument[] = [];
    while (this.cursor.next.text !== ")") {
      list.push(this.deeper(() => this.argument()));
      if (this.cursor.next.text !== ",") break;
      this.cursor.take();
    }
    this.close(name.start);
    let field: string | undefined;
    if (this.cursor.next.text === ".") {
      this.cursor.take();
      field = this.cursor.take().text;
    }
    return { kind: "call", name: name.text, arguments: list, field, start: name.start, end: this.cursor.last.end };
  }

  private argument(): Argument {
    const { next, second } = this.cursor;
    if (next.kind !== "word" || (second.text !== ":" && second.text !== "=")) return { value: this.comparison() };
    this.cursor.take();
    this.cursor.take();
    return { name: next.text, value: this.comparison() };
  }

  private close(opened: number): void {
    if (this.cursor.next.text === ")") {
      this.cursor.take();
      return;
    }
    if (this.cursor.next.kind !== "end" && this.cursor.next.kind !== "newline") throw this.unexpected();
    throw new ExpressionError(
      "unclosed",
      "this parenthesis is never closed",
      opened,
      this.cursor.next.start,
      "add `)`",
    );
  }

  private deeper<T>(parse: () => T): T {
    this.depth++;
    if (this.depth > MAXIMUM_DEPTH) {
      const { start, end } = this.cursor.next;
      throw new ExpressionError(
        "too-deep",
        `parentheses and signs nest at most ${MAXIMUM_DEPTH} deep`,
        start,
        end,
        "name a part: `a = …`",
      );
    }
    const result = parse();
    this.depth--;
    return result;
  }

  private binary(operator: BinaryOperator, left: Node, right: Node): Node {
    return { kind: "binary", operator, left, right, start: left.start, end: right.end };
  }

  private unexpected(): ExpressionError {
    const { next, last } = this.cursor;
    if (next.kind === "end" || next.kind === "newline") {
      return new ExpressionError(
        "incomplete",
        "something is missing at the end",
        last.start,
        Math.max(next.start, last.end),
        "write a number or a name",
      );
    }
    if (next.text === "," && last.kind === "number") {
      const fix = "write decimals with a point; a comma parts thousands, in groups of three digits";
      return new ExpressionError("unexpected", "`,` does not belong here", next.start, next.end, fix);
    }
    if ((next.text === "." || next.text === "…") && last.kind !== "symbol")
      return new ExpressionError("range", "a range is no number to compute with", last.start, next.end, RANGE_FIX);
    const isOperand = next.kind === "number" || next.kind === "word" || next.text === "(" || next.text === "$";
    const fix = isOperand && last.end > 0 ? "put `*`, `/`, `+` or `-` before it" : "remove it";
    return new ExpressionError("unexpected", `\`${next.text}\` does not belong here`, next.start, next.end, fix);
  }
}
