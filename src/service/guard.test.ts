import { describe, expect, it } from "vitest";
import { isLoopback, ownHosts, refusalOf, saidOfNames } from "./guard.ts";

const open = { hosts: ownHosts(), token: undefined };
const caller = { host: "127.0.0.1:8080", origin: undefined, authorization: undefined };

describe("the guard of the service", () => {
  it("lets a program of this machine in under each of its names, at any port", () => {
    for (const host of ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"])
      expect(refusalOf({ ...caller, host }, open)).toBeUndefined();
    expect(refusalOf({ ...caller, origin: "http://127.0.0.1:8080" }, open)).toBeUndefined();
  });

  it("refuses a name that was made to lead here, and a page of another site", () => {
    for (const host of ["evil.example", "127.0.0.1.evil.example:80", "localhost.evil", undefined])
      expect(refusalOf({ ...caller, host }, open)?.status).toBe(403);
    for (const origin of ["http://evil.example", "null", "https://127.0.0.1:8080", "http://127.0.0.1:9"])
      expect(refusalOf({ ...caller, origin }, open)?.status).toBe(403);
  });

  it("answers under a name that was given to it", () => {
    expect(
      refusalOf({ ...caller, host: "api.internal:80" }, { ...open, hosts: ownHosts("API.internal") }),
    ).toBeUndefined();
  });

  it("asks for the token where there is one, and for all of it", () => {
    const guarded = { ...open, token: "secret" };
    for (const authorization of [undefined, "", "secret", "Bearer ", "Bearer secre", "Bearer secrets", "Basic secret"])
      expect(refusalOf({ ...caller, authorization }, guarded)?.status).toBe(401);
    for (const authorization of ["Bearer secret", "bearer secret", "BEARER  secret"])
      expect(refusalOf({ ...caller, authorization }, guarded)).toBeUndefined();
    expect(refusalOf({ ...caller, host: "evil.example", authorization: "Bearer secret" }, guarded)?.status).toBe(403);
  });

  it("says that whoever reaches every address of it has no name for it yet", () => {
    for (const host of ["0.0.0.0", "::"]) expect(saidOfNames(host, [])).toContain("--allow-host");
    expect([saidOfNames("0.0.0.0", ["api"]), saidOfNames("10.0.0.1", []), saidOfNames("127.0.0.1", [])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("knows which addresses only this machine reaches", () => {
    for (const host of ["127.0.0.1", "localhost", "::1", "127.8.0.1"]) expect(isLoopback(host)).toBe(true);
    for (const host of ["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil"]) expect(isLoopback(host)).toBe(false);
  });
});
