/** Holds what a note says of its own encoder against what the file has: every mismatch is refused with a list of what is there. */

import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { EncoderFacts, StageFacts } from "../schema.ts";
import { describePorts, FED_TYPE, type OnnxPorts, type TypedPort } from "./read-onnx-ports.ts";

/** An encoder as plain data: what it is given, and what is taken from it. */
export interface EncoderPlan {
  /** As the note names it. */
  readonly file: string;
  readonly input: string;
  readonly output: string;
  readonly layout: "nchw" | "nhwc";
  /** Side of the photos. */
  readonly size: number;
  /** 3 for colours, 1 for grey. */
  readonly channels: number;
  /** Order of its colours, and of the means and deviations; red first where absent. */
  readonly colours?: "bgr";
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Photos of a call, where the file says how many it takes; null for any number. */
  readonly batch: number | null;
  /** Length of the vector; null where only a call tells. */
  readonly dimensions: number | null;
  /** The note's fact, for what only a call tells. */
  readonly where: string;
}

/** What a training would read, and nothing else does. */
const OF_TRAINING = ["width", "epochs", "batch", "learning-rate", "loss", "augmentation", "size"] as const;

/** A fact of the stage that nothing reads where the model is the user's own; undefined where there is none. */
export function unreadFact(stage: StageFacts, where: string): Failure | undefined {
  const unread = OF_TRAINING.find((key) => stage[key] !== undefined);
  if (unread === undefined) return undefined;
  return {
    code: "encoder-does-not-fit",
    message: `\`${unread}\` is read by a training, and your own encoder is not trained`,
    where: `${where}.${unread}`,
    fix: unread === "size" ? "write it inside `model`: `{ onnx: …, size: … }`" : "take it out",
  };
}

/** `where` is the path of the stage in the note: `4.stages[0]`. */
export function planEncoder(
  stage: StageFacts,
  encoder: EncoderFacts,
  ports: OnnxPorts,
  where: string,
): Outcome<EncoderPlan> {
  const file = `${where}.model.onnx`;
  const unread = unreadFact(stage, where);
  if (unread !== undefined) return fail(unread);
  if (ports.elsewhere.length > 0)
    return refuse(
      file,
      `the weights of ${encoder.onnx} lie in other files (${ports.elsewhere.slice(0, 3).join(", ")}), and one file is read`,
      "write it as one file: `onnx.save_model(onnx.load(FILE), NEW)` in Python",
    );
  const input = pick(ports.inputs, encoder.input, "input", `${where}.model`);
  if (!input.ok) return input;
  if (ports.inputs.length > 1)
    return refuse(
      file,
      `${encoder.onnx} takes ${ports.inputs.length} inputs, and a search by photo gives it one: ${describePorts(ports.inputs)}`,
      "export the part of the model that reads the photo alone",
    );
  const output = pick(ports.outputs, encoder.output, "output", `${where}.model`);
  if (!output.ok) return output;
  const order = layoutOf(input.value, encoder, `${where}.model`);
  if (!order.ok) return order;
  const { layout, channels, side, batch } = order.value;
  const size = encoder.size ?? side;
  if (size === undefined)
    return refuse(
      file,
      `${encoder.onnx} takes photos of any size (${describePorts([input.value])}), and the note does not say which it was trained on`,
      "write it inside `model`: `size: 224`",
    );
  if (side !== undefined && size !== side)
    return refuse(
      `${where}.model.size`,
      `the note resizes photos to ${size}, and the file takes ${side}: ${describePorts([input.value])}`,
      `write \`size: ${side}\`, or take it out`,
    );
  if (size < 8 || size > 512)
    return refuse(file, `photos have a side of 8 to 512, and the file takes ${size}`, "export it for a smaller side");
  for (const key of ["mean", "std"] as const) {
    const isOff = (value: number): boolean => value < 0 || value > 1 || (key === "std" && value === 0);
    const off = encoder[key].find(isOff);
    if (off !== undefined)
      return refuse(
        `${where}.model.${key}`,
        `\`${key}\` is of values from 0 to 1, and ${off} is none`,
        encoder[key].every((value) => value >= 0 && value <= 255) && off > 1
          ? `of values from 0 to 255, divide by 255: \`${key}: [${encoder[key].map((value) => Number((value / 255).toFixed(4))).join(", ")}]\``
          : `write what the encoder was trained with; ${key === "mean" ? "0" : "1"} for none`,
      );
    if (encoder[key].length !== 1 && encoder[key].length !== channels)
      return refuse(
        `${where}.model.${key}`,
        `\`${key}\` has ${encoder[key].length} numbers, and the file takes ${channels} ${channels === 1 ? "channel" : "channels"}`,
        channels === 1 ? "write one number" : `write one number, or ${channels}`,
      );
  }
  if (encoder.colours !== undefined && channels === 1)
    return refuse(
      `${where}.model.colours`,
      `the note says in which order the colours stand, and the file takes 1 channel: ${describePorts([input.value])}`,
      "take `colours` out",
    );
  const length = vectorLength(output.value);
  if (length === undefined)
    return refuse(
      encoder.output === undefined ? file : `${where}.model.output`,
      `the output ${describePorts([output.value])} is no vector a photo; the file has ${describePorts(ports.outputs)}`,
      "name the output of pooled features, or export the encoder without its last layers",
    );
  if (typeof length === "number" && stage.dimensions !== undefined && stage.dimensions !== length)
    return refuse(
      `${where}.dimensions`,
      `the note says \`dimensions: ${stage.dimensions}\`, and the file gives ${length}: ${describePorts([output.value])}`,
      `write \`dimensions: ${length}\``,
    );
  const each = (values: readonly number[]): number[] =>
    Array.from({ length: channels }, (_, c) => values[c] ?? values[0]);
  return succeed({
    file: encoder.onnx,
    input: input.value.name,
    output: output.value.name,
    layout,
    size,
    channels,
    ...(encoder.colours === "bgr" && { colours: encoder.colours }),
    mean: each(encoder.mean),
    deviation: each(encoder.std),
    batch,
    dimensions: typeof length === "number" ? length : (stage.dimensions ?? null),
    where: file,
  });
}

