/** What a caller is told of a request that is wrong, or of a fault of ours. */

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
