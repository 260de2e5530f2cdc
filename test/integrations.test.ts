import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  createProtocolConnection,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { parse } from "yaml";
import { z } from "zod";
import { packVsix } from "../tools/pack-vsix.mjs";
import { temporaryFolder } from "./temporary-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const PROGRAM = join(ROOT, "bin", "heptad.js");
const started = z.object({ command: z.string(), args: z.array(z.string()), shell: z.boolean().optional() });

type ServerCommand = (
  setting: string,
  folders: string[],
  isThere?: (path: string) => boolean,
  platform?: string,
) => unknown;
const { serverCommand }: { serverCommand: ServerCommand } = createRequire(import.meta.url)(
  join(ROOT, "integrations", "vscode", "server-command.js"),
);

describe("the editor extension", () => {
  it("unpacks to a manifest that names its parts, and to one bundle that needs the editor alone", async () => {
    const files = unzipSync(await packVsix("1.2.3"));
    const text = (name: string): string => strFromU8(files[name]);
    const manifest = text("extension.vsixmanifest");
    expect(manifest).toContain('Id="heptad" Version="1.2.3" Publisher="heptad"');
    const assets = [...manifest.matchAll(/Path="([^"]+)"/gu)].map(([, path]) => path);
    expect(assets.length).toBe(3);
    for (const path of assets) expect(files).toHaveProperty([path]);
    const types = [...text("[Content_Types].xml").matchAll(/Extension="(\.\w+)"/gu)].map(([, type]) => type);
    for (const name of Object.keys(files))
      if (name !== "[Content_Types].xml")
        expect(
          types.some((type) => name.endsWith(type)),
          name,
        ).toBe(true);
    const extension = JSON.parse(text("extension/package.json"));
    expect(extension).toMatchObject({ version: "1.2.3", main: "./extension.js" });
    const code = text("extension/extension.js");
    const required = [...code.matchAll(/require\(["'`]([^"'`]+)["'`]\)/gu)].map(([, name]) => name);
    const allowed = createRequire(import.meta.url)("node:module").builtinModules;
    for (const name of required)
      expect(name === "vscode" || allowed.includes(name.replace("node:", "")), name).toBe(true);
    for (const { command } of extension.contributes.commands) expect(code).toContain(command);
  });

  it("loads in an editor and registers its commands", async () => {
    const folder = temporaryFolder();
    const files = unzipSync(await packVsix("1.2.3"));
    for (const name of ["package.json", "extension.js"]) writeFileSync(join(folder, name), files[`extension/${name}`]);
    mkdirSync(join(folder, "node_modules", "vscode"), { recursive: true });
    // An editor whose every part is a function that may be called, built or read.
    writeFileSync(
      join(folder, "node_modules", "vscode", "index.js"),
      `const commands = []; const any = () => new Proxy(function () {}, { get: (target, key) => key === "commandsSeen" ? commands :
        key === "version" ? "1.99.0" : key === "registerCommand" ? (name) => { commands.push(name); return { dispose() {} } } :
        key === Symbol.toPrimitive ? () => "" : key === Symbol.iterator ? undefined : key === "then" ? undefined : key === "prototype" ? target.prototype : any(),
        apply: () => any(), construct: () => any() }); module.exports = any();`,
    );
    const script = `const { activate } = require("./extension.js"); Promise.resolve(activate({ subscriptions: { push() {} } })).catch(() => {});
      setTimeout(() => { console.log(JSON.stringify(require("vscode").commandsSeen)); process.exit(0) }, 200);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
    expect(stdout, stderr).toContain("heptad.run");
  });

  it("finds the program in the setting, in the project, on the path, and on Windows through a shell", () => {
    const isThere = (path: string): boolean => path.includes("has-it");
    expect(serverCommand("/opt/heptad", ["has-it"], isThere)).toEqual({ command: "/opt/heptad", args: [] });
    expect(started.parse(serverCommand("", ["none", "has-it"], isThere)).args[0]).toContain(
      join("has-it", "node_modules"),
    );
    expect(serverCommand("", [], isThere, "linux")).toEqual({ command: "heptad", args: [] });
    expect(serverCommand("", [], isThere, "win32")).toMatchObject({ command: "heptad.cmd", shell: true });
  });

  it("reaches a server that answers, with the command that it starts", async () => {
    const { command, args } = started.parse(serverCommand(PROGRAM, []));
    const child = spawn(command === "node" ? process.execPath : command, [...args, "lsp", "--stdio"], {
      cwd: temporaryFolder(),
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    connection.listen();
    const answer = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    expect(answer.capabilities).toMatchObject({ hoverProvider: true });
    connection.dispose();
    child.kill();
  });
});

describe("the GitHub Action and the pre-commit hook", () => {
  const check = z.object({ status: z.number().nullable(), stdout: z.string(), stderr: z.string() });

  it("call the program as it can be called, with paths as data", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "designs"));
    cpSync(join(ROOT, "designs", "bad", "card-fraud.md"), join(folder, "designs", "bad.md"));
    const action = parse(readFileSync(join(ROOT, "integrations", "github-action", "action.yml"), "utf8"));
    const [step] = action.runs.steps;
    expect(step.run).not.toContain("${{");
    // What the runner would do, with this program in place of the published one.
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "npx"), `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`, {
      mode: 0o755,
    });
    const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, HEPTAD_VERSION: "0", HEPTAD_FAIL_ON: "error" };
    const act = (paths: string) =>
      check.parse(
        spawnSync("bash", ["-e", "-c", step.run], {
          cwd: folder,
          env: { ...env, HEPTAD_PATHS: paths },
          encoding: "utf8",
        }),
      );
    const found = act("designs");
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(/^::error file=designs\/bad\.md,line=\d+/mu);
    expect(act("$(touch owned)").status).toBe(2);
    expect(spawnSync("ls", ["owned"], { cwd: folder }).status).not.toBe(0);
    const [hook] = z
      .array(z.object({ entry: z.string(), files: z.string() }))
      .parse(parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8")));
    expect("designs/a.md").toMatch(new RegExp(hook.files, "u"));
    const [name, ...rest] = hook.entry.split(" ");
    expect(name).toBe("heptad");
    const hooked = spawnSync(process.execPath, [PROGRAM, ...rest, join("designs", "bad.md")], { cwd: folder });
    expect(hooked.status).toBe(1);
  });
});
