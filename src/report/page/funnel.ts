/** Step 4 of a system in stages: how many items each stage hands on, heights to scale, with what each keeps, weighs and takes. */

import { capital } from "../../core/capital.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { escapeHtml } from "../escape-html.ts";
import { figuresOf, findFigure } from "../figures.ts";
import { joined, pairOf, plain } from "../numbers.ts";
import type { Plot } from "../plot.ts";
import { plotTable } from "./plot-table.ts";
import { typeset } from "./typeset.ts";

interface Stage {
  readonly name: string;
  readonly count: number;
  readonly note: string;
  readonly memory: string;
  readonly p50: string;
  readonly p99: string;
  /** The share of what was liked that is still in. */
  readonly still: string;
}

export function funnel(run: MeasuredRun): string {
  const handed = run.context.stated.stages.filter((one) => one.keep !== null);
  const catalogue = run.figures.find(({ step, stated }) => step === 3 && stated === "items");
  if (handed.length < 2 || catalogue === undefined) return "";
  const stages = [stageOf(run, "catalogue", catalogue.value, catalogue.name)];
  // A stage that the note sizes for a larger catalogue hands on what there is.
  for (const { stage, what, keep } of handed)
    stages.push(stageOf(run, stage, Math.min(keep ?? 0, stages[stages.length - 1].count), what));
  const label = `Of ${plain(stages[0].count, "")} ${stages
    .slice(1)
    .map(({ name, count }) => `${plain(count, "")} are handed on by ${name}`)
    .join(", ")}`;
  return `<figure><figcaption>What each stage hands on, heights to scale</figcaption><div class="funnel"><div class="wide">${drawing(stages, label)}</div>${table(stages)}<div class="narrow">${plotTable(narrow(stages)).replace(/<figure><figcaption>.*?<\/figcaption>|<\/figure>/gu, "")}</div></div></figure>`;
}

function stageOf(run: MeasuredRun, name: string, count: number, note: string): Stage {
  const time = (which: string): string => {
    const value = findFigure(run, { step: 6, name: which, subject: name })?.value;
    return value === undefined ? "" : plain(value, "s");
  };
  const sizes = figuresOf(run, { step: 4, name: "model bytes", slice: "all" });
  const own = sizes.filter(({ subject }) => subject === name);
  // The first stage is made of all models that are no stage of their own.
  const stages = new Set(run.context.stated.stages.map(({ stage }) => stage));
  const parts =
    own.length > 0
      ? own
      : name === firstStage(run)
        ? sizes.filter(({ subject, role }) => !stages.has(subject) && role !== "cheat")
        : [];
  const bytes = parts.reduce((sum, { value }) => sum + value, 0);
  const recall = figuresOf(run, { step: 5, name: `recall@${count}`, slice: "all" }).find(
    ({ subject }) => subject === name,
  );
  return {
    name,
    count,
    note,
    memory: bytes > 0 ? plain(bytes, "B") : "",
    p50: time("latency p50"),
    p99: time("latency p99"),
    still: recall === undefined ? "" : joined(pairOf({ ...recall, unit: "share" })),
  };
}

function firstStage(run: MeasuredRun): string {
  return run.context.stated.stages.at(0)?.stage ?? "";
}

function drawing(stages: readonly Stage[], label: string): string {
  const [first] = stages;
  const height = (count: number): number => Math.max(2, (132 * count) / first.count);
  const shapes = stages.map(({ count }, i) => {
    const [x, own] = [i * 100, height(count)];
    const fill = ["var(--line)", "var(--model)"].at(i) ?? "var(--system)";
    const next = stages.at(i + 1);
    const after = next === undefined ? 0 : height(next.count);
    const slope =
      next === undefined
        ? ""
        : `<polygon points="${x + 56},${66 - own / 2} ${x + 100},${66 - after / 2} ${x + 100},${66 + after / 2} ${x + 56},${66 + own / 2}" fill="var(--line)" opacity=".55"/>`;
    return `${slope}<rect x="${x}" y="${66 - own / 2}" width="56" height="${own}" fill="${fill}"/>`;
  });
  return `<svg role="img" aria-label="${escapeHtml(label)}" width="100%" height="132" viewBox="0 0 ${100 * stages.length} 132" preserveAspectRatio="none">${shapes.join("")}</svg>`;
}

function table(stages: readonly Stage[]): string {
  const row = (title: string, cell: (stage: Stage) => string): string =>
    `<tr><th scope="row">${title}</th>${stages.map((stage) => `<td>${cell(stage) === "" ? '<span class="q3">—</span>' : typeset(cell(stage))}</td>`).join("")}</tr>`;
  const rows = [
    row("hands on", ({ count }) => plain(count, "")),
    row("liked items still in", ({ still }) => still),
    row("memory", ({ memory }) => memory),
    row("p50", ({ p50 }) => p50),
    row("p99", ({ p99 }) => p99),
  ].filter((one) => /<td>(?!<span class="q3">—<\/span>)/u.test(one));
  const heads = stages.map(
    ({ name, note }) => `<th scope="col"><b>${typeset(capital(name))}</b><small>${typeset(note)}</small></th>`,
  );
  return `<table class="cols"><tbody><tr class="h"><th scope="row"><span class="vh">stage</span></th>${heads.join("")}</tr>${rows.join("")}</tbody></table>`;
}

/** On a phone the same as bars. */
function narrow(stages: readonly Stage[]): Plot {
  const [{ count: most }] = stages;
  return {
    caption: "Items handed on by each stage",
    scale: "linear",
    from: 0,
    to: most,
    ticks: [0, most / 2, most].map((at) => ({ at, text: plain(at, "") })),
    lines: [],
    layout: "rows",
    rows: stages.map(({ name, count, memory, p99 }) => ({
      name: capital(name),
      small: [memory, p99 === "" ? "" : `p99 ${p99}`].filter((one) => one !== "").join(", "),
      marks: [{ form: "bar", from: 0, to: count, fill: "system", text: "" }],
      value: plain(count, ""),
    })),
  };
}
