/** The encoder that a note names in place of a network of ours: its file is read, and refused at its line, before anything is run. */

import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { type EncoderPlan, planEncoder, unreadFact } from "../../steps/4-model/onnx/encoder-plan.ts";
import { readOnnxPorts } from "../../steps/4-model/onnx/read-onnx-ports.ts";
import type { Design } from "../../steps/design.ts";
import { MODEL_NOT_HERE, type PlanRequest } from "../kind.ts";

export interface FoundEncoder {
  readonly plan: EncoderPlan;
  readonly path: string;
  /** Over what stands in the file. */
  readonly fingerprint: string;
}

/** Half a gigabyte: a run keeps the file's bytes beside its results. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Undefined where the note trains its network here. */
export async function findEncoder(
  { model: { stages = [] }, evaluate: { optimize = [] } }: Design,
  { resolve, files }: Pick<PlanRequest, "resolve" | "files">,
): Promise<Outcome<FoundEncoder | undefined>> {
  const at = stages.findIndex(({ model }) => typeof model === "object");
  const facts = stages[at]?.model;
  if (typeof facts !== "object") return succeed(undefined);
  const where = `4.stages[${at}]`;
  const refuse = (message: string, fix: string, fact = `${where}.model.onnx`): Outcome<never> =>
    fail({ code: "encoder-does-not-fit", message, where: fact, fix });
  // What stands beside the file is read before it: no file need be here for that.
  const unread = unreadFact(stages[at], where);
  if (unread !== undefined) return fail(unread);
  if (optimize.length > 0)
    return refuse(
      `${optimize[0].method} makes smaller what is trained here, layer by layer; ${facts.onnx} was trained elsewhere, and its layers are not ours to change`,
      "take `optimize` out; make the file smaller with the tools that made it, and hold both notes against each other with `heptad compare`",
      "5.optimize[0].method",
    );
  const path = resolve(facts.onnx);
  if ((await files.list(path)) !== undefined) return refuse(`${facts.onnx} is a folder`, "name the .onnx file in it");
  if (!(await files.exists(path)))
    return fail({
      code: MODEL_NOT_HERE,
      message: `there is no file ${facts.onnx}`,
      where: `${where}.model.onnx`,
      fix: "check the path: it is relative to the note",
    });
  const size = await files.size(path);
  if (size > MOST_BYTES)
    return refuse(
      `${facts.onnx} has ${Math.round(size / 1024 / 1024)} MiB, more than ${MOST_BYTES / 1024 / 1024}`,
      "export a smaller encoder, or the same in 16-bit numbers with float32 inputs and outputs",
    );
  const ports = readOnnxPorts(await files.head(path, size), facts.onnx);
  if (!ports.ok) return refuse(ports.failure.message, ports.failure.fix ?? "");
  const plan = planEncoder(stages[at], facts, ports.value, where);
  if (!plan.ok) return plan;
  const searched = stages.findIndex(({ index }) => index !== undefined);
  const wanted = stages[searched]?.dimensions;
  const { dimensions } = plan.value;
  if (wanted !== undefined && dimensions !== null && wanted !== dimensions)
    return refuse(
      `the stage \`${stages[searched].name}\` searches vectors of ${wanted} numbers, and ${facts.onnx} gives ${dimensions}`,
      `write \`dimensions: ${dimensions}\``,
      `4.stages[${searched}].dimensions`,
    );
  return succeed({ plan: plan.value, path, fingerprint: await files.fingerprint([path]) });
}
