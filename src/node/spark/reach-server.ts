/** Reaching a server, and saying why it is not reached: nobody listens, or one of the two speaks TLS and the other does not. */

import { isIP } from "node:net";
import { checkServerIdentity, createSecureContext } from "node:tls";
import { type ChannelCredentials, credentials } from "@grpc/grpc-js";
import { FailureError } from "../../core/outcome.ts";
import type { ConnectAddress } from "./connect-address.ts";
import { findListener, partsOf } from "./find-listener.ts";

/** Throws a `FailureError` for a server that answers, and not in TLS. A token goes to nobody who was not asked. */
export async function refusePlainServer(address: ConnectAddress, patience: number): Promise<void> {
  if (!address.isSecure) return;
  const listener = await findListener(address.target, patience);
  if (listener.speaks === "something" || (listener.speaks === "tls" && listener.untrusted !== undefined))
    throw explain(address, listener);
}

/** Why nothing of Spark Connect was heard. */
export async function unreachable(address: ConnectAddress, patience: number): Promise<FailureError> {
  return explain(address, await findListener(address.target, patience));
}

function explain(address: ConnectAddress, listener: Awaited<ReturnType<typeof findListener>>): FailureError {
  const { target, isSecure } = address;
  const refuse = (message: string, fix: string): FailureError =>
    new FailureError({ code: "no-engine", message, where: "--url", fix });
  if (listener.speaks === "something" && isSecure)
    return refuse(
      `${address.token === undefined ? "`use_ssl=true`" : "a token"} means TLS, and what listens at ${target} does not speak TLS`,
      "leave the token and `use_ssl` out for a server without TLS, or name the port that speaks it",
    );
  if (listener.speaks === "tls" && !isSecure)
    return refuse(
      `what listens at ${target} speaks TLS, and was not asked in it`,
      `write \`sc://${target}/;use_ssl=true\`, with \`;token=…\` after it where the server asks for one`,
    );
  if (listener.speaks === "tls" && listener.untrusted !== undefined)
    return refuse(
      `the certificate of what listens at ${target} is not trusted here (${listener.untrusted})`,
      "name its authority in NODE_EXTRA_CA_CERTS, or the host as its certificate does",
    );
  return refuse(
    `nothing that speaks Spark Connect answers at ${target}`,
    "start the server (`start-connect-server.sh`, or `sail spark server --port 15002`), or correct host and port",
  );
}

export function credentialsFor({ target, isSecure }: ConnectAddress): ChannelCredentials {
  if (!isSecure) return credentials.createInsecure();
  const { host } = partsOf(target);
  // The library's own context leaves out what NODE_EXTRA_CA_CERTS names.
  return credentials.createFromSecureContext(
    createSecureContext(),
    isIP(host) === 0 ? undefined : { checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate) },
  );
}

/** TLS greets by a name and not by a number (RFC 6066): the certificate is held against the number all the same. */
export function nameInGreeting({ target, isSecure }: ConnectAddress): { "grpc.ssl_target_name_override"?: string } {
  return isSecure && isIP(partsOf(target).host) !== 0 ? { "grpc.ssl_target_name_override": "localhost" } : {};
}
