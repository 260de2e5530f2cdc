import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { onCompression } from "./advice-on-quality.ts";
import { compressedParts, whatSurvivesCompression } from "./what-survives-compression.ts";

const run = runOf(USUAL_RUN);
const quiet = { ...run, alerts: run.alerts.filter(({ kind }) => kind !== "acceptance") };
const [some] = run.figures;
const asked = { "5.optimize[0].method": "quantization" };

it("says that nothing was asked only of a note that asks for nothing", () => {
  const none: readonly (Readonly<Record<string, string>> | undefined)[] = [
    undefined,
    {},
    { "5.optimize": "[]", "5.protocol": "temporal" },
  ];
  for (const facts of none)
    expect(whatSurvivesCompression({ ...quiet, figures: [], facts })).toMatchObject({
      verdict: "not asked",
      state: "none",
    });
});

it("says that nothing was made smaller where the note asks for it and the run could not: a runtime was not installed", () => {
  expect(whatSurvivesCompression({ ...quiet, figures: [], facts: asked })).toMatchObject({
    verdict: "not tried",
    state: "none",
    line: "the note asks for it, and nothing was made smaller: step 5 says why",
  });
});

it("says of parts that were made smaller without a clause that no clause judges them", () => {
  const sized = { ...some, step: 5 as const, name: "compact bytes", subject: "als int8", value: 100 };
  expect(whatSurvivesCompression({ ...quiet, figures: [sized], facts: asked })).toMatchObject({
    verdict: "not judged",
  });
  const elsewhere = { ...sized, step: 4 as const };
  expect(whatSurvivesCompression({ ...quiet, figures: [elsewhere], facts: asked })).toMatchObject({
    verdict: "not tried",
  });
});

it("calls what grew larger, never smaller by less than one, and advises nobody to take it or to test it on more", () => {
  const subjects = new Set(compressedParts(run).map(({ subject }) => subject));
  const figures = run.figures.map((one) =>
    one.name === "compact bytes" && subjects.has(one.subject) ? { ...one, value: 1000 * one.value } : one,
  );
  expect(compressedParts(run).some(({ factor = 0 }) => factor > 1)).toBe(true);
  const grown = whatSurvivesCompression({ ...run, figures });
  const sizes = grown.parts.map(({ size }) => size).filter((size) => size !== "");
  expect(sizes.length).toBeGreaterThan(0);
  for (const size of sizes) expect(size).toMatch(/^\d+\.\dx larger$/u);
  expect(grown).toMatchObject({ value: "", verdict: `0 of ${grown.parts.length}` });
  expect(grown.state).not.toBe("ok");
  const said = (one: typeof run): string[] =>
    onCompression(one)
      .map(({ short }) => short ?? "")
      .filter((short) => /^(?:Take|Test) /u.test(short));
  expect(said(run)).not.toEqual([]);
  expect(said({ ...run, figures })).toEqual([]);
});

it("calls it bad where each part keeps its clause and none is smaller, and good where each keeps its and is", () => {
  const kept = run.alerts.map((one) =>
    one.kind === "acceptance" && one.step === 5 ? { ...one, verdict: "kept" as const } : one,
  );
  expect(whatSurvivesCompression({ ...run, alerts: kept }).state).toBe("ok");
  const subjects = new Set(compressedParts(run).map(({ subject }) => subject));
  const figures = run.figures.map((one) =>
    one.name === "compact bytes" && subjects.has(one.subject) ? { ...one, value: 1000 * one.value } : one,
  );
  const parts = compressedParts({ ...run, figures });
  expect(parts.every(({ factor }) => factor !== undefined)).toBe(true);
  expect(whatSurvivesCompression({ ...run, alerts: kept, figures }).state).toBe("bad");
});
