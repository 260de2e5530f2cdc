/** The service of a note as the studio starts it, asks it, watches it and ends it: one at a time, in a process of its own. */

import { type ChildProcess, fork } from "node:child_process";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { findKind, KINDS } from "../../kinds/registry.ts";
import { type Design, parseDesign } from "../../steps/design.ts";
import { type Look, withLook } from "../live-look.ts";
import { type LiveView, liveView } from "../live-view.ts";
import { examplePath } from "../openapi.ts";
import { readMetrics } from "../read-metrics.ts";
import { readNote } from "./note-store.ts";
import { programBeside } from "./program-beside.ts";
import type { OfferedEndpoint, OfferedUpload, ServeNews, ServeOrder } from "./serve-process.ts";
import { notePath, type StudioProject } from "./studio-project.ts";

export const serveSchema = z.strictObject({
  path: z.string().min(1).max(1000),
  /** Share of the units that the note's experiment is run on. */
  traffic: z.number().gt(0).max(1).optional(),
});
export const handSchema = z.strictObject({ endpoint: z.string().max(200), body: z.string().max(200_000) });

/** `query` is the query of the service's own endpoint, as it is sent. */
export const uploadSchema = z.object({ endpoint: z.string().max(200), query: z.string().max(2000).default("") });
/** Of a photo that is sent by hand. */
export const MOST_PHOTO = 8 * 2 ** 20;

/** What is served, or was served last. */
export interface ServeSeen {
  readonly path: string;
  readonly state: "starting" | "serving" | "stopping" | "ended" | "failed";
  readonly startedAt: string;
  readonly url: string | undefined;
  readonly endpoints: readonly OfferedEndpoint[];
  readonly uploads: readonly OfferedUpload[];
  readonly traffic: number | undefined;
  /** What it said last. */
  readonly message: string | undefined;
}

/** Whether a note can be served, and what would start. */
export interface Servable {
  readonly can: boolean;
  readonly why: string;
  readonly fix: string;
  readonly hasExperiment: boolean;
}

const LOOK_MS = 2000;
const ASK_MS = 10_000;
const END_MS = 10_000;

export type ServeDesk = ReturnType<typeof openServeDesk>;

