/** `heptad studio`: the whole of Heptad in one local web page. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { failureOf } from "../../core/failure-of.ts";
import { plural } from "../../core/plural.ts";
import type { Command } from "../command.ts";
import { EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import { wholeNumber } from "../options.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "studio",
  summary: "the whole of Heptad in one page of your browser: write, estimate, run, practise",
  description:
    "Serves this project at 127.0.0.1 only and opens its page. The address holds a token: whoever does not have it is not let in. Everything stays in the project: notes, runs and history; it works without a network. Ctrl-C ends it; what was typed is kept.",
  arguments: [],
  options: [
    { name: "port", value: "N", description: "the port; the one it had last, or a free one, where it is left out" },
    { name: "no-open", description: "print the address and open no browser" },
    {
      name: "export",
      value: "DIR",
      description: "write designs, their newest reports and the library as files that need no server, and end",
    },
  ],
  rules: [notWith(["port", "no-open"], "export")],
  examples: [
    { line: "heptad studio", says: "open the page of this project" },
    { line: "heptad studio --export site", says: "files for a pull request or a static host" },
    { line: "heptad studio --no-open --port 7070", says: "at a known port, for a browser of your choice" },
  ],
  exits: [EXITS.done, EXITS.failed],
  async run(input, terminal) {
    const port = wholeNumber(input, "port", 1, 65_535) ?? 0;
    const { projectRoot } = await import("../../node/project-folder.ts");
    const { openStudio } = await import("../../service/studio/server.ts");
    const root = projectRoot(join(process.cwd(), "note.md"));
    const out = input.value("export");
    if (out !== undefined) return write(root, out, terminal);
    setFlagsFromString(LEAN);
    const studio = await openStudio({ root, port, failureOf });
    // Before the address is said: whoever reads it may end the studio at once.
    const told = new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    terminal.out(studio.url);
    terminal.note("Ctrl-C ends it");
    if (!input.has("no-open") && terminal.interactive) openBrowser(studio.url);
    await told;
    await studio.close();
    return EXITS.done.code;
  },
};

/**
 * A server that stays up all day beside the work: rubbish is cleared when it is two fifths of what is used, not several times as much.
 * Reviewing 500 notes held 300 MiB otherwise, four fifths of it rubbish. V8 reads it whenever it has cleared.
 */
const LEAN = "--heap-growing-percent=40";

async function write(root: string, out: string, terminal: Terminal): Promise<number> {
  const { exportStudio } = await import("../../service/studio/export-studio.ts");
  const { designs, reports, entries } = await exportStudio({ root, now: () => new Date() }, out);
  terminal.out(
    `${join(out, "index.html")}: ${plural(designs, "design")}, ${plural(reports, "report")}, ${entries} pages of the library`,
  );
  return EXITS.done.code;
}

/** Where there is no browser, the address that was printed is enough. */
function openBrowser(url: string): void {
  const [program, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler", url]
        : ["xdg-open", url];
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.once("error", () => undefined);
  child.unref();
}
