/** A fix as it is to be typed: a fact that belongs inside a map which is not written yet stands inside it. */

import { nestedFact } from "../core/nested-fact.ts";
import type { Design } from "../steps/design.ts";

/**
 * `write \`timeout: 70 ms\`` for `6.serving.timeout` is `write \`serving: { timeout: 70 ms }\`` where the note has no `serving`: typed below the
 * heading as it stood, it would be an unknown key.
 */
export function placedFix(fix: string, path: string, design: Pick<Design, "places">): string {
  const [step, ...keys] = path.split(".");
  if (keys.length < 2 || path.includes("[")) return fix;
  const written = keys.slice(0, -1).filter((_, i) => design.places.has([step, ...keys.slice(0, i + 1)].join(".")));
  const missing = keys.slice(written.length, -1);
  const start = fix.indexOf(`\`${keys[keys.length - 1]}: `);
  const end = fix.indexOf("`", start + 1);
  if (missing.length === 0 || start === -1 || end === -1) return fix;
  return `${fix.slice(0, start + 1)}${nestedFact(missing, fix.slice(start + 1, end))}${fix.slice(end)}`;
}
