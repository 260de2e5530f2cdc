import { expect, it } from "vitest";
import { createTerminal } from "./terminal.ts";

const stream = { write: () => undefined };
const widthOf = (env: Readonly<Record<string, string>>, columns?: number): number =>
  createTerminal({ stdin: {}, stdout: { ...stream, columns }, stderr: stream, env }).width;

it("is as wide as its window; where there is none, as COLUMNS wishes, and else a hundred", () => {
  expect(widthOf({ COLUMNS: "70" }, 120)).toBe(120);
  expect(widthOf({ COLUMNS: "70" })).toBe(70);
  expect(widthOf({})).toBe(100);
});

it("heeds no wish that is no width, and is never too narrow for a row", () => {
  for (const COLUMNS of ["", "wide", "-3", "8e1"]) expect(widthOf({ COLUMNS })).toBe(100);
  expect(widthOf({ COLUMNS: "3" })).toBe(40);
});
