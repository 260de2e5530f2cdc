import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as library from "../src/index.ts";
import { HOSTILE_KINDS } from "../src/kinds/fraud-detection/hostile-payments.ts";
import * as onNode from "../src/node/index.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs", "decision-path.md"), "utf8");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

describe("the page about the decision path", () => {
  it("imports what the library exports", () => {
    const imported = [...page.matchAll(/import \{ ([^}]+) \} from "heptad(\/node)?";/gu)];
    expect(imported.length).toBe(2);
    for (const [, names, isNode] of imported) {
      for (const name of names.split(", ")) expect(isNode ? onNode : library).toHaveProperty(name);
    }
  });

  it("names every fault that a payment or a label can have", () => {
    const met = HOSTILE_KINDS.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
    for (const fault of [...met, "no-model", "model-failed", "no-state", "not-logged", "bad-id", "bad-label"]) {
      expect(library.PAYMENT_FAULTS).toHaveProperty(fault);
      expect(page).toContain(`\`${fault}\``);
    }
  });

  it("says what to do about every problem that a folder can have", () => {
    const files = ["durable-decider.ts", "write-ahead-log.ts", "log-files.ts", "process-lock.ts"];
    const sources = files.map((name) => read(`src/node/${name}`));
    const codes = [...sources.join("\n").matchAll(/code: "([a-z-]+)"/gu)].map(([, code]) => code);
    expect(codes.length).toBe(6);
    for (const code of [...codes, "other-state"]) expect(page).toContain(`\`${code}\``);
  });
});
