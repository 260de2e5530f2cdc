import { describe, expect, it } from "vitest";
import { connectAddress } from "./connect-address.ts";
import { openConnectClient } from "./connect-client.ts";

describe("the address of a Spark server", () => {
  it("is a host, with the port of Spark Connect where none is given", () => {
    expect(connectAddress("sc://spark.example")).toEqual({
      target: "spark.example:15002",
      isSecure: false,
      user: "heptad",
    });
    expect(connectAddress("sc://[::1]:4040/").target).toBe("[::1]:4040");
  });

  it("is encrypted as soon as it carries a token", () => {
    expect(connectAddress("sc://host/;token=a%3Db;user_id=me")).toEqual({
      target: "host:15002",
      isSecure: true,
      token: "a=b",
      user: "me",
    });
    expect(connectAddress("sc://host:1/;use_ssl=true").isSecure).toBe(true);
  });

  it.each(["host:15002", "http://host", "sc://", "sc://host:0", "sc://host:70000", "sc://host/path"])(
    "is not %s",
    (url) => {
      expect(() => connectAddress(url)).toThrow(/is no address of a Spark Connect server/u);
    },
  );
});

describe("a server that is not there", () => {
  it("is said to be away, and how one is started", async () => {
    await expect(openConnectClient(connectAddress("sc://127.0.0.1:9"), { patience: 300 })).rejects.toThrow(
      /nothing that speaks Spark Connect answers at 127\.0\.0\.1:9/u,
    );
  });
});
