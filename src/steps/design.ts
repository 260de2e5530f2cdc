/** A design: the seven sections of a note as typed facts, with the place of each fact in the file. */

import type { z } from "zod";
import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import { day, facts, integer, oneOf, text } from "../design/fact.ts";
import type { FactPlace } from "../design/fact-tree.ts";
import { readFacts } from "../design/facts.ts";
import type { OtherBlock } from "../design/issue.ts";
import { createLocator, type Locate } from "../design/locate.ts";
import type { NoteForm } from "../design/note-form.ts";
import { addPlaces } from "../design/place.ts";
import { type NoteSection, readStructure, type YamlBlock } from "../design/sections.ts";
import { MAXIMUM_FACTS } from "../design/yaml-tree.ts";
import { type ClarifyFacts, clarifySchema } from "./1-clarify/schema.ts";
import { type FrameFacts, frameSchema } from "./2-frame/schema.ts";
import { type DataFacts, dataSchema } from "./3-data/schema.ts";
import { type ModelFacts, modelSchema } from "./4-model/schema.ts";
import { type EvaluateFacts, evaluateSchema } from "./5-evaluate/schema.ts";
import { type DeployFacts, deploySchema } from "./6-deploy/schema.ts";
import { type MonitorFacts, monitorSchema } from "./7-monitor/schema.ts";

export const frontSchema = facts("What the note is", {
  heptad: integer("Version of the format", 1, 1),
  title: text("Title"),
  system: text("recommendation, visual-search, fraud-detection, or a name of your own"),
  date: day("The day the note speaks of").optional(),
  status: oneOf(["draft", "complete"], "A draft is reviewed only where it has begun; complete where absent").optional(),
  waive: facts("A finding that is accepted", {
    rule: text("The rule's code or name"),
    reason: text("Why it is accepted"),
  })
    .array()
    .meta({ description: "Findings that are accepted, each with its reason" })
    .optional(),
});

const partialFront = frontSchema.partial();

export { placeOf } from "../design/place.ts";

export type FrontFacts = z.output<typeof frontSchema>;

/** The steps in order: number, name, schema and the usual heading. */
export const STEPS = [
  { number: 1, name: "clarify", title: "Clarify requirements and goals", schema: clarifySchema },
  { number: 2, name: "frame", title: "Frame the ML problem", schema: frameSchema },
  { number: 3, name: "data", title: "Data engineering and feature pipeline", schema: dataSchema },
  { number: 4, name: "model", title: "Model selection and architecture", schema: modelSchema },
  { number: 5, name: "evaluate", title: "Training, offline evaluation and optimization", schema: evaluateSchema },
  { number: 6, name: "deploy", title: "Deployment and online evaluation", schema: deploySchema },
  { number: 7, name: "monitor", title: "Monitoring and continuous improvement", schema: monitorSchema },
] as const;

/** The note as the engines see it. */
export const NOTE_FORM: NoteForm = { front: frontSchema, sections: STEPS };

export type StepName = (typeof STEPS)[number]["name"];

/** Every section may be absent; an absent one holds no facts. */
export interface Design {
  readonly file: string;
  readonly text: string;
  readonly front: FrontFacts;
  readonly clarify: ClarifyFacts;
  readonly frame: FrameFacts;
  readonly data: DataFacts;
  readonly model: ModelFacts;
  readonly evaluate: EvaluateFacts;
  readonly deploy: DeployFacts;
  readonly monitor: MonitorFacts;
  readonly sections: readonly NoteSection[];
  /** Places by path, the step first: `4.stages[0].factors`, `0.system` for the front matter. */
  readonly places: ReadonlyMap<string, FactPlace>;
  /** Turns the offsets of a place into lines and columns. */
  readonly spanAt: Locate;
  /** Paths of facts that are written but wrong, and so left out; the step alone where none of its block could be read. */
  readonly refused: readonly string[];
}

export interface DesignRead {
  /** Undefined when the note cannot be read as a design at all. Holds the valid facts even where others have errors. */
  readonly design: Design | undefined;
  /** All errors of format of the file. */
  readonly findings: readonly Finding[];
}

