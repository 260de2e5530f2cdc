import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { refusePlaceTaken } from "./listening-place.ts";

it("a port that is taken, and an address of another machine, are said before anything is done, and a free one stays free", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(refusePlaceTaken("127.0.0.1", port)).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`);
  await expect(refusePlaceTaken("192.0.2.1", 0)).rejects.toThrow("192.0.2.1 is no address of this machine");
  other.close();
  await once(other, "close");
  await refusePlaceTaken("127.0.0.1", port);
  await refusePlaceTaken("127.0.0.1", port);
});
