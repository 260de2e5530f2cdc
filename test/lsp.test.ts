import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CodeActionRequest,
  CompletionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { temporaryFolder } from "./temporary-folder.ts";

const URI = "file:///designs/feed.md";
const lines = [
  "---",
  "heptad: 1",
  "title: Feed",
  "system: feed",
  "---",
  "",
  "## 1. Clarify",
  "",
  "```yaml",
  "latency: { p99: 100 ms }",
  "```",
  "",
  "## 3. Data",
  "",
  "```yaml",
  "sources: [{ name: clicks, kind: events, time: ts }]",
  "split: { by: random }",
  "",
  "```",
];

let server: ChildProcess;
let connection: ProtocolConnection;
const published: PublishDiagnosticsParams[] = [];
let wake: () => void = () => {};

/** The diagnostics of a version, as soon as the server has sent them. */
async function diagnosticsOf(version: number): Promise<PublishDiagnosticsParams> {
  for (;;) {
    const found = published.find((one) => one.version === version);
    if (found !== undefined) return found;
    await new Promise<void>((done) => {
      wake = done;
    });
  }
}

/** Replaces a line in the editor. */
async function edit(version: number, line: number, text: string): Promise<PublishDiagnosticsParams> {
  const range = { start: { line, character: 0 }, end: { line, character: lines[line].length } };
  lines[line] = text;
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri: URI, version },
    contentChanges: [{ range, text }],
  });
  return diagnosticsOf(version);
}

beforeAll(async () => {
  server = spawn(process.execPath, [resolve("bin/heptad.js"), "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (server.stdout === null || server.stdin === null) throw new Error("the server has no streams");
  connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    wake();
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: URI, languageId: "markdown", version: 1, text: lines.join("\n") },
  });
});

afterAll(() => {
  connection.dispose();
  server.kill();
});

