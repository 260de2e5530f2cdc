/** `heptad load`: how many requests a second a note's service answers within the note's limit, beside what the note estimates. */

import { readFileSync } from "node:fs";
import { formatNumber, formatValue } from "../../core/format-figure.ts";
import { FailureError } from "../../core/outcome.ts";
import type { LoadReading } from "../../service/load/find-rate.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { wholeNumber } from "../options.ts";
import { renderTable } from "../render-table.ts";
import { createRunProgress } from "../run-progress.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "load",
  summary: "find the rate at which a served design holds its latency limit",
  description:
    "Starts a service of its own, sends it the requests of the test window by chance (Poisson) whether or not those before were answered, and finds the highest rate at which 99 of 100 are answered within the note's limit. Times count from the moment a request should have left; what is shed or fails has taken for ever. Prints estimated beside measured, stage by stage, with the reasons for the difference. The generator shares the machine with the service.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "url", value: "URL", description: "a service that runs already; it takes what is sent for what happened" },
    { name: "token-file", value: "FILE", description: "holds the secret of the service" },
    {
      name: "start",
      value: "RATE",
      description: "requests a second to begin with; 20 where absent, or the most where that is less",
    },
    { name: "most", value: "RATE", description: "the most requests a second that are tried; 20000 where absent" },
    {
      name: "seconds",
      value: "N",
      description:
        "of each stretch; 5 where absent. Longer, up to 60, where the rate gives fewer than 500 requests in that time: a 99th percentile needs them",
    },
    { name: "data", value: "PATH", description: "data in place of what the note names" },
    { name: "seed", value: "N", description: "seed in place of the note's, and of the arrivals" },
    { name: "json", description: "print the readings as JSON" },
  ],
  examples: [
    { line: "heptad load designs/movie-recommendations.md", says: "some minutes, most of them waiting for answers" },
    {
      line: "heptad load designs/card-fraud.md --start 200 --most 400",
      says: "whether that rate holds, and little more",
    },
  ],
  exits: [EXITS.done, { code: 1, means: "done, and no rate that was tried held the limit" }, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const { loadNote } = await import("../../service/load/load-note.ts");
  const { reviewDesign } = await import("../../node/review-design.ts");
  const seed = wholeNumber(input, "seed", 0, 2 ** 53 - 1);
  const file = input.value("token-file");
  const most = wholeNumber(input, "most", 1, 1_000_000) ?? USUAL_MOST;
  const start = startOf(wholeNumber(input, "start", 1, 1_000_000), most);
  const progress = createRunProgress(terminal, () => performance.now());
  const {
    design,
    found,
    compared,
    limit,
    path: asked,
    report,
  } = await loadNote({
    run: {
      ...{ path, seed, review: reviewDesign, dataPath: input.value("data"), progress: progress.say },
      onStart: progress.start,
      onStage: progress.finish,
    },
    program: [process.execPath, process.argv[1]],
    url: input.value("url"),
    token: file === undefined ? undefined : readFileSync(file, "utf8").trim(),
    start,
    most,
    seconds: wholeNumber(input, "seconds", 1, 600) ?? 5,
    seed: seed ?? 7,
    onReading(reading) {
      terminal.note(sayReading(reading));
    },
  }).finally(() => progress.close());
  if (input.has("json")) {
    terminal.out(JSON.stringify({ path: asked, limit, ...found, ...compared }, null, 2));
    return found.held === undefined ? 1 : EXITS.done.code;
  }
  const { held, broke } = found;
  const limitText = formatValue({ value: limit, unit: "s" });
  terminal.out(
    held === undefined
      ? `no rate that was tried holds p99 <= ${limitText}: at ${formatNumber(broke?.rate ?? 0)} requests/s it is ${sayTime(broke?.p99 ?? Number.NaN)}`
      : `${formatNumber(held.rate)} requests/s to ${asked} hold p99 <= ${limitText} (${sayTime(held.p99)}, ${held.sent} requests, held twice)${broke === undefined ? "; more was not tried" : `; ${formatNumber(broke.rate)} do not`}`,
  );
  terminal.out(
    renderTable(
      {
        title: `${design.front.title}: estimated beside measured`,
        header: ["", "note", "run, one at a time", "under load"],
        rows: compared.rows.map(({ what, note, run: ofRun, load }) => [what, note, ofRun, load]),
      },
      terminal,
    ).join("\n"),
  );
  terminal.out("");
  for (const reason of compared.reasons) terminal.out(`   - ${reason}`);
  terminal.out("");
  const { pathFromHere } = await import("../../node/project-path.ts");
  terminal.out(`report  ${terminal.paint("dim", pathFromHere(report))}, step 6`);
  return held === undefined ? 1 : EXITS.done.code;
}

const USUAL_START = 20;
const USUAL_MOST = 20_000;

/** Throws a `FailureError` for one that is more than is to be tried. */
function startOf(asked: number | undefined, most: number): number {
  if (asked === undefined) return Math.min(USUAL_START, most);
  if (asked <= most) return asked;
  throw new FailureError({
    code: "bad-option",
    message: `--start ${asked} is more than the most that is to be tried, ${most} requests a second`,
    where: "--start",
    fix: `give ${most} or less, or a --most of ${asked} or more`,
  });
}

function sayReading({ rate, sent, shed, failed, degraded, p50, p99 }: LoadReading): string {
  const counts = [
    [shed, "shed"],
    [failed, "failed"],
    [degraded, "degraded"],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `${formatNumber(rate)}/s: p50 ${sayTime(p50)}, p99 ${sayTime(p99)} of ${sent}${counts.length === 0 ? "" : `, ${counts.join(", ")}`}`;
}

function sayTime(seconds: number): string {
  return Number.isFinite(seconds) ? formatValue({ value: seconds, unit: "s" }) : "without end";
}
