import { expect, it } from "vitest";
import { readMachine } from "./machine.ts";

it("has what the machine has, or what a container allows of it", () => {
  expect(readMachine(3, 24e9, 0)).toEqual({ memory: 24e9, cores: 3 });
  expect(readMachine(3, 24e9, 8e9)).toEqual({ memory: 8e9, cores: 3 });
  // Where nothing is constrained, some systems answer with all that a number holds.
  expect(readMachine(3, 24e9, 2 ** 63)).toEqual({ memory: 24e9, cores: 3 });
});
