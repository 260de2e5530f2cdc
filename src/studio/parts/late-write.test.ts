import { afterEach, expect, it, vi } from "vitest";
import { saidWhileTyping, sayWhenLate } from "./late-write.ts";

afterEach(() => vi.useRealTimers());

function written(): { readonly said: string[]; readonly write: Promise<string>; end(): void } {
  const said: string[] = [];
  let end = (): void => undefined;
  const answer = new Promise<string>((done) => {
    end = () => done("saved");
  });
  return { said, write: sayWhenLate(answer, (late) => said.push(late)), end };
}

it("says after two seconds that a write is not answered, and that once", async () => {
  vi.useFakeTimers();
  const { said, write, end } = written();
  vi.advanceTimersByTime(1999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(["not saved yet"]);
  end();
  expect(await write).toBe("saved");
});

it("says nothing of a write that was answered in time, nor later", async () => {
  vi.useFakeTimers();
  const { said, write, end } = written();
  end();
  await write;
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual([]);
});

it("keeps that a write is late while one types on, and lets every other word go", () => {
  expect(["not saved yet", "saved", ""].map(saidWhileTyping)).toEqual(["not saved yet", "", ""]);
});
