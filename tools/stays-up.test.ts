/** When `npm start` stays up. */

import { expect, test } from "vitest";
import { staysUp } from "./stays-up.mjs";

const terminal = { args: [], stdin: { isTTY: true }, stdout: { isTTY: true }, env: {} };

test("npm start stays up serving the studio at a terminal alone", () => {
  expect(staysUp(terminal)).toBe(true);
  expect(staysUp({ ...terminal, stdout: {} })).toBe(false);
  expect(staysUp({ ...terminal, stdin: {} })).toBe(false);
  expect(staysUp({ ...terminal, args: ["check"] })).toBe(false);
  for (const CI of ["true", "1", "yes"]) expect(staysUp({ ...terminal, env: { CI } })).toBe(false);
  for (const CI of ["", "0", "false"]) expect(staysUp({ ...terminal, env: { CI } })).toBe(true);
});
