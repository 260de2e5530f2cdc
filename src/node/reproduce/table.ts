/** A published table as a small file: its data, its protocol, the rows that were printed with their source, and our models with the settings they may take. */

import { z } from "zod";

const values = z.record(z.string(), z.number());

const setting = z.union([z.number(), z.array(z.number()).min(1)]);

/** Facts of a model that a table may vary: a number, or several to choose among on validation. */
const settings = z.strictObject({
  factors: setting.optional(),
  iterations: setting.optional(),
  regularization: setting.optional(),
  dropout: setting.optional(),
  confidence: setting.optional(),
  neighbours: setting.optional(),
  shrinkage: setting.optional(),
  decay: setting.optional(),
  recency: setting.optional(),
  backward: setting.optional(),
  damping: setting.optional(),
  smoothing: setting.optional(),
  trees: setting.optional(),
  leaves: setting.optional(),
  "learning-rate": setting.optional(),
  "minimum-rows": setting.optional(),
  /** Share of the features that each tree may use. */
  "feature-share": setting.optional(),
  /** How much a positive counts beside a negative. */
  "positive-weight": setting.optional(),
  /** Positives a negative, after negatives were left out or positives made up. */
  "positive-share": setting.optional(),
  width: setting.optional(),
  epochs: setting.optional(),
  /** Share of the usual chance changes of a training photo; mirrored ones stay. */
  augmentation: setting.optional(),
});

export const tableSchema = z.strictObject({
  title: z.string(),
  /** Which protocol reads the data and holds rows out: a name of the registry of protocols. */
  protocol: z.string(),
  /** Paths below the folder that `--data` names, by what the protocol calls them. */
  data: z.record(z.string(), z.string()),
  /** What the published files hold, by the names under which the protocol counts what it read: other data stands beside no published row. */
  counts: z.record(z.string(), z.int()),
  /**
   * SHA-256 of the rows of the published files, by the names of `data`, as the protocol sums them: the same for files that are packed otherwise.
   * Files whose rows mean something together, as pictures and their labels, have one under the first's name.
   */
  checksums: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/u, "is no SHA-256 in hexadecimal")),
  /** What is known of the data and its licence, one sentence. */
  about: z.string(),
  /** How the published rows were made, and where ours differ, if anywhere. */
  "as-published": z.string(),
  metrics: z.array(z.string()).min(1),
  "chosen-by": z.string(),
  seeds: z.array(z.int().min(0)).min(1).default([7]),
  published: z.array(
    z.strictObject({
      name: z.string(),
      source: z.string(),
      values,
      /** How it was judged otherwise than ours: it stands in the table, and no verdict is given beside it. */
      apart: z.string().optional(),
    }),
  ),
  /** The first is the baseline. */
  models: z.array(z.strictObject({ model: z.string(), settings: settings.optional() })).min(1),
  /** What ours should reach, by metric. */
  aim: values.optional(),
  /** How a test of the table had been read before its settings were chosen, where it had: the first doubt, and a word in the page's header. */
  "test-read-before": z.string().optional(),
  /** What else a reader should doubt. */
  doubts: z.array(z.string()).default([]),
});

export type PublishedTable = z.output<typeof tableSchema>;
export type TableSettings = Readonly<Record<string, number>>;

/** Every combination of the values that a model's settings may take, in the order they are written; one empty combination where there are none. */
export function settingsOf({ settings: written = {} }: PublishedTable["models"][number]): readonly TableSettings[] {
  let combinations: readonly TableSettings[] = [{}];
  for (const [name, value] of Object.entries(written)) {
    if (value === undefined) continue;
    const options = typeof value === "number" ? [value] : value;
    combinations = combinations.flatMap((one) => options.map((option) => ({ ...one, [name]: option })));
  }
  return combinations;
}
