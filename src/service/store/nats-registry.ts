/** The registry of models that several machines share: what was built is an object a file, which of them serves is a key. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KV } from "@nats-io/kv";
import { FailureError } from "../../core/outcome.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { makeFolder } from "../../node/make-folder.ts";
import { readKept } from "../kept-json.ts";
import { type ModelManifest, manifestSchema } from "../model-manifest.ts";
import {
  damagedManifest,
  findModel,
  inOrder,
  isReadable,
  type ModelRegistry,
  NOBODY,
  openModelRegistry,
  orUnreadable,
  readWhole,
  type ServedModels,
  servedSchema,
  type UnreadableModel,
  withoutLast,
  withPromoted,
} from "../model-registry.ts";
import { ASKS_ITSELF_MS, damagedIn, type Nats, timeFor, untilAnswered } from "./nats-connection.ts";

export interface SharedRegistry extends ModelRegistry {
  /** Looks at what others have added and promoted. */
  refresh(): Promise<void>;
}

const SERVED = "served";
const MODEL = "model";
/** A file of a model: no part of it leads out of the model's folder. */
const FILE = /^[0-9a-f]{12}\/[\w-]+\/[\w-][\w.-]*$/u;

/** `folder` holds what was read from there; it may be removed at any time. */
export async function openSharedRegistry(
  nats: Nats,
  keys: KV,
  prefix: string,
  folder: string,
  now: () => Date = () => new Date(),
): Promise<SharedRegistry> {
  const { place } = nats;
  const local = openModelRegistry(folder, now);
  const files = await nats.objects(`${prefix}-models`);
  const known = new Map<string, ModelManifest>();
  const broken = new Map<string, UnreadableModel>();
  const find = (id: string): ModelManifest => findModel([...known.values()], id, place, [...broken.values()]);
  let served = NOBODY;
  const read = (key: string) => untilAnswered(() => keys.get(key), place);
  const readModel = async (id: string): Promise<void> => {
    const entry = await read(`${MODEL}.${id}`);
    if (entry?.operation !== "PUT") return;
    const model = orUnreadable(id, () => readKept(entry.string(), manifestSchema, damagedManifest(id, place)));
    if (!isReadable(model)) broken.set(id, model);
    else if (broken.delete(id) || !known.has(id)) known.set(id, model);
  };
  const readServed = async (): Promise<number> => {
    const entry = await read(SERVED);
    if (entry?.operation !== "PUT") return 0;
    served = readKept(entry.string(), servedSchema, damagedIn(place));
    for (const { id } of served.promoted) if (!known.has(id)) await readModel(id);
    return entry.revision;
  };
  const refresh = async (): Promise<void> => {
    await readServed();
    for (const key of await nats.keysOf(prefix, MODEL)) {
      const id = key.slice(MODEL.length + 1);
      if (!known.has(id)) await readModel(id);
    }
  };
  /** Changes what serves as it stands at that moment, whoever else changes it. */
  const change = async (work: (served: ServedModels) => ServedModels): Promise<void> => {
    let wanted: string | undefined;
    await untilAnswered(
      async () => {
        const revision = await readServed();
        // An answer may be lost after the change was made.
        if (JSON.stringify(served) === wanted) return;
        const next = work(served);
        if (next === served) return;
        wanted = JSON.stringify(next);
        await (revision === 0 ? keys.create(SERVED, wanted) : keys.update(SERVED, wanted, revision));
        served = next;
      },
      place,
      ASKS_ITSELF_MS,
    );
  };
  const upload = async (manifest: ModelManifest): Promise<void> => {
    const { id } = manifest;
    for (const key of Object.values(manifest.stages))
      for (const file of readdirSync(join(folder, id, key))) {
        const bytes = readFileSync(join(folder, id, key, file));
        const name = `${id}/${key}/${file}`;
        await untilAnswered(() => files.putBlob({ name }, bytes), place, timeFor(bytes.length));
      }
    // Last: without it there is no model.
    await untilAnswered(() => keys.put(`${MODEL}.${id}`, JSON.stringify(manifest)), place);
    known.set(id, manifest);
    broken.delete(id);
  };
  const download = async (id: string): Promise<void> => {
    const manifest = find(id);
    for (const { name, deleted, size } of await untilAnswered(() => files.list(), place)) {
      if (deleted || !name.startsWith(`${id}/`) || !FILE.test(name)) continue;
      const bytes = await untilAnswered(() => files.getBlob(name), place, timeFor(size));
      if (bytes === null) continue;
      makeFolder(join(folder, name, ".."));
      writeFileAtomically(join(folder, name), bytes);
    }
    writeFileAtomically(join(folder, id, "model.json"), JSON.stringify(manifest, null, 2));
  };
  await refresh();
  const registry: SharedRegistry = {
    place: `${place} (${prefix})`,
    refresh,
    async add(model) {
      const id = await local.add(model);
      await refresh();
      if (!known.has(id)) await upload(local.find(id));
      return id;
    },
    list: () => inOrder([...known.values()]),
    unreadable: () => [...broken.values()],
    find,
    check: (id) => readWhole(registry, id),
    open(id) {
      let ready: Promise<void> | undefined;
      return async (stage) => {
        ready ??= existsSync(join(folder, id, "model.json")) ? Promise.resolve() : download(id);
        await ready;
        return local.open(id)(stage);
      };
    },
    get current() {
      return served.promoted.at(-1)?.id;
    },
    get served() {
      return served;
    },
    async promote(given, why) {
      await refresh();
      const { id } = find(given);
      await change((one) => withPromoted(one, id, now(), why));
    },
    async adopt(given) {
      await change(() => given);
    },
    async rollback() {
      let back: string | undefined;
      await change((one) => {
        const { served: next, id } = withoutLast(one, place, now());
        back = id;
        return next;
      });
      if (back === undefined)
        throw new FailureError({ code: "no-way-back", message: "no model served before this one" });
      return back;
    },
  };
  return registry;
}
