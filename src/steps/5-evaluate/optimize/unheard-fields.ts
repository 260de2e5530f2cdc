/** Fields of an `optimize` entry that a run does nothing with: each is said, so that nobody takes it for done. */

import type { CompressionEntry } from "./variant.ts";

type Field = keyof CompressionEntry;
type Method = CompressionEntry["method"];

/** Heard whatever the method is; claims are held against what is measured. */
const ALWAYS: readonly Field[] = ["method", "stage", "accept", "size-ratio", "speedup", "measured-drop"];

/** What one way of making parts smaller hears. */
interface Hearing {
  readonly byMethod: Readonly<Record<Method, readonly Field[]>>;
  /** What an entry may say because it is what is done anyway. */
  readonly done: Readonly<Partial<Record<Method, Partial<Record<Field, (written: unknown) => boolean>>>>>;
  readonly student: (student: NonNullable<CompressionEntry["student"]>) => readonly string[];
  /** How it works, which is why the rest does nothing. */
  readonly how: string;
}

/** Scales are found on the stored numbers as they are, so `kind: dynamic` is what is done; bytes are compared with 4-byte numbers. */
const SCORERS: Hearing = {
  byMethod: { quantization: ["precision"], pruning: ["keep"], distillation: ["student"] },
  done: {
    quantization: { kind: is("dynamic"), from: is("fp32") },
    pruning: { structure: is("unstructured") },
  },
  student: ({ model }) => ["model", ...(model === "mlp" ? ["hidden"] : model === "gbdt" ? ["trees", "leaves"] : [])],
  how: "It works on stored numbers as they are, in its own scorer on this machine.",
};

/** Photos are run through the network for the ranges of its activations, before it is asked: `kind: static`. Whole filters are pruned. */
const PHOTOS: Hearing = {
  byMethod: {
    quantization: ["precision", "calibration-rows", "calibration-from"],
    pruning: ["keep"],
    distillation: ["student"],
  },
  done: {
    quantization: { kind: is("static"), from: is("fp32"), "calibration-from": is("train", "validation") },
    pruning: { structure: is("structured") },
  },
  student: ({ model }) => (model === "cnn" ? ["model", "width"] : ["width"]),
  how: "Its 8 bits are static, whole filters are pruned, students are cnn, and files are timed in onnxruntime on this machine.",
};

const HEARINGS = { scorers: SCORERS, photos: PHOTOS };
type Where = keyof typeof HEARINGS;

function is(...values: readonly string[]): (written: unknown) => boolean {
  return (written) => values.some((one) => one === written);
}

/** The names of written fields that do nothing, as the note spells them. */
export function unheardFields(entry: CompressionEntry, where: Where = "scorers"): readonly string[] {
  const { byMethod, done, student } = HEARINGS[where];
  const heard: ReadonlySet<string> = new Set([...ALWAYS, ...byMethod[entry.method]]);
  const tests = new Map(Object.entries(done[entry.method] ?? {}));
  const isHeard = (name: string, value: unknown): boolean => tests.get(name)?.(value) ?? heard.has(name);
  const written = (facts: object): [string, unknown][] =>
    Object.entries(facts).filter(([, value]) => value !== undefined);
  const fields = written(entry).flatMap(([name, value]) => (isHeard(name, value) ? [] : [name]));
  if (entry.method !== "distillation") return fields;
  const ofStudent = student(entry.student ?? { model: "mlp" });
  const unheard = written(entry.student ?? {}).flatMap(([name]) => (ofStudent.includes(name) ? [] : [name]));
  return [...fields, ...unheard.map((name) => `student.${name}`)];
}

/** A sentence for the report, or undefined where every field is heard. */
export function unheardWarning(entry: CompressionEntry, where: Where = "scorers"): string | undefined {
  const fields = unheardFields(entry, where);
  if (fields.length === 0) return undefined;
  const names = fields.map((name) => `\`${name}\``).join(", ");
  return `${entry.method} of \`${entry.stage ?? "the model"}\`: this run does nothing with ${names}. ${HEARINGS[where].how}`;
}
