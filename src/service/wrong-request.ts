/** What a caller is told of a request that is wrong, or of a fault of ours. */

import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { z } from "zod";
import { type Failure, FailureError } from "../core/outcome.ts";
import type { errorSchema } from "./openapi.ts";
import { sayWrongValue } from "./wrong-value.ts";

export function errorOf(error: string, message: string): z.output<typeof errorSchema> {
  return { error, message };
}

/** Without the place, which is one of the service's machine. */
export function sayFailure({ message, fix }: Failure): string {
  return fix === undefined ? message : `${message}; ${fix}`;
}

const JSON_ALONE = ["application/json"];

function sayRefusal(status: number, error: Error, types: readonly string[]): string {
  if (status === 415) return `this is asked with the header content-type: ${types.join(", or ")}`;
  const complaints: readonly unknown[] =
    "validation" in error && Array.isArray(error.validation) ? error.validation : [];
  return sayWrongValue(complaints) ?? error.message;
}

/** A wrong request says where it is wrong; a fault of ours says nothing of the inside. `types` are those that a body may have. */
export function describeError(
  error: unknown,
  types: readonly string[] = JSON_ALONE,
): {
  readonly status: number;
  readonly body: z.output<typeof errorSchema>;
} {
  if (error instanceof FailureError) return { status: 503, body: errorOf(error.failure.code, error.failure.message) };
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return {
      status: 400,
      body: errorOf(
        "bad-request",
        issue.path.length === 0 ? issue.message : `\`${issue.path.join(".")}\`: ${issue.message}`,
      ),
    };
  }
  const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500 && error instanceof Error)
    return { status, body: errorOf(status === 413 ? "too-long" : "bad-request", sayRefusal(status, error, types)) };
  return { status: 500, body: errorOf("fault", "the service has a fault here; its log has the details") };
}

/** What Node itself gives up on, by its code: 400 where it is none of these. */
const GIVEN_UP: Readonly<Record<string, readonly [status: number, error: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "too-slow", "the request came too slowly: send it again"],
  HPE_HEADER_OVERFLOW: [431, "too-long", "the headers of the request are too long"],
};

/** Answers bytes that became no request: nothing of the service has seen them. */
export function answerNoRequest(error: Error, socket: Pick<Duplex, "writable" | "write" | "destroy">): void {
  const code = "code" in error ? String(error.code) : "";
  const [status, name, message] = GIVEN_UP[code] ?? [400, "bad-request", "this is no HTTP request"];
  if (code !== "ECONNRESET" && socket.writable) {
    const body = JSON.stringify(errorOf(name, message));
    const head = ["content-type: application/json; charset=utf-8", `content-length: ${Buffer.byteLength(body)}`];
    socket.write([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, "connection: close", "", body].join("\r\n"));
  }
  socket.destroy(error);
}
