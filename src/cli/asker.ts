/** How a command talks with a person: prompts on a terminal, or plain lines where input is piped. */

import { createInterface, type Interface } from "node:readline";
import { withEndOfInput } from "./end-of-input.ts";
import type { Terminal } from "./terminal.ts";

/** Undefined answers mean that the person (or the input) has ended the session. */
export interface Asker {
  /** Whether there is a person to ask twice. */
  readonly interactive: boolean;
  /** A line of text. */
  ask(prompt: string): Promise<string | undefined>;
  /** One of a few choices; without a person, the line is the choice's name, and anything else the first. */
  choose(
    prompt: string,
    choices: readonly { readonly name: string; readonly label: string }[],
  ): Promise<string | undefined>;
  /** Ticks, some set beforehand; without a person, a line such as `y n y`, and an empty one keeps them. */
  tick(
    prompt: string,
    points: readonly { readonly label: string; readonly ticked: boolean }[],
  ): Promise<readonly boolean[] | undefined>;
  close(): void;
}

export async function createAsker(terminal: Terminal): Promise<Asker> {
  return terminal.interactive ? promptAsker(terminal.input) : lineAsker(terminal);
}

async function promptAsker(input: NodeJS.ReadableStream): Promise<Asker> {
  const { isCancel, multiselect, select, text } = await import("@clack/prompts");
  return {
    interactive: true,
    async ask(prompt) {
      const typed = await withEndOfInput(input, (signal) => text({ message: prompt, signal }));
      return isCancel(typed) ? undefined : (typed ?? "");
    },
    async choose(prompt, choices) {
      const chosen = await withEndOfInput(input, (signal) =>
        select({ message: prompt, options: choices.map(({ name, label }) => ({ value: name, label })), signal }),
      );
      return isCancel(chosen) ? undefined : chosen;
    },
    async tick(prompt, points) {
      const options = points.map(({ label }, i) => ({ value: i, label }));
      const initialValues = points.flatMap(({ ticked }, i) => (ticked ? [i] : []));
      const chosen = await withEndOfInput(input, (signal) =>
        multiselect({ message: prompt, options, initialValues, required: false, signal }),
      );
      return isCancel(chosen) ? undefined : points.map((_, i) => chosen.includes(i));
    },
    close() {},
  };
}

function lineAsker(terminal: Terminal): Asker {
  const lines: Interface = createInterface({ input: terminal.input, terminal: false });
  const iterator = lines[Symbol.asyncIterator]();
  const next = async (): Promise<string | undefined> => {
    const { done, value } = await iterator.next();
    return done === true ? undefined : value;
  };
  return {
    interactive: false,
    ask: next,
    async choose(_prompt, choices) {
      const typed = await next();
      if (typed === undefined) return undefined;
      return choices.find(({ name }) => name === typed.trim())?.name ?? choices[0]?.name;
    },
    async tick(_prompt, points) {
      const typed = await next();
      if (typed === undefined) return undefined;
      const marks = typed.trim() === "" ? [] : typed.trim().split(/[\s,]+/u);
      return points.map(({ ticked }, i) => (marks[i] === undefined ? ticked : /^[y1x]/iu.test(marks[i])));
    },
    close: () => lines.close(),
  };
}
