import { describe, expect, it } from "vitest";
import { FailureError } from "../core/outcome.ts";
import { type ModelManifest, manifestSchema } from "./model-manifest.ts";
import { saidWhileServing } from "./other-features.ts";

const refused = new FailureError({ code: "other-state", message: "the snapshot was taken of other features" });
const options = {
  run: { path: "note.md", review: () => ({ findings: [], waived: [] }) },
  state: "kept",
  nats: undefined,
};

function model(id: string, more: Partial<Pick<ModelManifest, "note">> = {}, fingerprint = "first"): ModelManifest {
  const known = {
    kind: "k",
    title: "t",
    built: "",
    version: "1",
    seed: 1,
    commit: null,
    metrics: [],
    bytes: 1,
    stages: {},
  };
  return manifestSchema.parse({ format: 1, id, note: "n", ...known, data: { source: "s", fingerprint }, ...more });
}

function said(
  next: ModelManifest,
  serves: ModelManifest | undefined = model("old"),
  shared: Partial<typeof options> = {},
) {
  const error = saidWhileServing(refused, { ...options, ...shared }, { serves, next });
  return error instanceof FailureError ? error.failure : undefined;
}

describe("a model that cannot take over from one that serves", () => {
  it("of the same data has other features, and takes over at the next start", () => {
    for (const serves of [model("old"), undefined]) {
      const failure = said(model("new", { note: "other" }), serves);
      expect(failure?.message).toContain("model new has other features than the one that serves, and cannot take over");
      expect(failure?.fix).toMatch(/^heptad model promote note\.md new --state kept, then end the service and start/u);
    }
  });

  it("of the same note and other data has the same features, and no restart helps: the old one goes on, or what was told is lost", () => {
    const failure = said(model("new", {}, "second"));
    expect(failure?.message).toContain("has the features of the one that serves, but is of other data");
    expect(failure?.fix).toContain("a restart does not build it anew");
    expect(failure?.fix).toContain("go on with the one that serves: heptad model promote note.md old --state kept;");
    expect(failure?.fix).toMatch(
      /heptad model promote note\.md new --state kept, then heptad serve note\.md --anew --state kept$/u,
    );
  });

  it("of another note and other data may differ by either", () => {
    expect(said(model("new", { note: "other" }, "second"))?.message).toContain(
      "has other features than the one that serves, or is of",
    );
  });

  it("is as it was said where something else failed", () => {
    const other = new Error("another");
    expect(saidWhileServing(other, options, { serves: undefined, next: model("new") })).toBe(other);
  });
});
