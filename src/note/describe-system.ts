/** The system that a note describes, from its facts and estimates, as a picture draws it. */

import { formatQuantity } from "../core/format-quantity.ts";
import type { FilledSheet } from "../estimate/sheet.ts";
import { latencyLimitOf } from "../steps/1-clarify/latency-limit.ts";
import { answeringOf } from "../steps/4-model/answering-stage.ts";
import { type FunnelStage, funnelOf } from "../steps/4-model/funnel.ts";
import { modelName } from "../steps/4-model/schema.ts";
import type { Design } from "../steps/design.ts";
import type { DrawnEdge, DrawnNode, DrawnRow, SystemDrawing } from "../system/system-drawing.ts";
import type { DesignEstimate } from "./estimate-design.ts";

/** Undefined where the note names no stages: there is nothing to draw yet. */
export function describeSystem(design: Design, estimate: DesignEstimate): SystemDrawing | undefined {
  const all = funnelOf(design);
  const stages = servedOf(design, all);
  if (stages.length === 0) return undefined;
  const peak = lineOf(estimate, "traffic", "peak");
  const beside = comparedWith(all.filter((stage) => !stages.includes(stage)));
  const served = stages
    .map((stage) => nodeOf(stage, estimate))
    .map((node) => ({ ...node, rows: [...node.rows, ...beside] }));
  const nodes = [asker(design), ...served];
  const edges = [
    edgeFrom(peak === undefined ? [] : [formatQuantity(peak, RATE)], cacheOf(design)),
    ...stages.slice(0, -1).map((stage) => between(stage, peak)),
  ];
  const own = new Set(all.map(({ facts }) => facts.name));
  const broken = estimate.sheets
    .filter(({ isAlternative, subject, sheet }) => !isAlternative && !(sheet === "stage-work" && own.has(subject)))
    .flatMap(({ limits }) => limits.filter(({ isBroken }) => isBroken).map((limit) => limit.broken));
  return { title: design.front.title, nodes, edges, broken };
}

/** Systems whose stages are classifiers that are held against each other: the first boosted trees of the note answer requests, the others none. */
const OF_CONTENDERS: readonly string[] = ["binary-classification", "fraud-detection"];

/** The stages that a request goes through. Where one hands on something, the note means a path, whatever its system. */
function servedOf({ front }: Design, stages: readonly FunnelStage[]): readonly FunnelStage[] {
  const handsOn = stages.some(({ facts }) => facts.in !== undefined || facts.keep !== undefined);
  if (handsOn || !OF_CONTENDERS.includes(front.system)) return stages;
  const served = answeringOf(stages, ({ facts }) => modelName(facts));
  return served === undefined ? stages : [served];
}

/** So many contenders are named in the box of the one that answers; of more their number stands there. */
const NAMED = 3;

/** What the note lists beside the stage that answers: judged in a run, and asked by no request. */
function comparedWith(contenders: readonly FunnelStage[]): readonly DrawnRow[] {
  const label = "compared with";
  if (contenders.length > NAMED) return [row(label, `${contenders.length} others`)];
  return contenders.map(({ facts }) => row(label, facts.name));
}

const RATE = { second: -1 };

function asker(design: Design): DrawnNode {
  const limit = latencyLimitOf(design);
  const network = design.deploy.serving?.budget?.network;
  const rows: DrawnRow[] = [
    ...(limit === undefined ? [] : [row(`limit ${limit.name}`, limit.text)]),
    ...(network === undefined ? [] : [row("network", network.text)]),
  ];
  return { name: "request", what: "", rows, isBroken: false };
}

function nodeOf({ facts, kind, in: received, latency }: FunnelStage, estimate: DesignEstimate): DrawnNode {
  const work = sheetOf(estimate, "stage-work", facts.name);
  const takes = work?.lines.find(({ name }) => name === "work");
  const isBroken = work?.limits.some((limit) => limit.isBroken) ?? false;
  const memory = estimate.sheets.filter(
    ({ sheet, subject, isAlternative, answer }) =>
      (sheet === "index-memory" || sheet === "embeddings") &&
      !isAlternative &&
      answer !== undefined &&
      (subject === facts.name || subject.startsWith(`${facts.name}:`)),
  );
  const model = modelName(facts) ?? facts.rule;
  const index = facts.index?.type;
  return {
    name: facts.name,
    what: [model ?? kind, index].filter((one) => one !== undefined).join(", "),
    rows: [
      ...(received === undefined ? [] : [row("reads", formatQuantity(received, "count"))]),
      // What a stage holds is told apart: users' vectors are not items'.
      ...memory.map(({ subject, answer }) =>
        row(
          subject.split(": ").at(1) ?? "memory",
          answer === undefined ? "" : formatQuantity(answer.value, answer.dimension),
        ),
      ),
      ...(latency === undefined ? [] : [row("allowed", formatQuantity(latency, "duration"))]),
      ...(takes === undefined ? [] : [{ ...row("takes", formatQuantity(takes.value, "duration")), isBroken }]),
    ],
    isBroken,
  };
}

function between({ out }: FunnelStage, peak: number | undefined): DrawnEdge {
  if (out === undefined) return { lines: [] };
  const rate = peak === undefined ? [] : [formatQuantity(out * peak, RATE)];
  return edgeFrom([`${formatQuantity(out, "count")} items`], rate);
}

function edgeFrom(first: readonly string[], second: readonly string[]): DrawnEdge {
  return { lines: [...first, ...second] };
}

function cacheOf({ deploy }: Design): readonly string[] {
  const ttl = deploy.serving?.cache?.ttl;
  return ttl === undefined ? [] : [`cache ${ttl.text}`];
}

function row(name: string, value: string): DrawnRow {
  return { name, value, isBroken: false };
}

/** The one that was chosen; its subject may say more than the stage's name. */
function sheetOf({ sheets }: DesignEstimate, sheet: string, stage: string): FilledSheet | undefined {
  const own = sheets.filter((one) => one.sheet === sheet && !one.isAlternative && one.answer !== undefined);
  return own.find(({ subject }) => subject === stage) ?? own.find(({ subject }) => subject.startsWith(`${stage}:`));
}

function lineOf({ sheets }: DesignEstimate, sheet: string, line: string): number | undefined {
  return sheets.find((one) => one.sheet === sheet)?.lines.find(({ name }) => name === line)?.value;
}
