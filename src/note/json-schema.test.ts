import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { describeKeys } from "../design/schema-keys.ts";
import { parseDesign, STEPS } from "../steps/design.ts";
import { designJsonSchema, sectionJsonSchema } from "./json-schema.ts";

const ajv = new Ajv2020.default({ strict: true, allowUnionTypes: true, validateFormats: false });

describe("the JSON Schema of a note", () => {
  const movies = readFileSync("designs/movie-recommendations.md", "utf8");
  const { design } = parseDesign(movies, "n.md");

  it.each(STEPS.map(({ number }) => number))("accepts section %i of the reference design as it is written", (step) => {
    const validate = ajv.compile(sectionJsonSchema(step) ?? {});
    const source = design?.sections.find((section) => section.step === step)?.facts?.source ?? "";
    validate(parse(source));
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ "no-such-key": 1 })).toBe(false);
  });

  it("describes every key of every section", () => {
    const silent = STEPS.flatMap(({ schema }) => describeKeys(schema)).filter((key) => key.description === "");
    expect(silent.map((key) => key.path)).toEqual([]);
  });

  it("holds all sections by name, and nothing for a number that is none", () => {
    expect(ajv.validateSchema(designJsonSchema())).toBe(true);
    expect(sectionJsonSchema(8)).toBeUndefined();
  });
});
