/** Who may speak to a server on this machine. */

import { describe, expect, test } from "vitest";
import { cookieIn, createToken, isSameToken, refusalOf } from "./local-guard.ts";

const own = { method: "POST", host: "127.0.0.1:7707", origin: "http://127.0.0.1:7707", site: "same-origin" };

describe("a request to a server of this machine", () => {
  test("is let in from its own page, under each of its names", () => {
    expect(refusalOf(own, 7707)).toBeUndefined();
    expect(refusalOf({ ...own, host: "localhost:7707", origin: "http://localhost:7707" }, 7707)).toBeUndefined();
    expect(refusalOf({ method: "GET", host: "[::1]:7707", origin: undefined, site: "none" }, 7707)).toBeUndefined();
  });

  test("is refused under a name that was made to lead here", () => {
    for (const host of ["evil.example:7707", "127.0.0.1:80", "127.0.0.1", "127.0.0.1:7707.evil.example", undefined])
      expect(refusalOf({ ...own, host }, 7707)).toMatch(/own address/u);
  });

  test("is refused from another site, by its origin or by what the browser says of it", () => {
    for (const origin of [
      "http://evil.example",
      "null",
      "https://127.0.0.1:7707",
      "http://localhost:7707",
      "http://127.0.0.1:80",
    ])
      expect(refusalOf({ ...own, origin }, 7707)).toMatch(/another site/u);
    for (const site of ["cross-site", "same-site"]) expect(refusalOf({ ...own, site }, 7707)).toMatch(/another site/u);
  });

  test("that changes something says where it comes from", () => {
    expect(refusalOf({ ...own, origin: undefined }, 7707)).toMatch(/says where/u);
    expect(refusalOf({ ...own, method: "GET", origin: undefined }, 7707)).toBeUndefined();
  });
});

test("tokens are long, never the same, and equal only to themselves", () => {
  const [a, b] = [createToken(), createToken()];
  expect(a).toMatch(/^[\w-]{43}$/u);
  expect(a).not.toBe(b);
  expect(isSameToken(a, a)).toBe(true);
  expect(isSameToken(a, b)).toBe(false);
  expect(isSameToken("", a)).toBe(false);
});

test("a cookie is found by its whole name", () => {
  expect(cookieIn("xtoken=1; token=2=3; other=4", "token")).toBe("2=3");
  expect(cookieIn("xtoken=1", "token")).toBeUndefined();
  expect(cookieIn(undefined, "token")).toBeUndefined();
});
