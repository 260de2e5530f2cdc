/** A design document of one note: what is asked, built, measured and not settled, each claim shown or refuted by a run, or open. */

import { modelName } from "../../steps/4-model/schema.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { type Block, type Book, type Cell, heading, paragraph, tableOf, text } from "../document.ts";
import { proposedBlocks } from "../first-answer.ts";
import { factText, type ReadNote, titleOf } from "../read-note.ts";
import { answerBlocks } from "../run-blocks.ts";
import { type EvidenceLine, evidenceTable, figuresOf, isOfSlices, type RunFigure } from "./evidence-line.ts";

export function designDocument(read: ReadNote): Book {
  const { design, note, run } = read;
  const sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[] = [
    { title: "What is asked for", blocks: claims(requirementLines(read), read) },
    { title: "What is predicted, and from what", blocks: claims(dataLines(read), read) },
    { title: "What is built", blocks: claims(modelLines(read), read) },
    { title: "How it is released and watched", blocks: claims(releaseLines(read), read) },
    { title: "What was weighed and not chosen", blocks: alternatives(read) },
    { title: "Milestones", blocks: milestones(read) },
    { title: "Risks", blocks: risks(read) },
    { title: "Open questions", blocks: openQuestions(read) },
  ];
  const blocks: Block[] = [
    ...proposedBlocks(read),
    ...(run === undefined ? [paragraph("Nothing has been run: every line is open.")] : answerBlocks(run)),
    ...sections.flatMap(({ title, blocks: own }) => [heading(1, title), ...own]),
  ];
  const name = titleOf(design);
  return {
    title: `Design document: ${name}`,
    subtitle: note.file,
    parts: [{ id: "design-document", title: "Design document", chapters: [{ id: note.id, title: name, blocks }] }],
    sheets: [],
  };
}

function claims(lines: readonly EvidenceLine[], read: ReadNote): Block[] {
  return [evidenceTable(lines, read)];
}

function stated(claim: string, value: string | undefined, open: string): EvidenceLine {
  return { claim, figures: [], stated: value ?? "", open };
}

/** A claim that the ledger of the run has judged: shown where it says that it holds, refuted where it says that it does not. */
function judged(
  read: ReadNote,
  claim: string,
  { question, note, isMeant }: { question: RegExp; note: string; isMeant: (figure: RunFigure) => boolean },
): EvidenceLine {
  const row = rowOf(read, question);
  const isSettled = row?.state === "ok" || row?.state === "bad";
  return {
    claim,
    figures: isSettled ? figuresOf(read, isMeant) : [],
    isRefuted: row?.state === "bad",
    stated: row === undefined || isSettled ? note : "",
    open:
      row === undefined
        ? "no run has judged it"
        : `the run does not settle it: ${[row.verdict, note === "" ? "" : `the note says ${note}`].filter((one) => one !== "").join("; ")}`,
  };
}

/** None where the note has changed since the run: a verdict on another design is none. */
function rowOf({ run }: ReadNote, question: RegExp): LedgerRow | undefined {
  return run?.isCurrent === true ? run.record.summary.ledger.find((row) => question.test(row.question)) : undefined;
}

function requirementLines(read: ReadNote): EvidenceLine[] {
  const { clarify } = read.design;
  const peak = factText(read, "1.requests.peak");
  const p99 = factText(read, "1.latency.p99");
  const limits = [p99 === "" ? "" : `p99 ${p99}`, peak === "" ? "" : `peak ${peak}`].filter((one) => one !== "");
  return [
    stated("What it is for", clarify.goal, "write goal in step 1"),
    judged(read, "It is fast enough", {
      question: /^fast enough/iu,
      note: limits.join(", "),
      isMeant: ({ name, slice }) => name === "latency p99" && slice === "all",
    }),
    stated("It is there when it is asked", factText(read, "1.availability"), "write availability in step 1"),
    stated("It stays within its budget", factText(read, "1.budget"), "write budget in step 1; the bill closes it"),
  ];
}

function dataLines(read: ReadNote): EvidenceLine[] {
  const { frame, data } = read.design;
  return [
    stated("What it predicts", frame.predict, "write predict in step 2"),
    {
      claim: "How much it was judged on",
      figures: figuresOf(read, ({ role }) => role === "size"),
      stated: data.split?.by === undefined ? "" : `split by ${data.split.by}`,
      open: "no run has measured it",
    },
  ];
}

