/** Asks a system before anybody does. */

import { type ServedSystem, unhurried } from "../system/served-system.ts";

/** Answers given before the first request, so that it is no slower than the others. */
const WARM_UP = 50;
const WARM_UP_PHOTOS = 5;

export async function warmUp(system: ServedSystem): Promise<void> {
  for (const endpoint of system.endpoints) {
    if (endpoint.remembers) continue;
    for (let i = 0; i < WARM_UP; i++) {
      const body = endpoint.complete(endpoint.example, system.newest + 1);
      for (const variant of [-1, 0]) endpoint.answer(body, unhurried(system.newest + 1, variant));
    }
  }
  for (const { example, answer } of system.uploads ?? [])
    for (let i = 0; i < WARM_UP_PHOTOS; i++)
      for (const variant of [-1, 0]) await answer(example.bytes, {}, unhurried(0, variant));
}
