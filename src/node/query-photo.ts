/** Asks a note's run for what looks like a photo; the run is made first where its results are not kept. */

import { existsSync } from "node:fs";
import { FailureError } from "../core/outcome.ts";
import type { PhotoAnswer } from "../kinds/kind.ts";
import { findKind } from "../kinds/registry.ts";
import { placeOf } from "../steps/design.ts";
import { createOnnxRuntime } from "./onnx-runtime.ts";
import { createPictureReader } from "./pictures.ts";
import { type RunRequest, readDesign, runDesign } from "./run-design.ts";

/** Throws a `FailureError` for a note that is no search by photo, and for a photo that cannot be read. */
export async function queryPhoto(request: RunRequest, photo: string, top: number): Promise<PhotoAnswer> {
  const design = readDesign(request.path, request.text);
  const kind = findKind(design.front.system);
  const find = kind.ok ? kind.value.findByPhoto : undefined;
  if (find === undefined)
    throw new FailureError({
      code: "no-photo-search",
      message: `\`system: ${design.front.system}\` is no search by photo`,
      where: request.path,
      at: placeOf(design, "0.system").value,
      fix: "ask a note of `system: visual-search`, such as designs/visual-search.md",
    });
  // A run may take minutes: that there is no photo is said before it.
  if (!existsSync(photo))
    throw new FailureError({
      code: "bad-picture",
      message: `${photo}: there is no such file`,
      where: "--photo",
      fix: "check the path",
    });
  const { outcomes } = await runDesign(request);
  return await find({
    design,
    photo,
    top,
    environment: {
      pictures: createPictureReader(),
      onnx: createOnnxRuntime(),
      pool: undefined,
      progress: request.progress ?? (() => undefined),
    },
    input: async (name) => {
      const found = outcomes.find(({ stage }) => stage.name === name);
      if (found === undefined) throw new Error(`the run has no stage ${name}`);
      return found.result;
    },
  });
}
