import { PassThrough } from "node:stream";
import { isCancel, select, text } from "@clack/prompts";
import { expect, it } from "vitest";
import { withEndOfInput } from "./end-of-input.ts";

const CTRL_D = "\u0004";

/** What a prompt gives once these keys were typed, one after the other. */
async function typed(keys: readonly string[], prompt: (input: PassThrough, signal: AbortSignal) => Promise<unknown>) {
  const input = new PassThrough();
  const asked = withEndOfInput(input, (signal) => prompt(input, signal));
  for (const key of keys) {
    await new Promise(setImmediate);
    input.write(key);
  }
  return asked;
}

const output = new PassThrough().resume();
const options = [{ value: "a" }, { value: "b" }];

it("leaves a choice, and a line with nothing on it, where the input ends", async () => {
  const choice = await typed([CTRL_D], (input, signal) => select({ message: "?", options, input, output, signal }));
  expect(isCancel(choice)).toBe(true);
  const line = await typed([CTRL_D], (input, signal) => text({ message: "?", input, output, signal }));
  expect(isCancel(line)).toBe(true);
});

it("goes on behind what was typed, and ends with what is entered", async () => {
  const line = await typed(["x", CTRL_D, "y", "\r"], (input, signal) => text({ message: "?", input, output, signal }));
  expect(line).toBe("xy");
});
