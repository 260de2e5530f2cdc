/** The process that a service of the studio lives in: told what to serve, it says how far it is and where it listens, and ends when told. */

import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { reviewDesign } from "../../node/review-design.ts";
import { type RunningService, serveNote } from "../serve-note.ts";
import { endWithParent } from "./end-with-parent.ts";

export type ServeOrder = { readonly path: string; readonly traffic: number | undefined } | { readonly stop: true };

/** An endpoint as a form is made of it. */
export interface OfferedEndpoint {
  readonly path: string;
  readonly summary: string;
  readonly example: unknown;
  readonly remembers: boolean;
  /** JSON Schema of the request. */
  readonly request: unknown;
}

/** An endpoint that takes a photo. */
export interface OfferedUpload {
  readonly path: string;
  readonly summary: string;
  readonly types: readonly string[];
  /** Bytes at most. */
  readonly limit: number;
  /** JSON Schema of the query. */
  readonly query: unknown;
}

export type ServeNews =
  | { readonly news: "stage"; readonly step: number; readonly title: string }
  | { readonly news: "said"; readonly message: string }
  | {
      readonly news: "serves";
      readonly url: string;
      readonly endpoints: readonly OfferedEndpoint[];
      readonly uploads: readonly OfferedUpload[];
      readonly notes: readonly string[];
    }
  | { readonly news: "ended" }
  | { readonly news: "failed"; readonly message: string; readonly fix: string | undefined };

/** How often what was told is brought to the disk; the log itself is written before each answer. */
const FLUSH_MS = 1000;
/** To end in order when the studio is gone. */
const GRACE_MS = 5000;

let running: RunningService | undefined;
let isStopped = false;

endWithParent(GRACE_MS);
process.on("message", (order: ServeOrder) => {
  if ("stop" in order) void stop();
  else void serve(order.path, order.traffic);
});
// The studio is gone, and with it whoever would look: what was told is in the log.
process.on("disconnect", () => void stop());

async function serve(path: string, traffic: number | undefined): Promise<void> {
  try {
    running = await serveNote({
      run: { path, review: reviewDesign, onStart: ({ step, title }) => say({ news: "stage", step, title }) },
      host: "127.0.0.1",
      port: 0,
      begin: "end",
      traffic,
      allowedHosts: [],
      flushEvery: FLUSH_MS,
      say: (message) => say({ news: "said", message }),
      onError: (message) => say({ news: "said", message }),
    });
    if (isStopped) return await stop();
    const endpoints = running.durable.system.endpoints.map(({ path: at, summary, example, remembers, request }) => ({
      path: at,
      summary,
      example,
      remembers,
      request: z.toJSONSchema(request, { target: "draft-7" }),
    }));
    const uploads = (running.durable.system.uploads ?? []).map(({ path: at, summary, types, limit, query }) => ({
      path: at,
      summary,
      types,
      limit,
      query: z.toJSONSchema(query, { target: "draft-7" }),
    }));
    say({ news: "serves", url: running.url, endpoints, uploads, notes: running.notes });
  } catch (error) {
    const failure = error instanceof FailureError ? error.failure : undefined;
    const message = failure?.message ?? (error instanceof Error ? error.message : String(error));
    say({ news: "failed", message, fix: failure?.fix });
    process.exit(1);
  }
}

async function stop(): Promise<void> {
  isStopped = true;
  await running?.close();
  say({ news: "ended" });
  process.exit(0);
}

function say(news: ServeNews): void {
  if (process.connected) process.send?.(news);
}
