/** A small system for tests: it adds up what it is told. Everything about it can be checked by hand. */

import { z } from "zod";
import { FailureError } from "../src/core/outcome.ts";
import type { ServedEndpoint, ServedSystem } from "../src/system/served-system.ts";

const addRequest = z.strictObject({ id: z.string().min(1), by: z.int().min(0).max(1000) });
const sumRequest = z.strictObject({ who: z.string().min(1) });
const answerSchema = z.strictObject({ sum: z.number(), variant: z.number() });

/** `factor` is the model: what the sum is multiplied with. `features` are what it remembers by: two that differ cannot swap. */
export function countingSystem(factor = 1, features = "sum"): ServedSystem {
  let sum = 0;
  const ids = new Set<string>();
  const endpoint = (
    parts: Pick<ServedEndpoint, "path" | "remembers" | "request" | "example" | "answer"> & Partial<ServedEndpoint>,
  ): ServedEndpoint => ({
    summary: "adds up",
    response: answerSchema,
    unitsOf: () => [],
    complete: (body) => JSON.parse(JSON.stringify(parts.request.parse(body))),
    ...parts,
  });
  return {
    endpoints: [
      endpoint({
        path: "/add",
        request: addRequest,
        example: { id: "a", by: 1 },
        remembers: true,
        answer(body, { variant }) {
          const { id, by } = addRequest.parse(body);
          if (!ids.has(id)) sum += by;
          ids.add(id);
          return { body: { sum: sum * factor, variant }, degraded: [], isObserved: false };
        },
      }),
      endpoint({
        path: "/sum",
        request: sumRequest,
        example: { who: "me" },
        remembers: false,
        unitsOf: (body) => [sumRequest.parse(body).who],
        answer(_, turn) {
          const isLate = turn.time("adding", (late) => late());
          return {
            body: { sum: isLate ? -1 : sum * factor, variant: turn.variant },
            degraded: isLate ? ["adding: left out"] : [],
            isObserved: !isLate,
          };
        },
      }),
    ],
    variants: ["control", "system"],
    traffic: { path: "/add", count: 3, body: (at, round) => ({ id: `${round}-${at}`, by: at }) },
    stages: ["adding"],
    newest: 1_700_000_000,
    counts: () => ({ ids: ids.size }),
    profile: new Map(),
    observed: () => new Map(),
    save: () => new TextEncoder().encode(JSON.stringify([features, sum, ...ids])),
    restore(snapshot) {
      const [was, saved, ...known] = JSON.parse(new TextDecoder().decode(snapshot));
      if (was !== features)
        throw new FailureError({ code: "other-state", message: "the snapshot was taken of other features" });
      sum = saved;
      ids.clear();
      for (const id of known) ids.add(id);
    },
    forget(unit) {
      return ids.delete(unit) ? 1 : 0;
    },
  };
}
