/** The tree of a parsed expression: what the parser makes, the compiler checks and the printer writes. */

import type { Dimension } from "../../core/unit.ts";

interface Place {
  /** Offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
}

/** A number with its unit, as one thing: `200 MB/s`. `text` is what was written. */
export interface LiteralNode extends Place {
  readonly kind: "literal";
  readonly value: number;
  readonly dimension: Dimension;
  readonly text: string;
  /** Written with a percent sign. */
  readonly percent?: boolean;
  /** How many operations it counts, where its unit is one: 10M of `10M MACs`, which are 20M FLOP. */
  readonly operations?: number;
}

export interface VariableNode extends Place {
  readonly kind: "variable";
  readonly name: string;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "<" | "<=" | ">" | ">=" | "==" | "!=";

export interface BinaryNode extends Place {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Node;
  readonly right: Node;
}

export interface NegationNode extends Place {
  readonly kind: "negation";
  readonly operand: Node;
}

export interface Argument {
  /** Only the inputs of an estimate are named: `little_law(rate: 400/s, time: 85 ms)`. */
  readonly name?: string;
  readonly value: Node;
}

export interface CallNode extends Place {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Argument[];
  /** The line of an estimate that is meant: `.wait_p99`. */
  readonly field?: string;
}

export type Node = LiteralNode | VariableNode | BinaryNode | NegationNode | CallNode;

/** A unit that a result is asked for in: `-> GB`, `in req/s`. */
export interface TargetUnit extends Place {
  readonly text: string;
  readonly factor: number;
  readonly dimension: Dimension;
}

/** One line of a program: `name = expression -> unit  # words`. */
export interface Statement extends Place {
  readonly name?: string;
  readonly node: Node;
  readonly unit?: TargetUnit;
  /** What is said while this line is written. */
  readonly says?: string;
}
