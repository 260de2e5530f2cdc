import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type AttendingProcess, attend, isAttended } from "./attended-work.ts";
import { COMMANDS } from "./commands.gen.ts";

const folder = temporaryFolder();

/** Attends a program of its own; `heard` is called once it says that it works. */
async function attended(program: string, heard: (signal: (name: NodeJS.Signals) => void) => void) {
  const path = join(folder, "work.mjs");
  const begun = join(folder, "begun");
  writeFileSync(path, `import { writeFileSync } from "node:fs";\n${program}`);
  const listeners = new Map<string, () => void>();
  const said: string[] = [];
  const exits: number[] = [];
  const self: AttendingProcess = {
    execPath: process.execPath,
    execArgv: [],
    argv: [process.execPath, path],
    env: { ...process.env, BEGUN: begun },
    stderr: { isTTY: false, write: (text) => said.push(text) },
    on: (signal, listener) => listeners.set(signal, listener),
    off: (signal) => listeners.delete(signal),
    exit: (code) => exits.push(code),
  };
  const code = attend({ args: ["run", "a note.md"], stopped: "stages are kept" }, self);
  const { existsSync, rmSync } = await import("node:fs");
  await expect.poll(() => existsSync(begun), { timeout: 20_000 }).toBe(true);
  rmSync(begun);
  heard((name) => listeners.get(name)?.());
  return { code: await code, said: said.join(""), exits, listening: listeners.size };
}

const BEGIN = `writeFileSync(process.env.BEGUN, "");`;
const DEAF = `${BEGIN} for (;;);`;

describe("work that hears nothing", () => {
  it("ends at once where it is stopped, and what is kept is said in one line", async () => {
    const done = await attended(DEAF, (signal) => signal("SIGINT"));
    expect(done).toEqual({ code: 130, said: "stopped: stages are kept\n", exits: [], listening: 0 });
  });

  it("ends where it is asked to by its number too", async () => {
    expect(await attended(DEAF, (signal) => signal("SIGTERM"))).toMatchObject({ code: 143 });
  });

  it("is not waited for where it is stopped twice", async () => {
    const stubborn = `process.on("SIGINT", () => undefined); setInterval(() => undefined, 1000); ${BEGIN}`;
    const done = await attended(stubborn, (signal) => {
      signal("SIGINT");
      signal("SIGINT");
    });
    expect(done.exits).toEqual([130]);
  });

  it("gives its own exit code, says nothing then, and is given what was typed", async () => {
    const program = `${BEGIN} process.exit(process.argv[3] === "a note.md" && process.env.HEPTAD_ATTENDED ? 7 : 1);`;
    expect(await attended(program, () => undefined)).toMatchObject({ code: 7, said: "" });
  });

  it("is said to be ended from outside where nobody asked for it", async () => {
    const done = await attended(`${BEGIN} process.kill(process.pid, "SIGKILL");`, () => undefined);
    expect(done.code).toBe(137);
    expect(done.said).toMatch(/^ended from outside \(SIGKILL; .*\): stages are kept\n$/u);
  });

  it("is told that it is attended, and what it starts itself is not", () => {
    const env = { HEPTAD_ATTENDED: "1" };
    expect([isAttended(env), isAttended(env)]).toEqual([true, false]);
  });
});

it("says of every command that works for long what is kept, and the line that goes on", async () => {
  const said: Record<string, string> = {};
  for (const { load } of COMMANDS) {
    const command = await load();
    const input = { arguments: ["a"], has: () => false, value: () => undefined, values: () => [] };
    const stopped = command.stopped?.(input, "heptad AGAIN");
    if (stopped === undefined) continue;
    said[command.name] = stopped;
    expect(stopped).toMatch(/; `heptad AGAIN` (?:goes on from there|begins again)$/u);
    expect(command.exits.map(({ code }) => code)).toContain(130);
  }
  expect(Object.keys(said).sort()).toEqual(["book", "experiment", "reproduce", "run", "sweep", "tune"]);
});
