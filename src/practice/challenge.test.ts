import { expect, it } from "vitest";
import { readChallenge, writeChallenge } from "./challenge.ts";

const items = (count: number) => Array.from({ length: count }, (_, seed) => ({ question: `q-${seed}`, seed }));
const read = (changes: object) =>
  readChallenge(JSON.stringify({ heptad: "challenge", version: 1, title: "t", items: items(2), ...changes }));

it("is read as it was written", () => {
  expect(readChallenge(writeChallenge("Ours", items(100)))).toEqual({ ok: true, value: items(100) });
});

it.each([
  ["without questions", { items: [] }],
  ["with more than a hundred", { items: items(101) }],
  ["of a later version", { version: 2 }],
  ["with a question without a name", { items: [{ question: "", seed: 0 }] }],
  ["with a variant below nothing", { items: [{ question: "q", seed: -1 }] }],
  ["with a title of more than two hundred letters", { title: "x".repeat(201) }],
  ["with what is no part of one", { answers: [] }],
])("%s is refused", (_, changes) => {
  expect(read(changes)).toMatchObject({ ok: false, failure: { code: "not-a-challenge" } });
});

it("is refused where it is no JSON", () => {
  expect(read({})).toMatchObject({ ok: true });
  expect(readChallenge("{")).toMatchObject({ ok: false, failure: { message: "this is no challenge file" } });
});