/** `isRunning` says whether a run is going on: both would be measured wrong. */
export function openServeDesk(project: StudioProject, isRunning: () => boolean, changed: () => void) {
  let child: ChildProcess | undefined;
  let current: ServeSeen | undefined;
  let design: Design | undefined;
  let looks: readonly Look[] = [];
  let since = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const update = (change: Partial<ServeSeen>): void => {
    if (current !== undefined) current = { ...current, ...change };
    changed();
  };
  const look = async (url: string | undefined): Promise<void> => {
    if (url === undefined) return;
    const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(LOOK_MS) });
    looks = withLook(looks, { at: performance.now() / 1000, samples: readMetrics(await answer.text()) });
  };
  const hear = (news: ServeNews): void => {
    if (news.news === "serves") {
      timer = setInterval(() => void look(current?.url).catch(() => undefined), LOOK_MS);
      // What is counted since the start is counted from here: nobody has asked before.
      void look(news.url)
        .catch(() => undefined)
        .then(() => update(changeOf(news)));
      return;
    }
    update(changeOf(news));
  };
  const call = async (path: string, init?: RequestInit): Promise<Response> => {
    const url = current?.state === "serving" ? current.url : undefined;
    if (url === undefined)
      throw new FailureError({ code: "not-serving", message: "nothing is being served", fix: "start it first" });
    return fetch(url + path, { ...init, signal: AbortSignal.timeout(ASK_MS) });
  };
  /** Asks and times it; the answer comes back whole, whatever it is. */
  const heard = async (path: string, init: RequestInit) => {
    const started = performance.now();
    const answer = await call(path, init);
    const text = await answer.text();
    return {
      status: answer.status,
      milliseconds: performance.now() - started,
      degraded: answer.headers.get("x-heptad-degraded"),
      arm: answer.headers.get("x-heptad-arm"),
      model: answer.headers.get("x-heptad-model"),
      body: readJson(text),
    };
  };
  const uploadAt = (endpoint: string): OfferedUpload => {
    const found = current?.uploads.find(({ path }) => path === endpoint);
    if (found !== undefined) return found;
    throw new FailureError({ code: "no-endpoint", message: "the service takes no photo there", where: endpoint });
  };
  return {
    get current() {
      return current;
    },
    about: (path: string): Servable => servable(readDesign(project, path)),
    start({ path, traffic }: z.output<typeof serveSchema>) {
      const real = notePath(project.root, path);
      const read = readDesign(project, path);
      const { can, why, fix } = servable(read);
      if (!can) throw new FailureError({ code: "cannot-serve", message: why, where: path, fix });
      if (child !== undefined)
        throw new FailureError({ code: "busy", message: `${current?.path} is being served`, fix: "stop it first" });
      if (isRunning())
        throw new FailureError({
          code: "busy",
          message: "a run is going on, and both would be measured wrong",
          fix: "wait for its end, or stop it",
        });
      design = read;
      looks = [];
      since = new Map();
      current = {
        path,
        state: "starting",
        startedAt: project.now().toISOString(),
        url: undefined,
        endpoints: [],
        uploads: [],
        traffic,
        message: undefined,
      };
      const process = fork(programBeside("serve-process.js"), [], {
        cwd: project.root,
        stdio: ["ignore", "ignore", "pipe", "ipc"],
      });
      child = process;
      let errors = "";
      process.stderr?.on("data", (part) => {
        errors = `${errors}${String(part)}`.slice(-2000);
      });
      process.on("message", hear);
      process.once("close", () => {
        child = undefined;
        clearInterval(timer);
        if (current?.state === "stopping") update({ state: "ended", url: undefined });
        else if (current?.state === "starting" || current?.state === "serving")
          update({ state: "failed", url: undefined, message: errors.trim() || "the service ended without a word" });
      });
      const order: ServeOrder = { path: real, traffic };
      process.send(order);
      changed();
    },
    stop() {
      const ending = child;
      if (ending === undefined) return;
      clearInterval(timer);
      const isStarting = current?.state === "starting";
      update({ state: "stopping" });
      // Whoever trains hears no word, and has told nobody anything yet.
      if (isStarting) ending.kill("SIGKILL");
      else ending.send({ stop: true } satisfies ServeOrder);
      // Nothing is lost by it: what was told is in the log before it is answered.
      setTimeout(() => ending.kill("SIGKILL"), END_MS).unref();
    },
    /** Asks the service as a caller would; the answer comes back whole, whatever it is. */
    async ask({ endpoint, body }: z.output<typeof handSchema>) {
      if (current?.endpoints.some(({ path }) => path === endpoint) !== true)
        throw new FailureError({ code: "no-endpoint", message: "the service answers no such path", where: endpoint });
      return heard(endpoint, { method: "POST", body, headers: { "content-type": "application/json" } });
    },
    /** Sends a photo as a caller would. */
    async send({ endpoint, query }: z.output<typeof uploadSchema>, bytes: Buffer, type: string) {
      uploadAt(endpoint);
      const asked = query === "" ? endpoint : `${endpoint}?${query}`;
      return heard(asked, { method: "POST", body: new Uint8Array(bytes), headers: { "content-type": type } });
    },
    /** The photo that the service has as its example. */
    async example(endpoint: string): Promise<{ readonly type: string; readonly bytes: Buffer }> {
      const answer = await call(examplePath(uploadAt(endpoint).path));
      const type = answer.headers.get("content-type") ?? "application/octet-stream";
      return { type, bytes: Buffer.from(await answer.arrayBuffer()) };
    },
    /** The service as it is at this moment. */
    async seen(): Promise<{ view: LiveView | null; experiment: unknown; model: unknown }> {
      if (design === undefined || current?.state !== "serving") return { view: null, experiment: null, model: null };
      const [experiment, model] = await Promise.all(
        ["/experiment", "/model"].map(async (path) => readJson(await (await call(path)).text())),
      );
      return { view: liveView(design, looks, since) ?? null, experiment, model };
    },
    async stopExperiment() {
      await call("/experiment/stop", { method: "POST", body: "{}", headers: { "content-type": "application/json" } });
    },
    close: () => child?.kill("SIGTERM"),
  };
}

function changeOf(news: ServeNews): Partial<ServeSeen> {
  switch (news.news) {
    case "stage":
      return { message: `step ${news.step} of 7 is run first: ${news.title}` };
    case "said":
      return { message: news.message };
    case "serves":
      return {
        state: "serving",
        url: news.url,
        endpoints: news.endpoints,
        uploads: news.uploads,
        message: news.notes.length === 0 ? undefined : news.notes.join("; "),
      };
    case "ended":
      return { state: "ended", url: undefined };
    case "failed":
      return { state: "failed", message: `${news.message}${news.fix === undefined ? "" : `: ${news.fix}`}` };
    default:
      return news satisfies never;
  }
}

function readDesign(project: StudioProject, path: string): Design | undefined {
  return parseDesign(readNote(project, path).text, path).design;
}

function servable(design: Design | undefined): Servable {
  const not = (why: string, fix: string): Servable => ({ can: false, why, fix, hasExperiment: false });
  if (design === undefined) return not("the note cannot be read as a design", "see its review");
  const kind = findKind(design.front.system);
  if (!kind.ok) return not(kind.failure.message, kind.failure.fix ?? "");
  if (kind.value.serve === undefined)
    return not(
      `a system of the kind \`${kind.value.name}\` can be run, but not served`,
      `its run says how long an answer takes in process; ${servedKinds()} can be served`,
    );
  const { experiment } = design.deploy;
  return { can: true, why: "", fix: "", hasExperiment: experiment !== undefined && experiment.skip === undefined };
}

function servedKinds(): string {
  return KINDS.filter(({ serve }) => serve !== undefined)
    .map(({ name }) => name)
    .join(" and ");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
