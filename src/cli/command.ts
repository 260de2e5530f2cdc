/** A command: what it is called, what it takes, what it says of itself, and what it does. One file per command states one of these. */

import type { Terminal } from "./terminal.ts";

export interface CommandArgument {
  /** In capitals, as the usage line shows it: `DESIGN`. */
  readonly name: string;
  readonly description: string;
  /** All that it may be, where it says what to do; anything else is refused. */
  readonly actions?: readonly string[];
  readonly optional?: boolean;
  /** Takes all that follow. */
  readonly variadic?: boolean;
}

export interface CommandOption {
  /** Kebab-case, without dashes. */
  readonly name: string;
  /** What it takes, in capitals; absent for a switch. */
  readonly value?: string;
  readonly description: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
}

/** What the user typed: arguments in order, options by name. */
export interface CommandInput {
  readonly arguments: readonly string[];
  /** Whether a switch was given. */
  has(option: string): boolean;
  /** The value of an option, the last where it was given several times. */
  value(option: string): string | undefined;
  values(option: string): readonly string[];
}

/** What was typed, by names: an argument's as the usage line shows it, in capitals; an option's without dashes. */
export interface TypedInput extends CommandInput {
  isGiven(name: string): boolean;
}

/** When options or arguments would change nothing. */
export interface OptionRule {
  readonly given: readonly string[];
  /** The names of what else decides it. */
  readonly beside: readonly string[];
  isIgnored(typed: TypedInput): boolean;
  /** `written` is what is refused, as the user wrote it. */
  why(written: string, typed: TypedInput): string;
  fix(written: string, typed: TypedInput): string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands, lower case, without a full stop. */
  readonly summary: string;
  /** Further paragraphs of the command's own help. */
  readonly description?: string;
  readonly arguments: readonly CommandArgument[];
  /** `--json` and `--help` are listed here too where the command knows them; `--help` always works. */
  readonly options: readonly CommandOption[];
  /** What options need and exclude: one that would change nothing is refused. */
  readonly rules?: readonly OptionRule[];
  /** Options that are looked for here and are another command's, each with what does it. */
  readonly elsewhere?: readonly { readonly option: string; readonly does: string }[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
  readonly exits: readonly { readonly code: number; readonly means: string }[];
  /**
   * Of work that goes on for long without hearing anything: what is said where it is stopped by Ctrl-C, in the words behind `stopped: `: what is
   * kept, and that `again`, the command line as it was typed, goes on. It is then done in a process of its own; undefined for what is done at once.
   */
  stopped?(input: CommandInput, again: string): string | undefined;
  /** Does the work and returns the exit code. A `FailureError` thrown here is printed as what it is, with exit code 2. */
  run(input: CommandInput, terminal: Terminal): Promise<number>;
}

/** Exit codes that every command shares. */
export const EXITS = {
  done: { code: 0, means: "done" },
  found: { code: 1, means: "done, and something is wrong with the design" },
  failed: { code: 2, means: "could not be done; the message says what to do" },
  interrupted: { code: 130, means: "interrupted; what was finished is kept" },
} as const;
