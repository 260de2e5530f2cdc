/** The models of a note on disk: what runs built, which of them serves, and what served before it. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { type Failure, FailureError } from "../core/outcome.ts";
import { writeFileAtomically } from "../node/atomic-write.ts";
import { makeFolder } from "../node/make-folder.ts";
import { createDiskStore } from "../node/result-store.ts";
import type { StageResult } from "../system/stage.ts";
import { FORMAT, readKept } from "./kept-json.ts";
import { type ModelManifest, manifestSchema } from "./model-manifest.ts";

export interface ServedModels {
  readonly format: typeof FORMAT;
  /** Newest last; a rollback takes the last away and notes it in `left`. `asked` is when the last was promoted once more. */
  readonly promoted: {
    readonly id: string;
    readonly at: string;
    readonly why?: string | undefined;
    readonly asked?: string | undefined;
  }[];
  readonly left: { readonly id: string; readonly at: string }[];
}

export const servedSchema: z.ZodType<ServedModels> = z.looseObject({
  format: z.literal(FORMAT),
  promoted: z.array(
    z.looseObject({ id: z.string(), at: z.string(), why: z.string().optional(), asked: z.string().optional() }),
  ),
  left: z.array(z.looseObject({ id: z.string(), at: z.string() })),
});

/** A model to be kept. */
export interface BuiltModel extends Omit<ModelManifest, "format" | "id" | "bytes" | "built"> {
  readonly results: ReadonlyMap<string, StageResult>;
}

export interface ModelRegistry {
  /** Where it is, for people. */
  readonly place: string;
  /** Keeps a model and gives its id; one that is there stays as it is. */
  add(model: BuiltModel): Promise<string>;
  /** Newest first; those that cannot be read are not among them. */
  list(): readonly ModelManifest[];
  /** Models whose manifest cannot be read, with the reason: the others can be promoted all the same. */
  unreadable(): readonly UnreadableModel[];
  /** The model of this id, or of an id that begins so. Throws a `FailureError` where there is none. */
  find(id: string): ModelManifest;
  /** Reads all that the model is opened from. Throws a `FailureError` where something of it is gone or not what was written. */
  check(id: string): Promise<void>;
  /** The results of a model by stage. Throws a `FailureError` for one that is not what was written. */
  open(id: string): (stage: string) => Promise<StageResult>;
  /** Which serves, or undefined before the first promotion. */
  readonly current: string | undefined;
  readonly served: ServedModels;
  /** `why` is kept with it. */
  promote(id: string, why?: string): Promise<void>;
  /** What serves, and what did before, is as it was in another registry. */
  adopt(served: ServedModels): Promise<void>;
  /** Goes back to what served before, and gives its id. Throws a `FailureError` where nothing did. */
  rollback(): Promise<string>;
}

export interface UnreadableModel {
  readonly id: string;
  readonly failure: Failure;
}

export const NOBODY: ServedModels = { format: FORMAT, promoted: [], left: [] };

export function openModelRegistry(folder: string, now: () => Date = () => new Date()): ModelRegistry {
  const servedPath = join(folder, "served.json");
  const manifestPath = (id: string): string => join(folder, id, "model.json");
  const readServed = (): ServedModels => (existsSync(servedPath) ? read(servedPath, servedSchema) : NOBODY);
  const writeServed = (served: ServedModels): void => {
    makeFolder(folder);
    writeFileAtomically(servedPath, JSON.stringify(served, null, 2));
  };
  const readManifest = (id: string): ModelManifest | UnreadableModel =>
    orUnreadable(id, () =>
      readKept(readFileSync(manifestPath(id), "utf8"), manifestSchema, damagedManifest(id, manifestPath(id))),
    );
  const all = () =>
    (existsSync(folder) ? readdirSync(folder) : []).filter((id) => existsSync(manifestPath(id))).map(readManifest);
  const list = (): readonly ModelManifest[] => inOrder(all().filter(isReadable));
  const unreadable = () => all().flatMap((one) => (isReadable(one) ? [] : [one]));
  const find = (id: string): ModelManifest => findModel(list(), id, folder, unreadable());
  const registry: ModelRegistry = {
    place: folder,
    async add({ results, ...model }) {
      const id = modelId(model);
      // One that cannot be read any more is written anew.
      if (existsSync(manifestPath(id)) && isReadable(readManifest(id))) return id;
      const store = createDiskStore(join(folder, id), { limitBytes: Number.POSITIVE_INFINITY });
      for (const [stage, result] of results) await store.write(model.stages[stage], result);
      const bytes = Object.values(model.stages).reduce((sum, key) => sum + folderBytes(join(folder, id, key)), 0);
      const manifest: ModelManifest = { format: FORMAT, id, built: now().toISOString(), bytes, ...model };
      // Last: a folder without it is no model.
      writeFileAtomically(manifestPath(id), JSON.stringify(manifest, null, 2));
      return id;
    },
    list,
    unreadable,
    find,
    check: (id) => readWhole(registry, id),
    open(id) {
      const { stages } = find(id);
      const store = createDiskStore(join(folder, id), { limitBytes: Number.POSITIVE_INFINITY });
      return async (stage) => {
        const key = stages[stage];
        const result = key === undefined ? undefined : await store.read(key);
        if (result !== undefined) return result;
        throw new FailureError({
          code: "damaged-model",
          message: `model \`${id}\` cannot be loaded: its \`${stage}\` is gone or not what was written`,
          where: join(folder, id),
          fix: "promote another one; or, where the note builds this very one still, remove its folder and serve the note again, which builds it anew",
        });
      };
    },
    get current() {
      return readServed().promoted.at(-1)?.id;
    },
    get served() {
      return readServed();
    },
    async promote(given, why) {
      const { id } = find(given);
      writeServed(withPromoted(readServed(), id, now(), why));
    },
    async adopt(served) {
      writeServed(served);
    },
    async rollback() {
      const { served, id } = withoutLast(readServed(), folder, now());
      writeServed(served);
      return id;
    },
  };
  return registry;
}

