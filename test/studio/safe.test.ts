/** The studio's server: who is let in, which files can be reached, and what is never overwritten. */

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenStudio, openStudioIn } from "./open-studio.ts";

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let studio: OpenStudio;
let cookie = "";

beforeAll(async () => {
  studio = await openStudioIn({ "designs/a.md": "# A design\n", "secret.txt": "secret" });
  const { headers } = await ask("/api/session", {
    body: JSON.stringify({ token: new URL(studio.url()).hash.slice(1) }),
  });
  cookie = String(headers["set-cookie"]).split(";")[0];
});
afterAll(() => studio.close());

/** As the studio's page would; `headers` say otherwise. */
function ask(path: string, { method, body, headers = {} }: Asked = {}): Promise<Answer> {
  const { port, host } = new URL(studio.url());
  const own = { host, origin: `http://${host}`, cookie, "content-type": "application/json", ...headers };
  return new Promise((done, failed) => {
    const asked = request(
      { host: "127.0.0.1", port, path, method: method ?? (body === undefined ? "GET" : "POST"), headers: own },
      (answer) => {
        let text = "";
        answer.on("data", (part) => {
          text += String(part);
        });
        answer.on("end", () => done({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
      },
    );
    asked.once("error", failed);
    asked.end(body);
  });
}

const note = (path: string): Promise<Answer> => ask(`/api/note?path=${encodeURIComponent(path)}`);

describe("who is let in", () => {
  test("the token becomes a cookie that no script and no other site can use, and is readable by its owner alone", async () => {
    const token = new URL(studio.url()).hash.slice(1);
    const { status, headers } = await ask("/api/session", { body: JSON.stringify({ token }) });
    expect(status).toBe(200);
    expect(String(headers["set-cookie"])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/u);
    expect(statSync(join(studio.root, ".heptad", "studio-token")).mode & 0o077).toBe(0);
  });

  test("nothing is answered without the cookie, with a wrong one, or for a wrong token", async () => {
    for (const bad of ["", "heptad_studio=x", `${cookie}x`]) {
      for (const path of [
        "/api/designs",
        "/api/note?path=designs/a.md",
        "/report?path=designs/a.md&run=latest",
        "/api/events",
      ])
        expect((await ask(path, { headers: { cookie: bad } })).status).toBe(401);
    }
    expect((await ask("/api/session", { body: '{"token":"x"}' })).status).toBe(401);
    expect((await ask("/api/session", { body: "{}" })).status).toBe(401);
  });

  test("a name that was made to lead here is refused, even with the cookie, and for the page too", async () => {
    for (const host of ["evil.example", `evil.example:${new URL(studio.url()).port}`, "127.0.0.1:1"]) {
      expect((await ask("/api/designs", { headers: { host, origin: `http://${host}` } })).status).toBe(403);
      expect((await ask("/", { headers: { host } })).status).toBe(403);
    }
  });

  test("another site is refused, and so is a change that does not say where it comes from", async () => {
    const body = JSON.stringify({ path: "designs/a.md", text: "gone", seen: "" });
    for (const origin of ["http://evil.example", "null", "http://localhost:1"])
      expect((await ask("/api/note", { method: "PUT", body, headers: { origin } })).status).toBe(403);
    expect((await ask("/api/note", { method: "PUT", body, headers: { "sec-fetch-site": "cross-site" } })).status).toBe(
      403,
    );
    expect(readFileSync(join(studio.root, "designs/a.md"), "utf8")).toBe("# A design\n");
  });

  test("the page lets no script and no style in that is not its own file", async () => {
    const { headers, text } = await ask("/");
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|https?:/u);
    expect(text).not.toMatch(/<script(?![^>]*src=)|<style|%NONCE%/u);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect((await ask("/assets/../index.html")).status).toBe(404);
    expect((await ask("/assets/%2e%2e%2findex.html")).status).toBe(404);
  });
});

describe("which files can be reached", () => {
  test("a note of the project", async () => {
    expect(JSON.parse((await note("designs/a.md")).text)).toMatchObject({ path: "designs/a.md", text: "# A design\n" });
  });

  test.each([
    "../a.md",
    "designs/../../a.md",
    "/etc/passwd.md",
    "secret.txt",
    ".heptad/a.md",
    ".git/a.md",
    "runs/a/a.md",
    "RUNS/a.md",
    "node_modules/x/readme.md",
    "C:\\a.md",
    "designs\\a.md",
    "designs/con.md",
    "designs/NUL.md",
    "designs/a.md:stream.md",
    "designs/a.md.",
    "designs/a.md\u0000.md",
    "designs//a.md",
    "./designs/a.md",
    "",
  ])("not %j", async (path) => {
    const body = JSON.stringify({ path, text: "x", seen: "" });
    expect((await note(path)).status).toBeGreaterThanOrEqual(400);
    expect((await ask("/api/note", { method: "PUT", body })).status).toBeGreaterThanOrEqual(400);
  });

  test("no link leads out of the project, neither a file's nor a folder's", async () => {
    const outside = join(studio.root, "..", `outside-${process.pid}`);
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, "b.md"), "theirs");
    symlinkSync(join(outside, "b.md"), join(studio.root, "designs/link.md"));
    symlinkSync(outside, join(studio.root, "designs/folder"));
    for (const path of ["designs/link.md", "designs/folder/b.md", "designs/folder/new.md"]) {
      expect((await note(path)).status).toBe(422);
      const body = JSON.stringify({ path, text: "mine", seen: "" });
      expect((await ask("/api/note", { method: "PUT", body })).status).toBe(422);
    }
    expect(readFileSync(join(outside, "b.md"), "utf8")).toBe("theirs");
    expect(existsSync(join(outside, "new.md"))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  test("a body has its limit, and one that is no JSON or says more than it may is refused", async () => {
    const large = JSON.stringify({ path: "designs/a.md", text: "x".repeat(3 * 2 ** 20), seen: "" });
    expect((await ask("/api/note", { method: "PUT", body: large })).status).toBe(413);
    expect((await ask("/api/note", { method: "PUT", body: "{" })).status).toBe(400);
    const more = JSON.stringify({ path: "designs/a.md", text: "", seen: "", root: "/" });
    expect((await ask("/api/note", { method: "PUT", body: more })).status).toBe(400);
  });

  test("a photo has its limit, and data are read in the project alone", async () => {
    const photo = (length: number, type: string) =>
      ask("/api/serve/upload?endpoint=%2Fsearch", {
        body: "x".repeat(10),
        // Refused by what it says of itself, before it is read.
        headers: { "content-type": type, "content-length": String(length) },
      });
    expect((await photo(9 * 2 ** 20, "image/jpeg")).status).toBe(413);
    expect((await photo(10, "text/html")).status).toBe(415);
    expect((await photo(10, "image/jpeg")).status).toBe(422);
    for (const data of ["../../etc/passwd", "/etc/passwd", "designs/../../x.csv"]) {
      const answer = await ask("/api/note/draft", { body: JSON.stringify({ title: "Out", data }) });
      expect([answer.status, answer.text]).toEqual([422, expect.stringMatching(/leads out of the project/u)]);
    }
  });

  test("a run and an interview are named as we name them", async () => {
    for (const run of ["..", "../../x", "latest/..", "a"])
      expect((await ask(`/report?path=designs/a.md&run=${encodeURIComponent(run)}`)).status).toBe(422);
    expect((await ask("/api/interviews/one?session=..%2F..%2Fx")).status).toBe(422);
    for (const name of ["..%2Fx", "%2Fetc%2Fpasswd", "con.yaml", ""])
      expect((await ask(`/api/sheets/one?name=${name}`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("what is never overwritten", () => {
  test("a text that the page has not seen is given back, and the disk stays as it is", async () => {
    const first = JSON.parse((await note("designs/a.md")).text);
    writeFileSync(join(studio.root, "designs/a.md"), "# Theirs\n");
    const body = JSON.stringify({ path: "designs/a.md", text: "# Mine\n", seen: first.version });
    const answer = JSON.parse((await ask("/api/note", { method: "PUT", body })).text);
    expect(answer).toMatchObject({ saved: false, disk: { text: "# Theirs\n" } });
    expect(readFileSync(join(studio.root, "designs/a.md"), "utf8")).toBe("# Theirs\n");
    const again = JSON.stringify({ path: "designs/a.md", text: "# Mine\n", seen: answer.disk.version });
    expect(JSON.parse((await ask("/api/note", { method: "PUT", body: again })).text)).toMatchObject({ saved: true });
    expect(readFileSync(join(studio.root, "designs/a.md"), "utf8")).toBe("# Mine\n");
  });

  test("a new note takes no name that is taken", async () => {
    const body = JSON.stringify({ title: "Feed", problem: "What to read next" });
    expect(JSON.parse((await ask("/api/note", { body })).text)).toMatchObject({ path: "designs/feed.md" });
    const written = readFileSync(join(studio.root, "designs/feed.md"), "utf8");
    expect((await ask("/api/note", { body })).status).toBe(422);
    expect(readFileSync(join(studio.root, "designs/feed.md"), "utf8")).toBe(written);
  });
});
