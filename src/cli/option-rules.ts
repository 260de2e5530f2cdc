/** What an option means something only with, or only without: refused before anything is done, so that none is read and then ignored. */

import { nearest } from "../core/nearest.ts";
import { FailureError } from "../core/outcome.ts";
import type { Command, CommandInput, OptionRule, TypedInput } from "./command.ts";

/** They mean something only where one of `needed` is given too. */
export function onlyWith(given: readonly string[], ...needed: readonly string[]): OptionRule {
  const any = needed.map(asWritten).join(" or ");
  return {
    given,
    beside: needed,
    isIgnored: ({ isGiven }) => !needed.some(isGiven),
    why: (written) => `${written} needs ${any}`,
    fix: (written) => `add ${any}, or leave ${written} out`,
  };
}

/** They mean nothing beside any of `others`. */
export function notWith(given: readonly string[], ...others: readonly string[]): OptionRule {
  const beside = ({ isGiven }: TypedInput): string => others.filter(isGiven).slice(0, 1).map(asWritten).join("");
  return {
    given,
    beside: others,
    isIgnored: ({ isGiven }) => others.some(isGiven),
    why: (written, typed) => `${written} would change nothing beside ${beside(typed)}`,
    fix: (written, typed) => `leave ${written} or ${beside(typed)} out`,
  };
}

/** They belong to some of the actions that a command's first argument names. */
export function onlyFor(given: readonly string[], ...actions: readonly string[]): OptionRule {
  return {
    given,
    beside: [],
    isIgnored: ({ arguments: [action] }) => !actions.includes(action),
    why: (written, { arguments: [action] }) => `${action.slice(0, 60)} does not take ${written}`,
    fix: (written) => `leave ${written} out; ${actions.join(", ")} ${actions.length === 1 ? "takes" : "take"} it`,
  };
}

/** They mean nothing where `isIgnored`, for a reason of the command's own. */
export function notWhere(
  given: readonly string[],
  isIgnored: (input: CommandInput) => boolean,
  why: string,
  fix?: string,
): OptionRule {
  return { given, beside: [], isIgnored, why: () => why, fix: (written) => fix ?? `leave ${written} out` };
}

/** Throws a `FailureError` for an action that there is none of, and for the first option or argument that would change nothing. */
export function refuseIgnored({ rules = [], arguments: known }: Command, input: CommandInput): void {
  for (const [at, { name, actions }] of known.entries()) {
    const typed = input.arguments[at];
    if (actions === undefined || typed === undefined || actions.includes(typed)) continue;
    const meant = nearest(typed, actions);
    throw new FailureError({
      code: "unknown-action",
      message: `\`${typed.slice(0, 60)}\` is none of ${actions.join(", ")}`,
      where: name,
      fix: meant === undefined ? `write ${actions.join(" or ")}` : `did you mean \`${meant}\`?`,
    });
  }
  const isGiven = (name: string): boolean => {
    const at = known.findIndex((one) => one.name === name);
    return at < 0 ? input.has(name) : input.arguments[at] !== undefined;
  };
  const typed: TypedInput = { ...input, isGiven };
  for (const rule of rules) {
    const name = rule.given.find(isGiven);
    if (name === undefined || !rule.isIgnored(typed)) continue;
    const where = asWritten(name);
    throw new FailureError({
      code: "bad-option",
      message: rule.why(where, typed),
      where,
      fix: rule.fix(where, typed),
    });
  }
}

function asWritten(name: string): string {
  return name === name.toUpperCase() ? name : `--${name}`;
}

/** An input that remembers which options were looked at, and what was given and never looked at. */
export function watchedInput(
  command: Pick<Command, "options">,
  input: CommandInput,
): { readonly input: CommandInput; unread(): readonly string[] } {
  const read = new Set<string>();
  const seen = <T>(option: string, value: T): T => {
    read.add(option);
    return value;
  };
  return {
    input: {
      arguments: input.arguments,
      has: (option) => seen(option, input.has(option)),
      value: (option) => seen(option, input.value(option)),
      values: (option) => seen(option, input.values(option)),
    },
    unread: () => command.options.map(({ name }) => name).filter((name) => input.has(name) && !read.has(name)),
  };
}
