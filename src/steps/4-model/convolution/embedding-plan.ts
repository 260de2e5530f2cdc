/** What a note says of its embedding network, as plain data, with what it leaves open filled in. */

import type { StageFacts } from "../schema.ts";
import { USUAL_AUGMENTATION } from "./augment.ts";
import { type ResidualArchitecture, residualArchitecture } from "./residual-network.ts";
import type { EmbeddingTraining } from "./train-epoch.ts";

/** Everything but what only the data says: side, channels and classes. */
export interface EmbeddingPlan {
  readonly width: number;
  readonly dimensions: number;
  readonly training: EmbeddingTraining;
}

/** The cosine of a long training hides a rate that is too high; this one was chosen on validation photos. */
const USUAL_RATE = 0.05;

export function planEmbedding(facts: StageFacts | undefined): EmbeddingPlan {
  return {
    width: facts?.width ?? 8,
    dimensions: facts?.dimensions ?? 64,
    training: {
      epochs: facts?.epochs ?? 8,
      batch: facts?.batch ?? 32,
      rate: facts?.["learning-rate"] ?? USUAL_RATE,
      momentum: 0.9,
      decay: 5e-4,
      smoothing: 0.1,
      triplet: facts?.loss === "triplet" ? 1 : 0,
      augmentation: { ...USUAL_AUGMENTATION, ...facts?.augmentation },
    },
  };
}

export function architectureOf(
  { width, dimensions }: Pick<EmbeddingPlan, "width" | "dimensions">,
  { size, channels }: { readonly size: number; readonly channels: number },
  classes: number,
): ResidualArchitecture {
  return residualArchitecture({ size, channels, width, classes, dimensions });
}
