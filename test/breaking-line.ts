/** A line between a client and a server of loopback that a test can break: bytes pass until it does, and whoever comes after that is let through again. */

import { connect, createServer, type Socket } from "node:net";

export interface BreakingLine {
  /** Where the client connects, of the kind of the server's own address. */
  readonly url: string;
  /** Ends every connection, as a switch does that is pulled out. */
  break(): void;
  stop(): void;
}

/** `url` is `sc://host:port`. */
export async function openBreakingLine(url: string): Promise<BreakingLine> {
  const { hostname, port } = new URL(url.replace("sc:", "http:"));
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on("close", () => open.delete(socket)).on("error", () => undefined);
  };
  const server = createServer((client) => {
    const there = keep(connect(Number(port), hostname));
    keep(client).pipe(there).pipe(client);
    client.on("close", () => there.destroy());
    there.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const end = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `sc://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    break: end,
    stop() {
      end();
      server.close();
    },
  };
}
