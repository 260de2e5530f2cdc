/** Makes vectors of photos by what a run took: its own trained network or the user's file. The one way for evaluation, serving and a photo that asks. */

import type { Environment } from "../../../system/environment.ts";
import type { StageResult } from "../../../system/stage.ts";
import { embedPictures } from "./embed-pictures.ts";
import { openEmbeddingNetwork } from "./embedding-network.ts";
import { networkFromStored } from "./embedding-stages.ts";
import { openEncoder, type PhotoEmbedder } from "./encoder-session.ts";
import { encoderFromStored } from "./encoder-stage.ts";

/** Photos of a call, where none waits for an answer. */
const TOGETHER = 64;

/** `stored` is what the last epoch or the encoder's stage left; `alone` as a service answers: photo by photo, on one thread. */
export async function openPhotoEmbedder(
  stored: Pick<StageResult, "json" | "arrays">,
  environment: Pick<Environment, "pool" | "onnx" | "progress">,
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<PhotoEmbedder> {
  const encoder = encoderFromStored(stored);
  if (encoder !== undefined) return await openEncoder(encoder.plan, encoder.model, environment);
  const { architecture, scaling, numbers } = networkFromStored(stored);
  const { dimensions } = architecture;
  const opened = openEmbeddingNetwork(architecture, {
    batch: alone ? 1 : TOGETHER,
    learning: false,
    pool: alone ? undefined : environment.pool,
  });
  await opened.load(numbers);
  return {
    dimensions,
    embed: (set, rows) => embedPictures(opened, dimensions, set, rows, scaling),
    close: async () => opened.close(),
  };
}
