/** An estimate in the terminal: each sheet with its derivation, what was assumed, what is missing, which limits break. */

import { formatQuantity } from "../core/format-quantity.ts";
import { renderDerivation } from "../estimate/expression/render-derivation.ts";
import { factToWrite } from "../estimate/fact-to-write.ts";
import type { FilledSheet } from "../estimate/sheet.ts";
import { type DesignEstimate, type DesignSimulation, proposedBehind } from "../note/estimate-design.ts";
import type { Design } from "../steps/design.ts";
import type { Terminal } from "./terminal.ts";

type Painter = Pick<Terminal, "paint" | "width">;

export function renderEstimate(
  design: Design,
  estimate: DesignEstimate,
  simulation: DesignSimulation | undefined,
  terminal: Painter,
): string {
  const groups = groupByTitle(estimate.sheets);
  const lines = [terminal.paint("bold", design.front.title)];
  for (const [title, sheets] of groups) {
    lines.push("", `${terminal.paint("dim", `step ${sheets[0].step}`)} ${terminal.paint("bold", title)}`);
    for (const sheet of sheets.filter((one) => !one.isAlternative)) {
      lines.push(...renderSheet(sheet, proposedBehind(sheet, estimate), terminal));
    }
    lines.push(
      ...renderAlternatives(
        sheets.filter((one) => one.isAlternative),
        terminal,
      ),
    );
    if (title === "waiting at the peak" && simulation !== undefined)
      lines.push(...renderSimulation(simulation, terminal));
  }
  lines.push(...renderSummary(estimate, terminal));
  return lines.join("\n");
}

function groupByTitle(sheets: readonly FilledSheet[]): ReadonlyMap<string, readonly FilledSheet[]> {
  const groups = new Map<string, FilledSheet[]>();
  for (const sheet of sheets) groups.set(sheet.title, [...(groups.get(sheet.title) ?? []), sheet]);
  return groups;
}

function renderSheet(sheet: FilledSheet, proposed: readonly string[], terminal: Painter): string[] {
  const { subject, lines, shows, missing, failure, assumptions, limits, dominant } = sheet;
  const shown = lines.filter(({ name }) => shows.length === 0 || (name !== undefined && shows.includes(name)));
  const result = subject === "" ? [] : [`  ${terminal.paint("cyan", subject)}`];
  if (shown.length > 0) result.push(indent(renderDerivation(shown, Math.max(60, Math.min(terminal.width, 130) - 4))));
  for (const { input, text, why } of assumptions) {
    result.push(terminal.paint("dim", `    assumed: ${input.split(":")[0]} ${text} (${why})`));
  }
  for (const fact of sheet.answer === undefined ? [] : proposed)
    result.push(terminal.paint("yellow", `    proposed: ${fact}, not accepted yet`));
  for (const { key, example } of missing)
    result.push(`    ${terminal.paint("yellow", "missing:")} ${toWrite(key, example)}`);
  if (failure !== undefined) result.push(`    ${terminal.paint("red", "broken:")} ${plainFailure(sheet)}`);
  const broken = limits.filter((limit) => limit.isBroken);
  for (const limit of broken) result.push(`    ${terminal.paint("red", "broken:")} ${limit.broken}`);
  const held = limits.find((limit) => !limit.isBroken);
  if (held !== undefined) result.push(`    ${terminal.paint("green", "holds:")} ${held.holds}`);
  if (dominant !== undefined) result.push(`    ${terminal.paint("magenta", "largest:")} ${dominant}`);
  return result;
}

/** Without the name of the formula, which the heading says. */
export function plainFailure({ failure }: FilledSheet): string {
  return failure?.message.replace(/^[a-z0-9-]+: /u, "") ?? "";
}

/** What was not chosen, in one line. */
function renderAlternatives(sheets: readonly FilledSheet[], terminal: Painter): string[] {
  const answers = sheets.flatMap(({ subject, answer }) => {
    if (answer === undefined) return [];
    return [`${subject.split(": ").at(-1)} ${formatQuantity(answer.value, answer.dimension)}`];
  });
  return answers.length === 0 ? [] : [terminal.paint("dim", `  otherwise: ${answers.join(", ")}`)];
}

function renderSimulation(
  { p50, p99, p999, model, budget, limit, requests }: DesignSimulation,
  terminal: Painter,
): string[] {
  const time = (seconds: number): string => formatQuantity(seconds, "duration");
  const verdict =
    limit === undefined
      ? []
      : [
          p99 <= limit
            ? `    ${terminal.paint("green", "holds:")} the simulated p99 stays below ${time(limit)}`
            : `    ${terminal.paint("red", "broken:")} the simulated p99 exceeds ${time(limit)}`,
        ];
  return [
    `  ${terminal.paint("cyan", "simulated")} ${terminal.paint("dim", `${formatQuantity(requests, {})} requests, ${model}`)}`,
    `    p50 ${time(p50)}, p99 ${time(p99)}, p99.9 ${time(p999)}; the budgets add up to ${time(budget)}`,
    ...verdict,
  ];
}

function renderSummary({ sheets, missing, broken, failed }: DesignEstimate, terminal: Painter): string[] {
  const lines: string[] = [""];
  const troubles = [...broken.map((limit) => limit.broken), ...failed.map(plainFailure)];
  for (const trouble of troubles) lines.push(`${terminal.paint("red", "broken:")} ${trouble}`);
  for (const { key, example, about } of missing) {
    lines.push(`${terminal.paint("yellow", "missing:")} ${about}; ${toWrite(key, example)}`);
  }
  if (lines.length === 1)
    lines.push(
      sheets.some(({ limits }) => limits.length > 0)
        ? terminal.paint("green", "every limit of the note holds")
        : terminal.paint("yellow", "no limit can be checked yet"),
    );
  return lines;
}

function indent(text: string): string {
  return text.replaceAll(/^/gmu, "    ");
}

function toWrite(key: string, example: string): string {
  const { fact, section } = factToWrite(key, example);
  return `write \`${fact}\`${section === undefined ? "" : ` in section ${section}`}`;
}
