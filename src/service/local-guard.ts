/** Who may speak to a server on this machine: the right host, the right origin, and a token that only the person at it was given. */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a request says of where it comes from. */
export interface Caller {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, which a page cannot set. */
  readonly site: string | undefined;
}

/** 32 random bytes as text that fits into an address. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Equal, told in a time that does not depend on where they differ. */
export function isSameToken(given: string, token: string): boolean {
  const [a, b] = [given, token].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a, b);
}

/**
 * Why a request is refused, or undefined. A name that was made to lead here (DNS rebinding) has another `Host`; a page of another
 * site has another `Origin`; whoever changes something says where it comes from.
 */
export function refusalOf({ method, host, origin, site }: Caller, port: number): string | undefined {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (host === undefined || !own.includes(host.toLowerCase())) return "this server answers only to its own address";
  if (origin !== undefined && origin !== `http://${host.toLowerCase()}`) return "this request comes from another site";
  // Not even a link on another page: whoever opens the studio types its address, or is given it by the program.
  if (site !== undefined && site !== "same-origin" && site !== "none") return "this request comes from another site";
  const changes = method !== "GET" && method !== "HEAD";
  return changes && origin === undefined ? "a request that changes something says where it comes from" : undefined;
}

/** The value of a cookie in a `Cookie` header. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
