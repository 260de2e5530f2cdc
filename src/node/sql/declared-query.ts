/** What a note on disk declares for an engine of SQL. */

import { dirname, isAbsolute, resolve } from "node:path";
import { FailureError, unwrap } from "../../core/outcome.ts";
import type { DeclaredQuery } from "../../kinds/kind.ts";
import { findKind } from "../../kinds/registry.ts";
import { type Design, placeOf } from "../../steps/design.ts";

/** What the note declares. Throws a `FailureError` for a kind that declares nothing that SQL could compute. */
export function declaredQuery(design: Design, path: string): DeclaredQuery {
  const kind = unwrap(findKind(design.front.system));
  const query = kind.query?.({ design, resolve: (it) => (isAbsolute(it) ? it : resolve(dirname(path), it)) });
  if (query !== undefined) return query;
  throw new FailureError({
    code: "nothing-to-compile",
    message: `a note of the system \`${kind.name}\` declares no features over a log of events`,
    at: placeOf(design, "0.system").value,
    fix: "it runs without an engine: `heptad run`",
  });
}
