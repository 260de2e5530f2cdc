/** Ends a prompt where the person ends the input with Ctrl-D. */

import type { Key } from "node:readline";

/**
 * Ctrl-D on an empty line closes the reader below a prompt without a word: nothing would answer it any more, and the process would end with
 * the question on the screen. The signal that `prompt` is given cancels it then. Behind typed text Ctrl-D deletes, and the prompt goes on.
 */
export async function withEndOfInput<T>(
  input: NodeJS.ReadableStream,
  prompt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const left = new AbortController();
  const onKey = (_: unknown, { ctrl, name }: Key): void => {
    // The reader hears the key too, and pauses what it read from as it closes.
    if (ctrl === true && name === "d")
      setImmediate(() => {
        if (input.isPaused()) left.abort();
      });
  };
  input.on("keypress", onKey);
  try {
    return await prompt(left.signal);
  } finally {
    input.off("keypress", onKey);
  }
}
