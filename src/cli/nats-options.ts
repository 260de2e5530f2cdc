/** The options of commands whose service keeps what it knows in NATS. */

import { existsSync } from "node:fs";
import { FailureError } from "../core/outcome.ts";
import type { CommandInput, CommandOption, OptionRule } from "./command.ts";
import { onlyWith } from "./option-rules.ts";

export const NATS_OPTIONS: readonly CommandOption[] = [
  {
    name: "nats",
    value: "URL",
    description:
      "keep what must not be lost in NATS JetStream, for several services of one note: nats://HOST:4222, more with commas between",
  },
  { name: "nats-creds", value: "FILE", description: "a file of credentials for NATS" },
];

/** Of a command that can take over what is kept in NATS. */
export const NATS_RULES_WITH_IMPORT: readonly OptionRule[] = [onlyWith(["nats-creds"], "nats", "import")];

export const NATS_RULES: readonly OptionRule[] = [onlyWith(["nats-creds"], "nats")];

/** Undefined where files are meant. Throws a `FailureError` for credentials that are not there. */
export function natsIn(input: CommandInput): { readonly url: string; readonly credentials?: string } | undefined {
  const [url, credentials] = [input.value("nats"), input.value("nats-creds")];
  if (credentials !== undefined && !existsSync(credentials))
    throw new FailureError({
      code: "no-such-file",
      message: `there is no file ${credentials}`,
      where: "--nats-creds",
      fix: "give the path of a file that NATS's `nsc generate creds` wrote",
    });
  return url === undefined ? undefined : { url, ...(credentials === undefined ? {} : { credentials }) };
}
