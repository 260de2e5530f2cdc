/** What the server tells its pages without being asked: how a run goes on, and that a note changed on the disk. */

import { statSync } from "node:fs";
import { join } from "node:path";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CONFIGURATION_FILE } from "../../node/project-settings.ts";
import { notePath, type StudioProject } from "./studio-project.ts";

export interface Events {
  /** Server-sent events until the page leaves; `?path=` watches a note. */
  open(request: FastifyRequest, reply: FastifyReply): FastifyReply;
  tell(name: string, data: unknown): void;
  close(): void;
}

/** So many pages may listen at once. */
const MOST_LISTENERS = 50;
/** How often a watched note is looked at. Watching by the system misses what git and editors do by renaming. */
const LOOK_MS = 500;
/** A word now and then, so that a page knows a server that is gone. */
const BEAT_MS = 10_000;

export function openEvents({ root }: StudioProject): Events {
  const listeners = new Set<FastifyReply>();
  const settings = join(root, CONFIGURATION_FILE);
  return {
    open(request, reply) {
      const { path } = z.object({ path: z.string().max(1000).optional() }).parse(request.query);
      const file = path === undefined ? undefined : watchedFile(root, path);
      if (listeners.size >= MOST_LISTENERS)
        return reply.code(503).send({ failure: { code: "busy", message: "too many pages listen" } });
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      });
      raw.write("retry: 1000\n\n");
      listeners.add(reply);
      let stamp = stampOf(file);
      let rules = stampOf(settings);
      const look = setInterval(() => {
        const now = stampOf(file);
        if (now !== stamp) raw.write(eventText("note", { path }));
        stamp = now;
        const set = stampOf(settings);
        if (set !== rules) raw.write(eventText("settings", {}));
        rules = set;
      }, LOOK_MS);
      const beat = setInterval(() => raw.write(": here\n\n"), BEAT_MS);
      raw.once("close", () => {
        clearInterval(look);
        clearInterval(beat);
        listeners.delete(reply);
      });
      return reply;
    },
    tell(name, data) {
      for (const { raw } of listeners) raw.write(eventText(name, data));
    },
    close() {
      for (const { raw } of listeners) raw.end();
    },
  };
}

/** An address that names no note is refused where it is read: the page is told the rest all the same. */
function watchedFile(root: string, path: string): string | undefined {
  try {
    return notePath(root, path);
  } catch {
    return undefined;
  }
}

function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function stampOf(file: string | undefined): string {
  if (file === undefined) return "";
  const about = statSync(file, { throwIfNoEntry: false });
  return `${about?.mtimeMs}:${about?.size}:${about?.ino}`;
}
