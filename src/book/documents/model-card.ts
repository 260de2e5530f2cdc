/** A model card of one note: use, data, figures and limits, each line shown by a run or open. After Mitchell and others, FAT* 2019. */

import { modelName } from "../../steps/4-model/schema.ts";
import { type Block, type Book, heading, paragraph } from "../document.ts";
import { proposedBlocks } from "../first-answer.ts";
import { factText, type ReadNote, titleOf } from "../read-note.ts";
import { adviceList, provenance } from "../run-blocks.ts";
import { type EvidenceLine, evidenceTable, figuresOf, isOfSlices } from "./evidence-line.ts";

export function modelCard(read: ReadNote): Book {
  const { design, note, run } = read;
  const { clarify, frame, data, model, evaluate } = design;
  const evaluation = run?.record.evaluation;
  const served = (subject: string): boolean => subject === evaluation?.served || subject === evaluation?.chosen;
  const metric = evaluation?.metric ?? frame.success?.metric ?? "the metric that decides";
  const stated = (claim: string, value: string | undefined, open: string): EvidenceLine => ({
    claim,
    figures: [],
    stated: value ?? "",
    open,
  });
  const groups: readonly { readonly title: string; readonly lines: readonly EvidenceLine[] }[] = [
    {
      title: "The model",
      lines: [
        stated(
          "What it is",
          model.stages?.map((stage) => `${stage.name} ${modelName(stage) ?? stage.rule ?? ""}`.trim()).join(", "),
          "name the stages in step 4",
        ),
        {
          claim: "How large it is",
          figures: figuresOf(read, ({ name, slice }) => name === "model bytes" && slice === "all"),
          stated: "",
          open: "heptad run",
        },
      ],
    },
    {
      title: "Intended use",
      lines: [
        stated("What it is for", clarify.goal, "write goal in step 1"),
        stated("What it predicts", frame.predict, "write predict in step 2"),
        stated("What it is not for", undefined, "say which uses are out of scope"),
      ],
    },
    {
      title: "Data",
      lines: [
        {
          claim: "How much it was judged on",
          figures: figuresOf(read, ({ role }) => role === "size"),
          stated: data.split?.by === undefined ? "" : `split by ${data.split.by}`,
          open: "heptad run",
        },
      ],
    },
    {
      title: "Figures",
      lines: [
        {
          claim: `${metric} of what is served`,
          figures: figuresOf(
            read,
            ({ name, subject, slice, against }) =>
              name === metric && served(subject) && slice === "all" && against === undefined,
          ),
          stated: "",
          open: "heptad run",
        },
        {
          claim: "Against the baseline",
          figures: figuresOf(
            read,
            ({ name, subject, slice, against }) =>
              name === metric && served(subject) && slice === "all" && against === evaluation?.baseline,
          ),
          stated: "",
          open: "heptad run",
        },
        {
          claim: "By slice",
          figures: figuresOf(
            read,
            ({ name, subject, slice, against }) =>
              name === metric && served(subject) && isOfSlices(slice, evaluate.slices) && against === undefined,
          ),
          stated: evaluate.slices?.join(", ") ?? "",
          open: "declare slices in step 5, then heptad run",
        },
      ],
    },
    {
      title: "Ethics",
      lines: [
        stated("Who could be harmed, and how", undefined, "name groups and harms"),
        stated("Personal data", clarify.privacy === undefined ? undefined : privacyOf(read), "write privacy in step 1"),
      ],
    },
  ];
  const doubts = run?.record.summary.doubts ?? [];
  const blocks: Block[] = [
    ...proposedBlocks(read),
    ...(run === undefined ? [paragraph("Nothing has been run: every line is open.")] : [provenance(run)]),
    ...groups.flatMap(({ title, lines }) => [heading(1, title), evidenceTable(lines, read)]),
    ...(doubts.length === 0 ? [] : [heading(1, "Limits that the run names"), adviceList(doubts, null)]),
    paragraph("After Mitchell and others: Model Cards for Model Reporting, FAT* 2019."),
  ];
  const name = titleOf(design);
  return {
    title: `Model card: ${name}`,
    subtitle: note.file,
    parts: [{ id: "model-card", title: "Model card", chapters: [{ id: note.id, title: name, blocks }] }],
    sheets: [],
  };
}

const PRIVACY = ["personal", "excluded", "special", "purpose", "basis", "consent", "retention", "deletion"] as const;

/** The facts of privacy, as the note writes them. */
function privacyOf(read: ReadNote): string {
  return PRIVACY.flatMap((key) => {
    const written = factText(read, `1.privacy.${key}`).replace(/^\[(?<list>.*)\](?=$| \()/su, "$<list>");
    return written === "" ? [] : [`${key} ${written}`];
  }).join("; ");
}
