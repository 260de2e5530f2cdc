import { createServer, type Server } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { afterEach, expect, it } from "vitest";
import { type ConnectServer, startConnectServer } from "../../../test/connect-server.ts";
import { selfSigned } from "../../../test/self-signed.ts";
import { connectAddress } from "./connect-address.ts";
import { openConnectClient } from "./connect-client.ts";
import { partsOf } from "./find-listener.ts";
import { nameInGreeting } from "./reach-server.ts";

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

/** The port of a server that has begun to listen. */
const portOf = (listening: Server): Promise<number> =>
  new Promise((resolve) => {
    listening.listen(0, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });

it("says of what listens and is no Spark Connect that it is none", async () => {
  plain = createServer((line) => line.end("220 mail\r\n"));
  const port = await portOf(plain);
  await expect(openConnectClient(connectAddress(`sc://127.0.0.1:${port}`), { patience: 500 })).rejects.toThrow(
    /nothing that speaks Spark Connect answers/u,
  );
});

it.each([
  ["", "speaks TLS, and was not asked in it"],
  ["/;use_ssl=true", "is not trusted here ("],
  ["/;token=abc", "is not trusted here ("],
])(
  "says of a server with a certificate that nobody vouches for, asked as sc://host%s, that it %s",
  async (rest, says) => {
    const heard: string[] = [];
    plain = createSecureServer({ ...selfSigned(), ALPNProtocols: ["h2"] }, (line) =>
      line.on("error", () => undefined).on("data", (bytes) => heard.push(String(bytes))),
    );
    const port = await portOf(plain);
    await expect(
      openConnectClient(connectAddress(`sc://127.0.0.1:${port}${rest}`), { patience: 500 }),
    ).rejects.toMatchObject({ failure: { code: "no-engine", message: expect.stringContaining(says) } });
    expect(heard).toEqual([]);
  },
);

it("greets a host by its name, and one without a name by none of its own", () => {
  const greeting = (url: string) => nameInGreeting(connectAddress(url))["grpc.ssl_target_name_override"];
  expect(["sc://spark.example/;use_ssl=true", "sc://10.0.0.1", "sc://localhost"].map(greeting)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(["sc://10.0.0.1/;use_ssl=true", "sc://[::1]/;use_ssl=true"].map(greeting)).toEqual(["localhost", "localhost"]);
  expect(partsOf(connectAddress("sc://[::1]:7077").target)).toEqual({ host: "::1", port: 7077 });
});