function modelLines(read: ReadNote): EvidenceLine[] {
  const { frame, model, evaluate } = read.design;
  const evaluation = read.run?.record.evaluation;
  const metric = evaluation?.metric ?? frame.success?.metric ?? "the metric that decides";
  const isServed = ({ name, subject, slice }: RunFigure): boolean =>
    name === metric && slice === "all" && (subject === evaluation?.served || subject === evaluation?.chosen);
  const wanted = [frame.success?.metric, frame.success?.value?.text].filter((one) => one !== undefined).join(" ");
  return [
    stated(
      "Its stages",
      model.stages?.map((stage) => `${stage.name} ${modelName(stage) ?? stage.rule ?? ""}`.trim()).join(", "),
      "name the stages in step 4",
    ),
    {
      claim: `What it reaches in ${metric}`,
      figures: figuresOf(read, (figure) => isServed(figure) && figure.against === undefined),
      stated: wanted === "" ? "" : `success is ${wanted}`,
      open: "no run has measured it",
    },
    judged(read, "It is better than the baseline", {
      question: /^better than the baseline/iu,
      note: "",
      isMeant: (figure) => isServed(figure) && figure.against === evaluation?.baseline,
    }),
    {
      claim: "How it does by slice",
      figures: figuresOf(
        read,
        ({ name, subject, slice, against }) =>
          name === metric &&
          isOfSlices(slice, evaluate.slices) &&
          against === undefined &&
          (subject === evaluation?.served || subject === evaluation?.chosen),
      ),
      stated: evaluate.slices?.join(", ") ?? "",
      open: "declare slices in step 5, then heptad run",
    },
  ];
}

function releaseLines(read: ReadNote): EvidenceLine[] {
  const { deploy } = read.design;
  const back = [deploy.rollback?.kind, deploy.rollback?.time?.text].filter((one) => one !== undefined).join(", ");
  return [
    stated("How it comes to everybody", rolloutText(read), "write rollout in step 6"),
    stated("How it goes back", back, "write rollback in step 6, and practise it"),
    ...alertLines(read),
  ];
}

/** The steps of the rollout in a line. */
function rolloutText({ design }: ReadNote): string {
  const { steps = [], bake } = design.deploy.rollout ?? {};
  const shares = steps.map((step) => (typeof step === "string" ? step : step.text)).join(", ");
  return bake === undefined ? shares : `${shares}; each watched for ${bake.text}`;
}

/** Each alert of the note was held against what the run measured; an alert without an answer is open. */
function alertLines({ run }: ReadNote): EvidenceLine[] {
  if (run?.isCurrent !== true) return [];
  return run.record.alerts
    .filter(({ step }) => step === 7)
    .map(({ metric, condition, measured, unit, verdict, interval, n, owner, doubt }) => ({
      claim: `${metric} ${condition}`,
      figures:
        measured === null || (verdict !== "quiet" && verdict !== "fires")
          ? []
          : [
              {
                step: 7 as const,
                name: metric,
                subject: "the run",
                slice: "all",
                value: measured,
                unit,
                interval,
                n,
                note: "",
              },
            ],
      isRefuted: verdict === "fires",
      word: verdict,
      stated: [owner === "" ? "" : `answered for by ${owner}`, doubt ?? ""].filter((one) => one !== "").join("; "),
      open: "the run has not measured it",
    }));
}

function rowsOr(header: readonly string[], rows: readonly (readonly (string | undefined)[])[], none: string): Block[] {
  if (rows.length === 0) return [paragraph(none)];
  const cells = rows.map((row): Cell[] => row.map((value) => (value === undefined ? [] : [text(value)])));
  return [
    {
      ...tableOf(
        header.map((name) => [text(name)]),
        cells,
      ),
      right: header.map(() => false),
    },
  ];
}

function alternatives({ design }: ReadNote): Block[] {
  const rows = (design.model.alternatives ?? []).map((one) => [one.option, one.why, one["instead-of"], one.revisit]);
  return rowsOr(
    ["option", "why not", "in its place", "weighed again when"],
    rows,
    "The note weighs nothing else: write alternatives in step 4.",
  );
}

function milestones({ design }: ReadNote): Block[] {
  const rows = (design.deploy.milestones ?? []).map((one) => [
    one.name,
    one["done-when"],
    one.by ?? one.after?.text,
    one.owner,
  ]);
  return rowsOr(["reached", "done when", "by", "who"], rows, "The note has none: write milestones in step 6.");
}

function risks({ design }: ReadNote): Block[] {
  const rows = (design.monitor.risks ?? []).map((one) => [
    one.risk,
    [one.likelihood, one.impact].map((part) => part ?? "not said").join(" / "),
    [one.sign, one.action].filter((part) => part !== undefined).join("; "),
    [one.owner, one.status ?? "open"].filter((part) => part !== undefined).join(", "),
  ]);
  return rowsOr(
    ["risk", "likely / harm", "sign and answer", "who, state"],
    rows,
    "The note names none: write risks in step 7.",
  );
}

function openQuestions({ design }: ReadNote): Block[] {
  const open = (design.clarify.questions ?? []).filter(
    ({ answer }) => answer === undefined || String(answer).trim() === "",
  );
  return rowsOr(
    ["topic", "question", "steps it changes"],
    open.map((one) => [one.topic, one.ask, one.changes?.join(", ")]),
    "Every question of the note has an answer.",
  );
}
