/** A small system for tests of what is kept: it lists what it was told in its order, each id once, and who did it. */

import { z } from "zod";
import type { BuiltModel } from "../src/service/model-registry.ts";
import { checkedBody } from "../src/system/checked-body.ts";
import type { ServedEndpoint, ServedSystem, Turn } from "../src/system/served-system.ts";

const tellSchema = z.strictObject({ events: z.array(z.strictObject({ id: z.string(), who: z.string() })) });
const tellBody = checkedBody(tellSchema);

export interface ListingSystem extends ServedSystem {
  /** Ids in the order in which they were taken. */
  readonly ids: readonly string[];
  /** When each came, by the service's clock; null where that was not said. */
  readonly arrivals: readonly (number | null)[];
  readonly tell: ServedEndpoint;
}

/** A wanted event is one whose id begins with `wanted`. */
export function listingSystem(): ListingSystem {
  let told: (readonly [id: string, who: string, arrived: number | null])[] = [];
  const known = new Set<string>();
  const tell: ServedEndpoint = {
    path: "/tell",
    summary: "lists",
    request: tellSchema,
    response: z.strictObject({ taken: z.int() }),
    example: { events: [{ id: "a", who: "me" }] },
    remembers: true,
    unitsOf: () => [],
    complete: (body) => tellBody.made(tellBody.read(body)),
    answer(body, { arrived = null }) {
      const fresh = tellBody.read(body).events.filter(({ id }) => !known.has(id));
      for (const { id, who } of fresh) {
        known.add(id);
        told.push([id, who, arrived]);
      }
      const outcomes = fresh.filter(({ id }) => id.startsWith("wanted"));
      return {
        body: { taken: fresh.length },
        degraded: [],
        isObserved: false,
        outcomes: outcomes.map(({ who }) => ({ unit: who, moment: 5, value: 1 })),
      };
    },
  };
  return {
    tell,
    get ids() {
      return told.map(([id]) => id);
    },
    get arrivals() {
      return told.map(([, , arrived]) => arrived);
    },
    endpoints: [tell],
    variants: ["control", "system"],
    traffic: { path: "/tell", count: 1, body: () => ({ events: [] }) },
    stages: [],
    newest: 1_700_000_000,
    counts: () => ({ ids: told.length }),
    profile: new Map(),
    observed: () => new Map(),
    save: () => new TextEncoder().encode(JSON.stringify(told)),
    restore(snapshot) {
      told = JSON.parse(new TextDecoder().decode(snapshot));
      known.clear();
      for (const [id] of told) known.add(id);
    },
    forget(unit) {
      const before = told.length;
      told = told.filter(([, who]) => who !== unit);
      return before - told.length;
    },
  };
}

export const TURN: Turn = { now: 0, variant: -1, time: (_, work) => work(() => false) };

/** A model of it, of a note. */
export function listingModel(note: string, parts: Partial<BuiltModel> = {}): BuiltModel {
  return {
    kind: "listing",
    title: "Lists",
    version: "1",
    seed: 7,
    commit: null,
    data: { source: "none", fingerprint: "" },
    metrics: [],
    stages: {},
    results: new Map(),
    note,
    ...parts,
  };
}
