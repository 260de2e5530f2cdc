/** What is kept of a model beside its results: what it was built from, how the run judged it, and by what it answers. */

import { z } from "zod";
import { FORMAT } from "./kept-json.ts";

/** What is known of a model. */
export type ModelManifest = {
  readonly format: typeof FORMAT;
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** When it was registered. */
  readonly built: string;
  readonly version: string;
  readonly seed: number;
  /** The commit of the note's repository, where there is one. */
  readonly commit: string | null;
  readonly data: { readonly source: string; readonly fingerprint: string };
  readonly metrics: {
    readonly name: string;
    readonly subject: string;
    readonly value: number;
    readonly unit: string;
  }[];
  /**
   * By which of these the run judged what is served; absent where it judged nothing, and before it was kept. `chosen` is what the run chose where that is
   * not what is served.
   */
  readonly judged?:
    | { readonly name: string; readonly subject: string; readonly chosen?: string | undefined }
    | undefined;
  readonly bytes: number;
  /** Keys of the results that it is opened from, by stage. */
  readonly stages: Record<string, string>;
  /** The note as it was: it decides how the results are put together. */
  readonly note: string;
};

/** Fields that another version added stay in what was read. */
export const manifestSchema: z.ZodType<ModelManifest> = z.looseObject({
  format: z.literal(FORMAT),
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  built: z.string(),
  version: z.string(),
  seed: z.number(),
  commit: z.string().nullable(),
  data: z.looseObject({ source: z.string(), fingerprint: z.string() }),
  metrics: z.array(z.looseObject({ name: z.string(), subject: z.string(), value: z.number(), unit: z.string() })),
  judged: z.looseObject({ name: z.string(), subject: z.string(), chosen: z.string().optional() }).optional(),
  bytes: z.number(),
  stages: z.record(z.string(), z.string()),
  note: z.string(),
});

/** The figure that the run judged a model by; undefined where it judged what is served by none. */
export function judgedBy({ metrics, judged }: ModelManifest): ModelManifest["metrics"][number] | undefined {
  return metrics.find(({ name, subject }) => name === judged?.name && subject === judged.subject);
}

/** In words what answers requests where the run chose another; undefined where it chose that, and where it is not known. */
export function servedInstead({ judged }: Pick<ModelManifest, "judged">): string | undefined {
  return judged?.chosen === undefined
    ? undefined
    : `${judged.subject} answers requests, and not ${judged.chosen}, which the run chose`;
}
