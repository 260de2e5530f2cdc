/** Who listens at an address: asked only where Spark Connect does not answer there, to say why. */

import { connect as connectPlain, isIP } from "node:net";
import { connect } from "node:tls";

/** `untrusted` is why this machine does not take the certificate. */
export type Listener =
  | { readonly speaks: "nothing" }
  | { readonly speaks: "something" }
  | { readonly speaks: "tls"; readonly untrusted?: string };

/** `target` is a host and a port. Sends nothing but the greeting of TLS. */
export function findListener(target: string, patience: number): Promise<Listener> {
  const { host, port } = partsOf(target);
  return new Promise((resolve) => {
    let isReached = false;
    const line = connectPlain({ host, port }, () => {
      isReached = true;
    });
    const socket = connect({
      socket: line,
      // Names alone may be asked for, no numbers (RFC 6066).
      ...(isIP(host) === 0 ? { servername: host } : { host }),
      ALPNProtocols: ["h2"],
      rejectUnauthorized: false,
    });
    const end = (listener: Listener): void => {
      clearTimeout(timer);
      socket.destroy();
      line.destroy();
      resolve(listener);
    };
    const timer = setTimeout(() => end({ speaks: isReached ? "something" : "nothing" }), patience);
    line.on("error", () => end({ speaks: isReached ? "something" : "nothing" }));
    socket.on("error", () => end({ speaks: isReached ? "something" : "nothing" }));
    socket.on("close", () => end({ speaks: isReached ? "something" : "nothing" }));
    socket.once("secureConnect", () => {
      const why: unknown = socket.authorizationError;
      end({
        speaks: "tls",
        ...(socket.authorized ? {} : { untrusted: why instanceof Error ? why.message : String(why) }),
      });
    });
  });
}

export function partsOf(target: string): { readonly host: string; readonly port: number } {
  const at = target.lastIndexOf(":");
  return { host: target.slice(0, at).replace(/^\[|\]$/gu, ""), port: Number(target.slice(at + 1)) };
}
