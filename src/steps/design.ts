/** A design: the seven sections of a note as typed facts, with the place of each fact in the file. */

import type { z } from "zod";
import type { StepNumber } from "../core/figure.ts";
import type { Finding } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import type { Span } from "../core/span.ts";
import { day, facts, integer, text } from "../design/fact.ts";
import { type FactPlace, readFacts } from "../design/facts.ts";
import { type NoteSection, type NoteStructure, readStructure, type YamlBlock } from "../design/markdown.ts";
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
  waive: facts("A finding that is accepted", {
    rule: text("The rule's code or name"),
    reason: text("Why it is accepted"),
  })
    .array()
    .meta({ description: "Findings that are accepted, each with its reason" })
    .optional(),
});

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
}

export interface DesignRead {
  /** Undefined when the note cannot be read as a design at all. Holds the valid facts even where others have errors. */
  readonly design: Design | undefined;
  /** All errors of format of the file. */
  readonly findings: readonly Finding[];
}

const MAXIMUM_NOTE = 1_000_000;

/** Reads a note. Never throws: whatever the text, the result says what is wrong with it, all errors at once. */
export function parseDesign(source: string, file: string): DesignRead {
  const written = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const findings: Finding[] = [];
  const whole = { file, start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };
  if (written.length > MAXIMUM_NOTE) {
    const message = `the note has ${written.length} characters, more than ${MAXIMUM_NOTE}`;
    findings.push({
      code: "HP001",
      name: "note-too-long",
      severity: "error",
      message,
      at: whole,
      fix: "split the note",
    });
    return { design: undefined, findings };
  }
  const structure = readStructure(written, file);
  const places = new Map<string, FactPlace>();
  const front = readFront(structure, whole, places, findings);
  const sections = checkSections(structure, findings);
  const read = <Schema extends z.ZodType>(step: StepNumber, schema: Schema): z.output<Schema> | undefined => {
    const block = sections.find((section) => section.step === step)?.facts;
    return block === undefined ? undefined : readBlock(block, step, schema, structure, places, findings);
  };
  const design: Design = {
    file,
    text: written,
    front: front ?? { heptad: 1, title: "", system: "" },
    clarify: read(1, clarifySchema) ?? {},
    frame: read(2, frameSchema) ?? {},
    data: read(3, dataSchema) ?? {},
    model: read(4, modelSchema) ?? {},
    evaluate: read(5, evaluateSchema) ?? {},
    deploy: read(6, deploySchema) ?? {},
    monitor: read(7, monitorSchema) ?? {},
    sections,
    places,
  };
  findings.sort((a, b) => a.at.start.offset - b.at.start.offset);
  return { design: front === undefined ? undefined : design, findings };
}

function readBlock<Schema extends z.ZodType>(
  block: YamlBlock,
  step: number,
  schema: Schema,
  structure: NoteStructure,
  places: Map<string, FactPlace>,
  findings: Finding[],
): z.output<Schema> | undefined {
  const result = readFacts(block, schema, structure.spanAt);
  findings.push(...result.findings);
  for (const [path, place] of result.places) places.set(`${step}.${path}`, place);
  return result.facts;
}

function readFront(
  structure: NoteStructure,
  whole: Span,
  places: Map<string, FactPlace>,
  findings: Finding[],
): FrontFacts | undefined {
  if (structure.front !== undefined) return readBlock(structure.front, 0, frontSchema, structure, places, findings);
  findings.push({
    code: "HP002",
    name: "no-front-matter",
    severity: "error",
    message: "the note has no front matter",
    at: whole,
    fix: "begin the file with:\n---\nheptad: 1\ntitle: …\nsystem: recommendation\n---",
  });
  return undefined;
}

function checkSections(structure: NoteStructure, findings: Finding[]): NoteSection[] {
  const kept: NoteSection[] = [];
  const report = (code: string, name: string, message: string, at: Span, fix: string): void => {
    findings.push({ code, name, severity: "error", message, at, fix });
  };
  for (const section of structure.sections) {
    const last = kept.at(-1);
    if (kept.some((one) => one.step === section.step)) {
      report("HP003", "section-twice", `section ${section.step} stands twice`, section.heading, "merge the two");
      continue;
    }
    if (last !== undefined && last.step > section.step) {
      const message = `section ${section.step} stands after section ${last.step}`;
      report("HP004", "section-out-of-order", message, section.heading, "put the sections in the order 1 to 7");
    }
    for (const block of section.furtherFacts) {
      const message = "facts stand in one yaml block at the head of the section; this one is not read";
      report("HP005", "second-fact-block", message, block.span, "move its lines into the first block");
    }
    kept.push(section);
  }
  return kept;
}

/** The name of a system that Heptad can run which is nearest to what was written. */
export function nearestSystem(system: string, known: readonly string[]): string | undefined {
  return nearest(system, known);
}
