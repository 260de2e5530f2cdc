import { expect, it } from "vitest";
import { capital } from "./capital.ts";

it("begins a sentence with a large letter", () => {
  expect(capital("none would fire.")).toBe("None would fire.");
  expect(capital("")).toBe("");
  expect(capital("it ends. And goes on")).toBe("It ends. And goes on");
});

it("leaves the names of metrics and files as they are written: Pay.csv is another file", () => {
  for (const text of ["ndcg@10 fell", "p99 is late", "pay.csv: 8,000 cases", "a-b.tar.gz, and more"])
    expect(capital(text)).toBe(text);
});