/** The port of that name, or the only one. */
function pick(
  ports: readonly TypedPort[],
  named: string | undefined,
  what: "input" | "output",
  where: string,
): Outcome<TypedPort> {
  const has = `the file has ${ports.length === 0 ? "none" : describePorts(ports)}`;
  const found =
    named === undefined ? (ports.length === 1 ? ports[0] : undefined) : ports.find(({ name }) => name === named);
  if (found === undefined)
    return named === undefined
      ? refuse(
          `${where}.onnx`,
          `the note does not say which ${what} is meant; ${has}`,
          `write it inside \`model\`: \`${what}: ${ports[0]?.name ?? "…"}\``,
        )
      : refuse(`${where}.${what}`, `the file has no ${what} \`${named}\`; ${has}`, `write one of these as \`${what}\``);
  if (found.type !== FED_TYPE)
    return refuse(
      named === undefined ? `${where}.onnx` : `${where}.${what}`,
      `the ${what} \`${found.name}\` is ${found.type}, and only ${FED_TYPE} is ${what === "input" ? "fed" : "read"}; ${has}`,
      `export the encoder with a ${FED_TYPE} ${what}`,
    );
  return succeed(found);
}

interface InputOrder {
  readonly layout: "nchw" | "nhwc";
  readonly channels: number;
  /** Undefined where any will do. */
  readonly side: number | undefined;
  readonly batch: number | null;
}

function layoutOf(port: TypedPort, { layout }: EncoderFacts, where: string): Outcome<InputOrder> {
  const { shape } = port;
  const shown = describePorts([port]);
  if (shape.length !== 4)
    return refuse(
      `${where}.onnx`,
      `the input ${shown} takes no photos: they have four dimensions`,
      "export the encoder with an input of photos: [n, 3, 224, 224]",
    );
  const isChannels = (dim: number | string): boolean => dim === 1 || dim === 3;
  const fits = (["nchw", "nhwc"] as const).filter((one) => isChannels(shape[one === "nchw" ? 1 : 3]));
  const chosen = layout ?? (fits.length === 1 ? fits[0] : undefined);
  if (chosen === undefined)
    return refuse(
      `${where}.onnx`,
      fits.length === 0
        ? `the input ${shown} does not say where its 3 channels, or 1, stand`
        : `the input ${shown} may be read in either order`,
      "write `layout: nchw` or `layout: nhwc` inside `model`, and export it with a fixed number of channels",
    );
  const [channels, height, width] = chosen === "nchw" ? [shape[1], shape[2], shape[3]] : [shape[3], shape[1], shape[2]];
  if (typeof channels !== "number" || !isChannels(channels))
    return refuse(
      layout === undefined ? `${where}.onnx` : `${where}.layout`,
      `read as ${chosen}, the input ${shown} has ${typeof channels === "number" ? channels : "any number of"} channels; photos have 3, or 1`,
      fits.length > 0 ? `write \`layout: ${fits[0]}\`` : "export it with a fixed number of channels",
    );
  if (typeof height === "number" && typeof width === "number" && height !== width)
    return refuse(
      `${where}.onnx`,
      `the input ${shown} takes photos of ${width} x ${height}, and photos are resized to a square`,
      "export it for a square",
    );
  const side = [height, width].find((one) => typeof one === "number");
  const [batch] = shape;
  return succeed({
    layout: chosen,
    channels,
    side: typeof side === "number" ? side : undefined,
    batch: typeof batch === "number" && batch > 0 ? batch : null,
  });
}

/** [n, d], or with ones behind it; `any` where the file leaves d open, undefined where it is no vector. */
function vectorLength({ shape }: TypedPort): number | "any" | undefined {
  const [, length, ...rest] = shape;
  if (length === undefined || rest.some((dim) => dim !== 1)) return undefined;
  if (typeof length === "string") return "any";
  return length > 1 ? length : undefined;
}

function refuse(where: string, message: string, fix: string): Outcome<never> {
  return fail({ code: "encoder-does-not-fit", message, where, fix });
}
