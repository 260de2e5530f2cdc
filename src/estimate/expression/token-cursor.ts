/** A place in a list of tokens that moves forward. */

import type { Token } from "./tokenize.ts";

export class TokenCursor {
  private readonly tokens: readonly Token[];
  private at = 0;
  /** The token taken last; before the first one, an empty token at the start. */
  last: Token = { kind: "newline", text: "", start: 0, end: 0 };

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  get next(): Token {
    return this.peek(0);
  }

  get second(): Token {
    return this.peek(1);
  }

  /** The token `distance` ahead; past the end, the end. */
  peek(distance: number): Token {
    return this.tokens[Math.min(this.at + distance, this.tokens.length - 1)];
  }

  take(): Token {
    this.last = this.next;
    if (this.at < this.tokens.length - 1) this.at++;
    return this.last;
  }

  /** Takes the next token when it is one of these. */
  takeWord(...texts: readonly string[]): boolean {
    if (!texts.includes(this.next.text)) return false;
    this.take();
    return true;
  }
}
