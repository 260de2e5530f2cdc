/** `heptad monitor`: how a served design is doing, and its alerts as rules for Prometheus. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatNumber, formatValue } from "../../core/format-figure.ts";
import { FailureError } from "../../core/outcome.ts";
import { makeFolder } from "../../node/make-folder.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
import { wholeNumber } from "../options.ts";
import { renderTable } from "../render-table.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "monitor",
  summary: "show how a served design is doing, or write its alerts as Prometheus rules",
  description:
    "Reads the metrics of the running service every two seconds. --write puts a rules file, its unit tests (for `promtool test rules`) and a Grafana dashboard into a folder, of this note's service alone: its metrics have the note's file name as the label `note`; alerts that no metric of the service can ring are named with the reason.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "url", value: "URL", description: "where the service is; http://127.0.0.1:8470 where absent" },
    { name: "token-file", value: "FILE", description: "holds the secret of the service" },
    { name: "once", description: "look once, and end" },
    {
      name: "write",
      value: "FOLDER",
      description: "write heptad.rules.yml, heptad.rules.test.yml and heptad.dashboard.json, and end",
    },
    { name: "every", value: "SECONDS", description: "between two looks; 2 where absent" },
  ],
  rules: [notWith(["url", "token-file", "once", "every"], "write")],
  examples: [
    { line: "heptad monitor designs/movie-recommendations.md --write ops", says: "rules, their tests and a dashboard" },
    { line: "heptad monitor designs/movie-recommendations.md", says: "live, while `heptad serve` runs beside it" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { readDesign } = await import("../../node/run-design.ts");
  const [path] = input.arguments;
  const design = readDesign(path);
  const folder = input.value("write");
  const { alertRulesOf } = await import("../../service/alert-rules.ts");
  if (folder !== undefined) {
    const { writeFileAtomically } = await import("../../node/atomic-write.ts");
    const { grafanaDashboard } = await import("../../service/dashboard.ts");
    const { rulesFile, rulesTests } = await import("../../service/rules-file.ts");
    const { noteName } = await import("../../service/state-owner.ts");
    const made = alertRulesOf(design, noteName(path));
    makeFolder(folder);
    writeFileAtomically(join(folder, "heptad.rules.yml"), rulesFile(made));
    writeFileAtomically(join(folder, "heptad.rules.test.yml"), rulesTests(made, "heptad.rules.yml"));
    writeFileAtomically(join(folder, "heptad.dashboard.json"), grafanaDashboard(design, made));
    terminal.out(`wrote ${made.rules.length} rules, their tests and a dashboard to ${folder}`);
    for (const { path: at, metric, why } of made.left) terminal.out(`no rule for ${metric} (${at}): ${why}`);
    return EXITS.done.code;
  }
  const { readFileSync } = await import("node:fs");
  const { quantileOf, readMetrics, total } = await import("../../service/read-metrics.ts");
  const url = input.value("url") ?? "http://127.0.0.1:8470";
  const file = input.value("token-file");
  const headers: Record<string, string> =
    file === undefined ? {} : { authorization: `Bearer ${readFileSync(file, "utf8").trim()}` };
  const pause = 1000 * (wholeNumber(input, "every", 1, 3600) ?? 2);
  const look = async () => readMetrics(await fetchText(`${url}/metrics`, headers));
  let before = await look();
  await refuseOtherService(url, await fetchText(`${url}/model`, headers), path);
  const limit = design.clarify.latency?.p99?.value;
  do {
    await sleep(pause);
    const now = await look();
    const rate = (name: string, fits?: (labels: Readonly<Record<string, string>>) => boolean): number =>
      (1000 * (total(now, name, fits) - total(before, name, fits))) / pause;
    const seconds = (value: number): string =>
      Number.isFinite(value) ? `<= ${formatValue({ value, unit: "s" })}` : Number.isNaN(value) ? "none" : "> 2.5 s";
    const stages = [
      ...new Set(now.flatMap(({ name, labels }) => (name === "heptad_stage_seconds_count" ? [labels.stage] : []))),
    ];
    const named = (of: string): string[] =>
      now.flatMap(({ name, labels, value }) => (name === of && value > 0 ? [labels.id] : []));
    const rows = [
      ...named("heptad_model").map((id) => ["model", `${id} serves`, ""]),
      ...named("heptad_model_asked").map((id) => ["promoted", `${id} does not load`, ""]),
      ["requests", `${formatNumber(rate("heptad_requests_total"))}/s`, ""],
      ["failed", `${formatNumber(rate("heptad_requests_total", ({ status }) => status.startsWith("5")))}/s`, ""],
      ["shed", `${formatNumber(rate("heptad_shed_total"))}/s`, ""],
      ["degraded", `${formatNumber(rate("heptad_degraded_total"))}/s`, ""],
      [
        "latency p99",
        seconds(quantileOf(now, "heptad_request_seconds", 0.99, undefined, before)),
        limit === undefined ? "" : formatValue({ value: limit, unit: "s" }),
      ],
      ...stages.map((stage) => [
        `  ${stage} p99`,
        seconds(quantileOf(now, "heptad_stage_seconds", 0.99, (labels) => labels.stage === stage, before)),
        budgetOf(design.deploy.serving?.budget?.[stage]?.value),
      ]),
      ["CPU", `${formatNumber(rate("heptad_cpu_seconds_total"))} cores`, ""],
      ["memory", formatValue({ value: total(now, "heptad_memory_bytes"), unit: "B" }), ""],
      ...now.flatMap(({ name, labels, value }) =>
        name === "heptad_drift_psi" ? [[`psi of ${labels.of}`, formatNumber(value), ""]] : [],
      ),
      ...now.flatMap(({ name, labels, value }) =>
        name === "heptad_exposures" ? [[`shown ${labels.arm}`, `${value} units`, ""]] : [],
      ),
      ...(total(now, "heptad_sample_ratio_alarm") > 0 ? [["sample ratio", "not as planned", ""]] : []),
      ...(total(now, "heptad_experiment_stopped") > 0 ? [["experiment", "stopped", ""]] : []),
    ];
    if (terminal.interactive && !input.has("once")) terminal.clearProgress();
    terminal.out(
      renderTable({ title: `${design.front.title} at ${url}`, header: ["", "now", "limit"], rows }, terminal).join(
        "\n",
      ),
    );
    before = now;
  } while (!input.has("once"));
  return EXITS.done.code;
}

/** Throws a `FailureError` where the service says that it is another note's. */
async function refuseOtherService(url: string, model: string, path: string): Promise<void> {
  const { z } = await import("zod");
  const { isOther, ownerOf, sayOwner } = await import("../../service/state-owner.ts");
  const served = z.object({ note: z.string(), kind: z.string() }).safeParse(jsonOf(model)).data;
  if (served === undefined || !isOther(served, ownerOf(path))) return;
  throw new FailureError({
    code: "other-service",
    message: `${url} serves the note ${sayOwner(served)}, and this one is ${sayOwner(ownerOf(path))}`,
    where: "--url",
    fix: "name the address of this note's service, or the note that is served there",
  });
}

/** Undefined for what is none: the answer of something else at that address. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function budgetOf(seconds: number | undefined): string {
  return seconds === undefined ? "" : formatValue({ value: seconds, unit: "s" });
}

async function fetchText(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers }).catch(() => undefined);
  if (answer?.ok === true) return answer.text();
  throw new FailureError({
    code: "no-service",
    message: answer === undefined ? `nothing answers at ${url}` : `${url} answers ${answer.status}`,
    where: "--url",
    fix:
      answer?.status === 401
        ? "name the file with the token: --token-file"
        : "start it with `heptad serve`, or name its address with --url",
  });
}
