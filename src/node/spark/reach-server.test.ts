import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { type ConnectServer, startConnectServer } from "../../../test/connect-server.ts";
import { connectAddress } from "./connect-address.ts";
import { openConnectClient } from "./connect-client.ts";

let server: ConnectServer | undefined;
let plain: Server | undefined;
afterEach(() => {
  server?.stop();
  plain?.close();
});

it.each([
  ["token=abc", "a token means TLS, and what listens at"],
  ["use_ssl=true", "`use_ssl=true` means TLS, and what listens at"],
])(
  "says of a server without TLS that %s asks for it, sends it nothing, and lets no warning through",
  async (parameter, says) => {
    server = await startConnectServer(() => []);
    const warned: string[] = [];
    const listen = ({ message }: Error): void => void warned.push(message);
    process.on("warning", listen);
    await expect(
      openConnectClient(connectAddress(`${server.url}/;${parameter}`), { patience: 2000 }),
    ).rejects.toMatchObject({ failure: { code: "no-engine", where: "--url", message: expect.stringContaining(says) } });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warned).toEqual([]);
    expect(server.asked).toEqual([]);
  },
);

it("says of what listens and is no Spark Connect that it is none", async () => {
  plain = createServer((line) => line.end("220 mail\r\n"));
  const port = await new Promise<number>((resolve) => {
    plain?.listen(0, "127.0.0.1", () => {
      const address = plain?.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await expect(openConnectClient(connectAddress(`sc://127.0.0.1:${port}`), { patience: 500 })).rejects.toThrow(
    /nothing that speaks Spark Connect answers/u,
  );
});
