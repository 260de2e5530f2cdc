/** Where a program of the studio lies that runs in a process of its own: beside this file in the build. */

import { fileURLToPath } from "node:url";

export function programBeside(name: string): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith(".ts") ? `../../../dist/src/service/studio/${name}` : `./${name}`, here));
}
