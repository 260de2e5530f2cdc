/** `heptad serve`: the system that a note's run built, as a service. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { FailureError } from "../../core/outcome.ts";
import { parseQuantity } from "../../core/quantity.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { NATS_OPTIONS, NATS_RULES_WITH_IMPORT, natsIn } from "../nats-options.ts";
import { onlyWith } from "../option-rules.ts";
import { threadCount, wholeNumber } from "../options.ts";
import { createRunProgress } from "../run-progress.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "serve",
  summary: "serve the system that a design's run built",
  description:
    "Runs the design first where its results are not kept. Listens on this machine alone unless --host says otherwise. What it is told survives kill -9, in .heptad/serve/ of the project. GET /docs lists what it answers to.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "port", value: "N", description: "where to listen; 8470 where absent, 0 for any that is free" },
    { name: "host", value: "ADDRESS", description: "the address to listen on; 127.0.0.1 where absent" },
    {
      name: "token-file",
      value: "FILE",
      description: "holds the secret that callers show; needed where others reach the address",
    },
    { name: "allow-host", value: "NAME", description: "a further name under which it is called", repeatable: true },
    {
      name: "experiment",
      value: "SHARE",
      description: "run section 6's experiment on this share of the units, such as 10%; the others get the control",
    },
    {
      name: "layer",
      value: "NAME:FROM",
      description:
        "where the experiment lies among others: those of one layer that begin where another ends, such as ranking:0% and ranking:50%, have no unit in common",
    },
    { name: "data", value: "PATH", description: "data in place of what the note names" },
    {
      name: "begin",
      value: "MOMENT",
      description:
        "what it knows at first: `end` of the data (where absent), or `test`: what came before the test window",
    },
    {
      name: "anew",
      description: "begin with what the data hold: what files hold is removed, and beside --nats left as it is",
    },
    {
      name: "import",
      value: "FROM",
      description:
        "take over what it was told elsewhere: `files` beside --nats, an address of NATS without; what is there is left",
    },
    {
      name: "replay",
      description:
        "where the clock is the data's: let what is told ahead of it move it on to its own time, up to the world's, so that a log is told faster than it came",
    },
    { name: "state", value: "FOLDER", description: "where models and events are kept, in place of .heptad/serve/" },
    ...NATS_OPTIONS,
    {
      name: "rate",
      value: "N",
      description: "requests a second that one address may send, more are answered 429; no limit where absent",
    },
    {
      name: "webhook",
      value: "URL",
      description:
        "where alerts that begin and end are handed on to, as Alertmanager would; they are only said where absent",
    },
    {
      name: "shadow",
      value: "MODEL",
      description: "a model that follows unseen and is compared with the one that serves, label by label",
    },
    {
      name: "improve",
      description:
        "let the triggers of section 7 run the note anew; the new model follows in the shadow where labels can tell which is better, and a better one serves, or is said, as section 7 has it",
    },
    { name: "flush", value: "MS", description: "milliseconds between two flushes to the disk; 1000 where absent" },
    { name: "seed", value: "N", description: "seed in place of the note's" },
    { name: "threads", value: "N", description: "threads for the run; all processors where absent" },
  ],
  rules: [...NATS_RULES_WITH_IMPORT, onlyWith(["layer"], "experiment")],
  examples: [
    { line: "heptad serve designs/movie-recommendations.md", says: "on http://127.0.0.1:8470" },
    {
      line: "heptad serve designs/card-fraud.md --port 0 --begin test",
      says: "any free port, with the state of before the test days",
    },
    {
      line: "heptad serve designs/movie-recommendations.md --nats nats://127.0.0.1:4222 --port 8471",
      says: "one of several, which share what they are told through NATS JetStream",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

const USUAL_PORT = 8470;

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const begin = input.value("begin") ?? "end";
  if (begin !== "end" && begin !== "test")
    throw new FailureError({
      code: "bad-option",
      message: `--begin takes \`end\` or \`test\`, not \`${begin}\``,
      where: "--begin",
    });
  const { serveNote } = await import("../../service/serve-note.ts");
  const { reviewDesign } = await import("../../node/review-design.ts");
  const progress = createRunProgress(terminal, () => performance.now());
  let isRunning = false;
  const service = await serveNote({
    run: {
      path,
      review: reviewDesign,
      dataPath: input.value("data"),
      seed: wholeNumber(input, "seed", 0, 2 ** 53 - 1),
      threads: threadCount(input, "threads"),
      progress: progress.say,
      onStart(stage, seconds, behind) {
        if (!isRunning) terminal.note("some results of this note are not kept: it is run first");
        isRunning = true;
        progress.start(stage, seconds, behind);
      },
      onStage: progress.finish,
      onDamage: (message) => terminal.note(`${terminal.paint("yellow", "warning")} ${message}`),
    },
    host: input.value("host") ?? "127.0.0.1",
    port: wholeNumber(input, "port", 0, 65_535) ?? USUAL_PORT,
    begin,
    isAnew: input.has("anew"),
    isReplay: input.has("replay"),
    state: input.value("state"),
    nats: natsIn(input),
    takeFrom: takenFrom(input),
    ...trialIn(input.value("experiment"), input.value("layer")),
    token: tokenIn(input.value("token-file")),
    allowedHosts: input.values("allow-host"),
    callerRate: wholeNumber(input, "rate", 1, 1_000_000),
    shadow: input.value("shadow"),
    improve: improveBy(input),
    webhook: webhookIn(input.value("webhook")),
    flushEvery: wholeNumber(input, "flush", 1, 60_000) ?? 1000,
    say: (message) => terminal.note(message),
    onError: (message) => terminal.note(`${terminal.paint("red", "error")} ${message}`),
  }).finally(() => progress.close());
  // Before the address is said: whoever reads it may end the service at once.
  const told = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  terminal.out(`serving ${path} on ${service.url}`);
  terminal.out(terminal.paint("dim", `what it answers to: ${service.url}/docs`));
  await told;
  await service.close();
  terminal.note("ended; what it was told is kept");
  return EXITS.done.code;
}

function takenFrom(input: CommandInput) {
  const [written, nats, credentials] = [input.value("import"), input.value("nats"), input.value("nats-creds")];
  if (written === undefined) return undefined;
  if (nats !== undefined && written === "files") return "files";
  if (nats === undefined && written !== "files")
    return { url: written, ...(credentials === undefined ? {} : { credentials }) };
  throw new FailureError({
    code: "bad-option",
    message: nats === undefined ? "it is kept in files already" : "what is in NATS is taken over into files alone",
    where: "--import",
    fix:
      nats === undefined
        ? "name the address of NATS where it is kept, such as nats://127.0.0.1:4222; or say with --nats where it shall be"
        : "write --import files; or leave --nats out",
  });
}

function trialIn(share: string | undefined, layer: string | undefined) {
  const traffic = trafficIn(share);
  if (layer === undefined || traffic === undefined) return { traffic };
  const [name, begin = "", ...more] = layer.split(":");
  const read = parseQuantity(begin);
  const isShare = read.ok && Object.keys(read.value.dimension).length === 0 && read.value.value >= 0;
  if (name === "" || more.length > 0 || !isShare)
    throw new FailureError({
      code: "bad-option",
      message: `\`${layer}\` is no place in a layer`,
      where: "--layer",
      fix: "write its name and where the experiment begins in it, like ranking:50%",
    });
  const from = read.value.value;
  if (from + traffic > 1 + 1e-9)
    throw new FailureError({
      code: "bad-option",
      message: `from ${begin} on there are not ${share} of the units left in layer ${name}`,
      where: "--layer",
      fix: "begin earlier, or run the experiment on fewer units",
    });
  return { traffic, layer: { name, from } };
}

function trafficIn(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const read = parseQuantity(written);
  if (read.ok && Object.keys(read.value.dimension).length === 0 && read.value.value > 0 && read.value.value <= 1)
    return read.value.value;
  throw new FailureError({
    code: "bad-option",
    message: `\`${written}\` is no share above 0% and up to 100%`,
    where: "--experiment",
    fix: "write it like 10%",
  });
}

/** `heptad model add` in a process of its own: the service answers meanwhile. */
function improveBy(input: CommandInput): (() => Promise<void>) | undefined {
  if (!input.has("improve")) return undefined;
  for (const option of ["data", "nats", "seed"])
    if (input.value(option) !== undefined)
      throw new FailureError({
        code: "bad-option",
        message: `a run that a trigger starts takes the note as it is, and knows no --${option}`,
        where: "--improve",
        fix: `leave out --${option}, or add models by hand: heptad model add`,
      });
  const [path] = input.arguments;
  const state = input.value("state");
  const words = ["model", "add", path, "--threads", "1", ...(state === undefined ? [] : ["--state", state])];
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [process.argv[1], ...words], { stdio: ["ignore", "ignore", "pipe"] });
      let said = "";
      child.stderr.on("data", (text) => {
        said = (said + text).slice(-1000);
      });
      child.once("error", reject);
      child.once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`the run that a trigger started ended with ${code}: ${said.trim()}`)),
      );
    });
}

function webhookIn(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url.href;
  throw new FailureError({
    code: "bad-option",
    message: `\`${written}\` is no address of the web`,
    where: "--webhook",
    fix: "write it like https://alerts.example/hook",
  });
}

function tokenIn(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  const token = readFileSync(file, "utf8").trim();
  if (token.length >= 16) return token;
  throw new FailureError({
    code: "weak-token",
    message: "the token is shorter than 16 characters",
    where: file,
    fix: "write 32 random characters into it, such as those of `openssl rand -base64 24`",
  });
}