const NO_FRONT: FrontFacts = { heptad: 1, title: "", system: "" };

/** Far longer than any note; all that is read of a longer one is that it is. */
const MAXIMUM_NOTE = 500_000;

/**
 * Reads a note. Never throws: whatever the text, the result says what is wrong with it, all errors at once, each at its place.
 * Offsets count UTF-16 units of `text` itself, a byte-order mark included.
 */
export function parseDesign(text: string, file: string): DesignRead {
  if (text.length > MAXIMUM_NOTE)
    return tooLarge(`the note has ${text.length} characters, more than ${MAXIMUM_NOTE}`, file);
  const structure = readStructure(
    text,
    file,
    STEPS.map((step) => step.title),
  );
  const { sections } = structure;
  const yaml = [structure.front, ...sections.map((section) => section.facts)].reduce(
    (sum, one) => sum + (one?.source.length ?? 0),
    0,
  );
  if (yaml > MAXIMUM_FACTS)
    return tooLarge(`the note has ${yaml} characters of facts, more than ${MAXIMUM_FACTS}`, file);
  const places = new Map<string, FactPlace>();
  const findings: Finding[] = [...structure.findings];
  const refused: string[] = [];
  const readBlock = <Schema extends z.ZodType>(
    block: YamlBlock | undefined,
    step: number,
    schema: Schema,
  ): z.output<Schema> | undefined => {
    if (block === undefined) return undefined;
    const result = readFacts(block, schema, structure.spanAt, othersThan(step));
    findings.push(...result.findings);
    refused.push(...result.refused.map((path) => (path === "" ? String(step) : `${step}.${path}`)));
    if (result.tree !== undefined) addPlaces(places, result.tree, String(step));
    return result.facts;
  };
  const read = <Schema extends z.ZodType>(step: StepNumber, schema: Schema): z.output<Schema> | undefined =>
    readBlock(sections.find((section) => section.step === step)?.facts, step, schema);
  const readFront = (block: YamlBlock | undefined): FrontFacts => {
    if (block === undefined) return NO_FRONT;
    const whole = readFacts(block, frontSchema, structure.spanAt, othersThan(0));
    findings.push(...whole.findings);
    // A title that is missing is one error: the rest of the front matter still says what the note is.
    const said = whole.facts === undefined ? readFacts(block, partialFront, structure.spanAt) : whole;
    refused.push(...said.refused.map((path) => (path === "" ? "0" : `0.${path}`)));
    if (said.tree !== undefined) addPlaces(places, said.tree, "0");
    return { ...NO_FRONT, ...said.facts };
  };
  const front = readFront(structure.front);
  const design: Design = {
    file,
    text,
    front,
    clarify: read(1, clarifySchema) ?? {},
    frame: read(2, frameSchema) ?? {},
    data: read(3, dataSchema) ?? {},
    model: read(4, modelSchema) ?? {},
    evaluate: read(5, evaluateSchema) ?? {},
    deploy: read(6, deploySchema) ?? {},
    monitor: read(7, monitorSchema) ?? {},
    sections,
    places,
    spanAt: structure.spanAt,
    refused,
  };
  findings.sort((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
  return { design: structure.front === undefined ? undefined : design, findings };
}

/** Where a fact may belong that a block does not know; 0 is the front matter. */
function othersThan(number: number): readonly OtherBlock[] {
  const front = { number: 0, called: "the front matter", schema: frontSchema };
  const sections = STEPS.map((step) => ({ ...step, called: `section ${step.number} (${step.name})` }));
  return [front, ...sections].filter((one) => one.number !== number);
}

function tooLarge(message: string, file: string): DesignRead {
  const at = createLocator("", file)(0, 0);
  const fix = "keep data and long lists in files of their own";
  const finding: Finding = { code: "HP001", name: "note-too-large", severity: "error", message, at, fix };
  return { design: undefined, findings: [finding] };
}

/** The name of a system that Heptad can run which is nearest to what was written. */
export function nearestSystem(system: string, known: readonly string[]): string | undefined {
  return nearest(system, known);
}