/** Throws a `FailureError` where something that the model is opened from is gone or not what was written. */
export async function readWhole({ find, open }: Pick<ModelRegistry, "find" | "open">, given: string): Promise<void> {
  const { id, stages } = find(given);
  const result = open(id);
  for (const stage of Object.keys(stages)) await result(stage);
}

/** What a manifest says, or why it cannot be read: one of them says nothing of the others. */
export function orUnreadable(id: string, read: () => ModelManifest): ModelManifest | UnreadableModel {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { id, failure: error.failure };
  }
}

export function isReadable(one: ModelManifest | UnreadableModel): one is ModelManifest {
  return !("failure" in one);
}

export function damagedManifest(id: string, where: string): Failure {
  return {
    code: "damaged-model",
    message: `what is known of model \`${id}\` is not what was written`,
    where,
    fix: "promote another one; or put a copy in its place, or run the note that it was built from again with `heptad model add`, which writes it anew",
  };
}

/** The model of this id, or of an id that begins so. Throws a `FailureError` where there is none. */
export function findModel(
  models: readonly ModelManifest[],
  id: string,
  where: string,
  unreadable: readonly UnreadableModel[] = [],
): ModelManifest {
  const found = models.filter((one) => id !== "" && one.id.startsWith(id));
  if (found.length === 1) return found[0];
  const broken = unreadable.find((one) => id !== "" && one.id.startsWith(id));
  if (found.length === 0 && broken !== undefined) throw new FailureError(broken.failure);
  const ids = models.map((one) => one.id);
  const suggestion = nearest(id, ids);
  throw new FailureError({
    code: found.length === 0 ? "no-such-model" : "which-model",
    message: found.length === 0 ? `there is no model \`${id}\`` : `several models begin with \`${id}\``,
    where,
    fix:
      ids.length === 0
        ? "serve the note once: its run becomes the first model"
        : suggestion === undefined
          ? `there are ${ids.join(", ")}`
          : `did you mean \`${suggestion}\`?`,
  });
}

/**
 * The model of a run by this version of the program, by the keys of its stages' results, where it is there already: which of them a model is opened from is
 * the version's own affair.
 */
export function alreadyBuilt(
  models: readonly ModelManifest[],
  run: Pick<ModelManifest, "kind" | "note" | "version">,
  keyOf: (stage: string) => string | undefined,
): ModelManifest | undefined {
  return models.find(
    ({ kind, note, version, stages }) =>
      kind === run.kind &&
      note === run.note &&
      version === run.version &&
      Object.entries(stages).every(([stage, key]) => keyOf(stage) === key),
  );
}

/** Newest first. */
export function inOrder(models: readonly ModelManifest[]): readonly ModelManifest[] {
  return [...models].sort((a, b) => b.built.localeCompare(a.built) || a.id.localeCompare(b.id));
}

/** Where this model was promoted last already, what was written stays, and that it was asked for again: a service that could not load it tries again. */
export function withPromoted(served: ServedModels, id: string, at: Date, why?: string): ServedModels {
  const last = served.promoted.at(-1);
  if (last?.id === id)
    return { ...served, promoted: [...served.promoted.slice(0, -1), { ...last, asked: at.toISOString() }] };
  const promotion = { id, at: at.toISOString(), ...(why === undefined ? {} : { why }) };
  return { ...served, promoted: [...served.promoted, promotion] };
}

/** Back to what served before. Throws a `FailureError` where nothing did. */
export function withoutLast(
  served: ServedModels,
  where: string,
  at: Date,
): { readonly served: ServedModels; readonly id: string } {
  const [before, current] = served.promoted.slice(-2);
  if (current === undefined)
    throw new FailureError({
      code: "no-way-back",
      message: "no model served before this one",
      where,
      fix: "`heptad model list NOTE` shows what can be promoted",
    });
  const left = [...served.left, { id: current.id, at: at.toISOString() }];
  return { served: { ...served, promoted: served.promoted.slice(0, -1), left }, id: before.id };
}

/** Named for what it is made of: the same everywhere. */
function modelId({ kind, note, stages }: Pick<ModelManifest, "kind" | "note" | "stages">): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, note, Object.entries(stages).sort()]))
    .digest("hex")
    .slice(0, 12);
}

function read<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return readKept(readFileSync(path, "utf8"), schema, {
    code: "damaged-registry",
    message: "this file is not what was written",
    where: path,
    fix: "put a copy in its place; or remove it, and promote a model again",
  });
}

function folderBytes(path: string): number {
  return existsSync(path) ? readdirSync(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0) : 0;
}
