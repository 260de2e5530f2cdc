/** Where a service listens: whether it can is known before hours of work, and said in words. */

import { once } from "node:events";
import { createServer } from "node:net";
import { FailureError } from "../core/outcome.ts";

/** Throws a `FailureError` where nothing can listen there. */
export async function refusePlaceTaken(host: string, port: number): Promise<void> {
  const probe = createServer();
  await saidWhere(host, port, async () => {
    probe.listen({ host, port, exclusive: true });
    await once(probe, "listening");
  });
  probe.close();
  await once(probe, "close");
}

/** Work that listens; what keeps it from that is thrown as a `FailureError`. */
export async function saidWhere<T>(host: string, port: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    switch (code) {
      case "EADDRINUSE":
        throw new FailureError({
          code: "port-taken",
          message: `port ${port} of ${host} is taken`,
          where: "--port",
          fix: "give another one, or 0 for any that is free; or end what listens there",
        });
      case "EACCES":
        throw new FailureError({
          code: "port-taken",
          message: `port ${port} may not be used`,
          where: "--port",
          fix: "give one above 1023, or 0 for any that is free",
        });
      case "EADDRNOTAVAIL":
      case "ENOTFOUND":
      case "EAI_AGAIN":
      case "EINVAL":
        throw new FailureError({
          code: "no-such-host",
          message: `${host} is no address of this machine`,
          where: "--host",
          fix: "give one of its own addresses, or leave --host out",
        });
      default:
        throw error;
    }
  }
}
