/** The studio's server: loopback only, let in by a token that becomes a cookie, and nothing served that is not asked for properly. */

import { chmodSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { z } from "zod";
import { type Failure, FailureError } from "../../core/outcome.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { ownFolder } from "../../node/own-folder.ts";
import { cookieIn, createToken, isSameToken, refusalOf } from "../local-guard.ts";
import { type Asset, assetOf, assetsFolder, offlineOf, pageOf, REPORT_POLICY, SAFE_HEADERS } from "./assets.ts";
import { openDraftDesk } from "./draft-desk.ts";
import { openEvents } from "./events.ts";
import { openInterviewDesk } from "./interview-desk.ts";
import { openLibraryDesk } from "./library-desk.ts";
import { openDesignList } from "./list-designs.ts";
import { openPracticeDesk } from "./practice-desk.ts";
import { addRoutes } from "./routes.ts";
import { openRunDesk } from "./run-desk.ts";
import { openServeDesk } from "./serve-desk.ts";
import { openSheetDesk } from "./sheet-desk.ts";

export interface StudioOptions {
  /** The project's folder. */
  readonly root: string;
  /** The port to listen at; any free one where it is 0. */
  readonly port: number;
  readonly now?: () => Date;
  /** What a thrown thing is for people. */
  readonly failureOf: (error: unknown) => Failure;
}

export interface Studio {
  /** With the token in the fragment, which no log and no other site sees. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Of any body: a note and what goes with it. */
const MOST_BODY = 2 * 2 ** 20;
/** After the start, so that the first page comes first. */
const WARM_MS = 500;
const reportQuery = z.object({ path: z.string().max(1000), run: z.string().max(40) });
/** The pages by their addresses; what stands behind them is the page's own business. */
const PAGES = ["/", "/design", "/new", "/practice", "/progress", "/plan", "/interview", "/library", "/keys"];

/** Throws a `FailureError` where the port is taken or the pages are not built. */
export async function openStudio({
  root: folder,
  port: wanted,
  now = () => new Date(),
  failureOf,
}: StudioOptions): Promise<Studio> {
  const root = realpathSync(folder);
  const assets = assetsFolder();
  const project = { root, now };
  ownFolder(root, ".heptad");
  const token = tokenOf(root);
  const events = openEvents(project);
  const designs = openDesignList(root);
  const drafts = openDraftDesk(project);
  const runs = openRunDesk(project, () => events.tell("run", runs.current ?? null));
  const isRunning = (): boolean => runs.current?.state === "running" || runs.current?.state === "stopping";
  const serving = openServeDesk(project, isRunning, () => events.tell("serve", serving.current ?? null));
  const app = Fastify({
    bodyLimit: MOST_BODY,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  let port = wanted;
  const cookie = (): string => `heptad_studio_${port}`;

  app.addHook("onRequest", async (request, reply) => {
    reply.headers(SAFE_HEADERS);
    const { host, origin, "sec-fetch-site": site } = request.headers;
    const refusal = refusalOf(
      { method: request.method, host, origin, site: typeof site === "string" ? site : undefined },
      port,
    );
    if (refusal !== undefined) return refuse(reply, 403, refusal);
    const isOpen = !request.url.startsWith("/api/") && !request.url.startsWith("/report");
    if (isOpen || request.url === "/api/session") return;
    const given = cookieIn(request.headers.cookie, cookie());
    if (given === undefined || !isSameToken(given, token))
      return refuse(reply, 401, "open the address that `heptad studio` printed: this page was not let in yet");
    return undefined;
  });
  app.setErrorHandler((error, _, reply) => answerFailure(reply, error, failureOf));
  app.setNotFoundHandler((_, reply) => refuse(reply, 404, "there is nothing here"));

  app.get("/offline.js", (_, reply) => send(reply, offlineOf(assets)));
  for (const page of PAGES) app.get(page, (_, reply) => send(reply, pageOf(assets)));
  app.get<{ Params: { name: string } }>("/assets/:name", ({ params }, reply) => {
    const asset = assetOf(assets, params.name);
    return asset === undefined ? refuse(reply, 404, "there is nothing here") : send(reply, asset);
  });
  app.post("/api/session", ({ body }, reply) => {
    const given = z.strictObject({ token: z.string().max(200) }).safeParse(body);
    if (!given.success || !isSameToken(given.data.token, token))
      return refuse(reply, 401, "this is not the studio's token");
    reply.header("set-cookie", `${cookie()}=${token}; HttpOnly; SameSite=Strict; Path=/`);
    return { in: true };
  });
  app.get("/report", ({ query }, reply) => {
    const { path, run } = reportQuery.parse(query);
    const html = runs.report(path, run, `/report/run.json?${new URLSearchParams({ path, run })}`);
    if (html === undefined) return refuse(reply, 404, "there is no report of this run");
    return send(reply, {
      type: "text/html; charset=utf-8",
      body: html,
      headers: { "content-security-policy": REPORT_POLICY, "cache-control": "no-store" },
    });
  });
  app.get("/report/run.json", ({ query }, reply) => {
    const { path, run } = reportQuery.parse(query);
    const body = runs.figures(path, run);
    if (body === undefined) return refuse(reply, 404, "there is no record of this run");
    return send(reply, { type: "application/json; charset=utf-8", body, headers: { "cache-control": "no-store" } });
  });
  const [practice, library] = [openPracticeDesk(project), openLibraryDesk()];
  addRoutes(app, {
    project,
    designs,
    drafts,
    runs,
    serving,
    practice,
    interviews: openInterviewDesk(project, (session, turns) => events.tell("interview", { session, turns })),
    sheets: openSheetDesk(project),
    library,
    events,
  });
  port = await listenWhereLast(app, root, wanted);
  // What takes long the first time is read before somebody waits for it: a long history, the bank, the library.
  const warming = setTimeout(() => {
    practice
      .today()
      .then(() => practice.progress())
      .then(() => library.search("", undefined))
      // What is wrong is said to whoever asks.
      .catch(() => undefined);
  }, WARM_MS);
  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    port,
    async close() {
      clearTimeout(warming);
      events.close();
      designs.close();
      drafts.close();
      runs.close();
      serving.close();
      await app.close();
    },
  };
}

/** Kept with the project, readable by its owner alone: a page that is open goes on when the server was started again. */
function tokenOf(root: string): string {
  const file = join(root, ".heptad", "studio-token");
  if (existsSync(file)) {
    const known = readFileSync(file, "utf8").trim();
    if (/^[\w-]{43}$/u.test(known)) return known;
  }
  const token = createToken();
  writeFileAtomically(file, `${token}\n`);
  chmodSync(file, 0o600);
  return token;
}

/**
 * At the port that is asked for; else at the one where the project's studio was last, so that a page which is open finds it again, and
 * what a browser kept for it; else at a free one.
 */
async function listenWhereLast(app: FastifyInstance, root: string, wanted: number): Promise<number> {
  const file = join(root, ".heptad", "studio-port");
  const last = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const known = Number.isInteger(last) && last > 0 && last < 65_536 ? last : 0;
  const port =
    wanted === 0 && known > 0 ? await listen(app, known).catch(() => listen(app, 0)) : await listen(app, wanted);
  // Another studio of the project may be there meanwhile: it stays the one that is found again.
  if (wanted > 0 || known === 0) writeFileAtomically(file, `${port}\n`);
  return port;
}

async function listen(app: FastifyInstance, wanted: number): Promise<number> {
  try {
    await app.listen({ host: "127.0.0.1", port: wanted });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new FailureError({
      code: "port-taken",
      message: code === "EACCES" ? `port ${wanted} may not be used` : `port ${wanted} is taken`,
      where: "--port",
      fix: "give another one, or leave it out: a free one is found",
    });
  }
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("a server that listens has a port");
  return address.port;
}

function send(reply: FastifyReply, { type, body, headers }: Asset): FastifyReply {
  return reply.headers(headers).type(type).send(body);
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ failure: { code: "refused", message } });
}

function answerFailure(reply: FastifyReply, error: unknown, failureOf: StudioOptions["failureOf"]): FastifyReply {
  if (error instanceof z.ZodError) return refuse(reply, 400, "the request is none that the studio makes");
  if (error instanceof FailureError) {
    const status = ["locked", "busy", "went-on"].includes(error.failure.code) ? 409 : 422;
    return reply.code(status).send({ failure: error.failure });
  }
  const status =
    error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  return reply.code(status).send({ failure: failureOf(error) });
}
