import { expect, it } from "vitest";
import { runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { whatSurvivesCompression } from "./what-survives-compression.ts";

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
