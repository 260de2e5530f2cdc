/** ONNX models at the edge: run by onnxruntime on one thread, or a failure that says how to get it. */

import { FailureError } from "../core/outcome.ts";
import type { OnnxPort, OnnxRuntime, OnnxSession } from "../system/environment.ts";

type Runtime = typeof import("onnxruntime-node");

/** The runtime is loaded when the first model is: it is 45 MB, and most commands never need it. `load` stands for its package. */
export function createOnnxRuntime(load: () => Promise<Runtime> = () => import("onnxruntime-node")): OnnxRuntime {
  let loaded: Promise<Runtime> | undefined;
  return {
    async open(model): Promise<OnnxSession> {
      loaded ??= orSay(load);
      const runtime = await loaded;
      const session = await runtime.InferenceSession.create(model, {
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
      }).catch((error: unknown) => {
        throw new FailureError({
          code: "unreadable-model",
          message: `the ONNX model cannot be loaded: ${messageOf(error)}`,
          fix: "check the file with the `onnx` checker; opsets up to 21 are run",
        });
      });
      const [input] = session.inputNames;
      return {
        inputs: session.inputMetadata.map(portOf),
        outputs: session.outputMetadata.map(portOf),
        async run(values, shape) {
          const given = await session.run({ [input]: new runtime.Tensor("float32", values, [...shape]) });
          return Object.fromEntries(
            Object.entries(given).flatMap(([name, { data }]): [string, Float32Array][] =>
              data instanceof Float32Array ? [[name, data]] : [],
            ),
          );
        },
        close: () => session.release(),
      };
    },
  };
}

async function orSay(load: () => Promise<Runtime>): Promise<Runtime> {
  try {
    return await load();
  } catch (error) {
    throw new FailureError({
      code: "no-onnx-runtime",
      // Where this program lies says nothing to who reads a report.
      message: `onnxruntime-node cannot be loaded: ${messageOf(error).replace(/ imported from .*$/su, "")}`,
      fix: "install it beside heptad: `npm install onnxruntime-node --ignore-scripts`",
    });
  }
}

function portOf(port: {
  readonly name: string;
  readonly isTensor: boolean;
  readonly shape?: readonly (number | string)[];
}): OnnxPort {
  return { name: port.name, shape: port.shape ?? [] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split("\n")[0] : String(error);
}
