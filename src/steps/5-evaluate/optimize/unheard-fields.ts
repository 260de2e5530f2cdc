/** Fields of an `optimize` entry that a run does nothing with: each is said, so that nobody takes it for done. */

import type { CompressionEntry } from "./variant.ts";

type Field = keyof CompressionEntry;

/** Heard whatever the method is; claims are held against what is measured. */
const ALWAYS: readonly Field[] = ["method", "stage", "accept", "size-ratio", "speedup", "measured-drop"];

const BY_METHOD: Readonly<Record<CompressionEntry["method"], readonly Field[]>> = {
  quantization: ["precision"],
  pruning: ["keep"],
  distillation: ["student"],
};

/**
 * The names of written fields that do nothing, as the note spells them. Scales are found on the stored numbers as they are, so
 * `kind: dynamic` is what is done; bytes are compared with 4-byte numbers, so `from: fp32` is too.
 */
export function unheardFields(entry: CompressionEntry): readonly string[] {
  const heard = [...ALWAYS, ...BY_METHOD[entry.method]];
  if (entry.method === "quantization" && entry.kind === "dynamic") heard.push("kind");
  if (entry.method === "quantization" && entry.from === "fp32") heard.push("from");
  if (entry.method === "pruning" && entry.structure === "unstructured") heard.push("structure");
  const written = Object.entries(entry).filter(([, value]) => value !== undefined);
  const fields = written.map(([name]) => name).filter((name) => !heard.some((one) => one === name));
  return [...fields, ...(entry.method === "distillation" ? unheardOfStudent(entry) : [])];
}

function unheardOfStudent({ student }: CompressionEntry): readonly string[] {
  const { model, hidden, trees, leaves } = student ?? { model: "mlp" };
  const written = [
    ...(hidden === undefined || model === "mlp" ? [] : ["hidden"]),
    ...(trees === undefined || model === "gbdt" ? [] : ["trees"]),
    ...(leaves === undefined || model === "gbdt" ? [] : ["leaves"]),
  ];
  return written.map((name) => `student.${name}`);
}

/** A sentence for the report, or undefined where every field is heard. */
export function unheardWarning(entry: CompressionEntry): string | undefined {
  const fields = unheardFields(entry);
  if (fields.length === 0) return undefined;
  const names = fields.map((name) => `\`${name}\``).join(", ");
  return `${entry.method} of \`${entry.stage ?? "the model"}\`: this run does nothing with ${names}. It works on stored numbers as they are, in its own scorer on this machine.`;
}
