/** Who may speak to the service: its own names, no page of another site, and a token as soon as it is reachable from elsewhere. */

import { createHash, timingSafeEqual } from "node:crypto";

/** What a request says of where it comes from. */
export interface ServiceCaller {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

export interface GuardOptions {
  /** Names under which the service may be called, without a port. */
  readonly hosts: readonly string[];
  /** What a caller has to show; undefined where only this machine can reach the service. */
  readonly token: string | undefined;
}

/** Why a request is not answered. */
export interface Refused {
  readonly status: 401 | 403;
  readonly message: string;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]", "::1"];

/** Whether only this machine reaches a server that is bound to this address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || /^127\.\d+\.\d+\.\d+$/u.test(host);
}

/** What whoever listens on every address has to know, where no further name is given; undefined for others. */
export function saidOfNames(host: string, others: readonly string[]): string | undefined {
  if (others.length > 0 || !["0.0.0.0", "::", "[::]"].includes(host)) return undefined;
  return "it listens on every address, and answers nobody who calls it by another name than localhost: name those that others use with --allow-host";
}

/** The names of a server on this machine, and those given besides. */
export function ownHosts(...others: readonly string[]): readonly string[] {
  return [...new Set([...LOOPBACK, ...others].map((one) => one.toLowerCase()))];
}

/** Undefined where the request may pass. A name that was made to lead here (DNS rebinding) has another `Host`, a page of another site another `Origin`. */
export function refusalOf(caller: ServiceCaller, { hosts, token }: GuardOptions): Refused | undefined {
  const host = caller.host?.toLowerCase();
  if (host === undefined || !hosts.includes(host.replace(/:\d+$/u, "")))
    return { status: 403, message: "this service answers only under its own names; give more with --allow-host" };
  if (caller.origin !== undefined && caller.origin.toLowerCase() !== `http://${host}`)
    return { status: 403, message: "this request comes from a page of another site" };
  if (token === undefined) return undefined;
  const given = /^bearer +(.+)$/iu.exec(caller.authorization ?? "")?.[1];
  if (given !== undefined && isSame(given, token)) return undefined;
  return { status: 401, message: "say who you are: Authorization: Bearer TOKEN" };
}

/** Told in a time that does not depend on where they differ. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [given, token].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a, b);
}
