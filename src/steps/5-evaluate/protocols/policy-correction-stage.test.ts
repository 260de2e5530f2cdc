import { describe, expect, it } from "vitest";
import { policyCorrectionStage } from "./policy-correction-stage.ts";

describe("a correction for what the old system chose to show", () => {
  it("is said to be left out where the note asks for it, with the reason", () => {
    const asked = policyCorrectionStage({ "policy-correction": "ips" });
    expect(asked?.plan).toBe('{"method":"ips"}');
    expect(policyCorrectionStage({ "policy-correction": "none" })).toBeUndefined();
    expect(policyCorrectionStage({})).toBeUndefined();
  });
});
