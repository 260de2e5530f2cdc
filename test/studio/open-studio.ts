/** A studio in a folder of its own, with a browser beside it: what the tests of the pages begin from. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";

export interface PageOptions {
  readonly scheme?: "light" | "dark";
  /** Lets nothing through but this machine: whatever else is asked, by name or by number, fails. */
  readonly isOffline?: boolean;
}

export interface OpenStudio {
  readonly root: string;
  url(): string;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /**
   * Again at the same port. `blocks` is the largest file that it may write, in blocks of 512 bytes: what a full disk refuses. `isPlain`
   * names no port: it finds its own.
   */
  start(blocks?: number, isPlain?: boolean): Promise<void>;
  /** A page of a browser of its own that never saw the studio, at an address such as `/plan`. */
  page(at?: string, how?: PageOptions): Promise<Page>;
  /** What the pages asked of other hosts, and what they complained of. */
  readonly foreign: string[];
  readonly errors: string[];
  close(): Promise<void>;
}

export async function openStudioIn(files: Readonly<Record<string, string>>): Promise<OpenStudio> {
  const root = mkdtempSync(join(tmpdir(), "heptad-studio-"));
  writeFileSync(join(root, "heptad.yaml"), "");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  let child: ChildProcess | undefined;
  let url = "";
  let browser: Browser | undefined;
  const [foreign, errors]: [string[], string[]] = [[], []];
  const start = async (blocks?: number, isPlain = false): Promise<void> => {
    const port = url === "" || isPlain ? [] : ["--port", new URL(url).port];
    [child, url] = await startServer(root, port, blocks);
  };
  const kill = async (): Promise<void> => {
    if (child !== undefined) await killServer(child);
  };
  await start();
  return {
    root,
    url: () => url,
    kill,
    start,
    foreign,
    errors,
    async page(at = "/", { scheme = "light", isOffline = false } = {}) {
      browser ??= await launchBrowser();
      // A context of its own: a test may open a second tab in it.
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width: 1400, height: 900 },
        // A proxy where nobody listens.
        ...(isOffline ? { proxy: { server: "http://127.0.0.1:9", bypass: "127.0.0.1" } } : {}),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on("request", (request) => {
        const asked = new URL(request.url());
        if (/^https?:$/u.test(asked.protocol) && asked.host !== new URL(url).host) foreign.push(request.url());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        // A server that was killed on purpose is complained of too.
        if (message.type() === "error" && /Content Security Policy|Warning:|Uncaught/u.test(message.text()))
          errors.push(message.text());
      });
      // The token of the address lets a browser in wherever it begins.
      await page.goto(new URL(at + new URL(url).hash, url).href);
      await page.getByRole("link", { name: "Designs", exact: true }).waitFor();
      return page;
    },
    async close() {
      await browser?.close();
      await kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** `heptad studio` over a project, and the address that it says. `blocks` as in `OpenStudio.start`. */
export async function startServer(
  root: string,
  flags: readonly string[] = [],
  blocks?: number,
): Promise<[child: ChildProcess, url: string]> {
  const command = [process.execPath, resolve("bin/heptad.js"), "studio", "--no-open", ...flags];
  const [program, ...args] =
    blocks === undefined ? command : ["/bin/sh", "-c", `ulimit -f ${blocks}; exec "$@"`, "sh", ...command];
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const url = await new Promise<string>((done, failed) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += String(part);
      const line = /^http:\S+$/mu.exec(text)?.[0];
      if (line !== undefined) done(line);
    });
    child.stderr.on("data", (part) => {
      text += String(part);
    });
    child.once("close", () => failed(new Error(`the studio ended: ${text}`)));
  });
  return [child, url];
}

/** As a power cut would. */
export async function killServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once("close", done));
  child.kill("SIGKILL");
  await ended;
}