describe("an editing session over the protocol", () => {
  it("marks findings when a note is opened, with the cause beside them", async () => {
    const { diagnostics } = await diagnosticsOf(1);
    const leak = diagnostics.find(({ code }) => code === "HP301");
    expect(leak).toMatchObject({
      source: "heptad",
      severity: 1,
      range: { start: { line: 16, character: 13 }, end: { line: 16, character: 19 } },
    });
    expect(leak?.relatedInformation?.[0].location.range.start.line).toBe(15);
  });

  it("offers the mend, which takes the finding away", async () => {
    const range = { start: { line: 16, character: 14 }, end: { line: 16, character: 14 } };
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: URI },
      range,
      context: { diagnostics: [] },
    });
    const edits = (actions ?? []).flatMap((action) => ("edit" in action ? (action.edit?.changes?.[URI] ?? []) : []));
    expect(edits).toEqual([
      { range: { start: { line: 16, character: 13 }, end: { line: 16, character: 19 } }, newText: "time" },
    ]);
    const offeredAt = async (start: number, end: number) =>
      (
        (await connection.sendRequest(CodeActionRequest.type, {
          textDocument: { uri: URI },
          range: { start: { line: start, character: 0 }, end: { line: end, character: 0 } },
          context: { diagnostics: [] },
        })) ?? []
      ).length;
    expect(await offeredAt(0, 18)).toBe(1);
    expect(await offeredAt(15, 16)).toBe(0);
    expect(await offeredAt(17, 18)).toBe(0);
    const { diagnostics } = await edit(2, 16, "split: { by: time }");
    expect(diagnostics.map(({ code }) => code)).not.toContain("HP301");
  });

  it("completes keys of the map that the cursor stands in, with what belongs there", async () => {
    await edit(3, 17, "features: [{ name: a, ");
    const items = await connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: URI },
      position: { line: 17, character: 22 },
    });
    const list = Array.isArray(items) ? items : (items?.items ?? []);
    const window = list.find(({ label }) => label === "window");
    expect(window).toMatchObject({ insertText: "window: " });
    expect(window?.detail).toContain("duration");
    expect(list.map(({ label }) => label)).not.toContain("split");
  });

  it("completes the names of a closed set and the units of a quantity", async () => {
    await edit(4, 17, "split: { by: ");
    const names = await connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: URI },
      position: { line: 17, character: 13 },
    });
    expect((Array.isArray(names) ? names : []).map(({ label }) => label)).toEqual(
      expect.arrayContaining(["time", "rolling", "group"]),
    );
    await edit(5, 17, "fetch: 15 ");
    const units = await connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: URI },
      position: { line: 17, character: 10 },
    });
    const labels = (Array.isArray(units) ? units : []).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["ms", "s", "d"]));
    expect(labels).not.toContain("GB");
  });

  it("explains the key under the pointer, and the rule that marks it", async () => {
    await edit(6, 17, "");
    const key = await connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: URI },
      position: { line: 9, character: 12 },
    });
    expect(JSON.stringify(key?.contents)).toContain("99% of the requests are faster");
    await edit(7, 16, "split: { by: random }");
    const rule = await connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: URI },
      position: { line: 16, character: 15 },
    });
    expect(JSON.stringify(rule?.contents)).toContain("HP301 random-split-on-temporal-data");
  });

  it("reports errors of form while a line is half written, and recovers", async () => {
    const broken = await edit(8, 16, "split: { by: tim }");
    expect(broken.diagnostics.some(({ message }) => JSON.stringify(message).includes("did you mean `time`"))).toBe(
      true,
    );
    const mended = await edit(9, 16, "split: { by: time }");
    expect(mended.diagnostics.some(({ code }) => code === "HP012")).toBe(false);
  });

  it("reads a plain note by its headings, as the command line does, and leaves other texts alone", async () => {
    const plain = [
      "# Feed",
      "",
      "## Requirements",
      "",
      "## Data",
      "",
      "## Model",
      "",
      "## Deployment",
      "",
      "Some words.",
    ];
    const open = async (uri: string, version: number, text: string) => {
      const textDocument = { uri, languageId: "markdown", version, text };
      await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      return (await diagnosticsOf(version)).diagnostics.map(({ code }) => code);
    };
    expect(await open("file:///designs/plain.md", 101, plain.join("\n"))).toContain("HP030");
    const hover = await connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: "file:///designs/plain.md" },
      position: { line: 0, character: 3 },
    });
    expect(JSON.stringify(hover?.contents)).toContain("HP030 step-missing-in-prose");
    expect(await open("file:///README.md", 102, "# A recipe\n\nFlour and water.\n")).toEqual([]);
  });

  it("ends when it is told to", async () => {
    const exited = new Promise<number | null>((done) => server.once("exit", done));
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    expect(await exited).toBe(0);
  });
});

describe("a project's settings", () => {
  it("reach the editor: a rule that is off, everywhere or for a path, is silent there too", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "heptad.yaml"),
      "review:\n  rules: { HP323: off, HP322: advice }\n  paths: [{ match: 'old/**', rules: { HP322: off } }]\n",
    );
    const own = spawn(process.execPath, [resolve("bin/heptad.js"), "lsp", "--stdio"], {
      cwd: folder,
      stdio: ["pipe", "pipe", "inherit"],
    });
    if (own.stdout === null || own.stdin === null) throw new Error("the server has no streams");
    const session = createProtocolConnection(new StreamMessageReader(own.stdout), new StreamMessageWriter(own.stdin));
    session.listen();
    await session.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} });
    const text = "---\nheptad: 1\ntitle: Feed\nsystem: feed\n---\n\n## 3. Data\n";
    const severities = async (uri: string) => {
      const told = new Promise<PublishDiagnosticsParams>((done) => {
        session.onNotification(PublishDiagnosticsNotification.type, done);
      });
      const textDocument = { uri, languageId: "markdown", version: 1, text };
      await session.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
      const { diagnostics } = await told;
      return ["HP322", "HP323"].map((code) => diagnostics.find((one) => one.code === code)?.severity);
    };
    expect(await severities(URI)).toEqual([3, undefined]);
    expect(await severities(pathToFileURL(join(folder, "designs", "feed.md")).href)).toEqual([3, undefined]);
    expect(await severities(pathToFileURL(join(folder, "old", "feed.md")).href)).toEqual([undefined, undefined]);
    expect(await severities("untitled:Untitled-1")).toEqual([3, undefined]);
    session.dispose();
    own.kill();
  });
});
