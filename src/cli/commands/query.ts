/** `heptad query`: what looks like a photo, in the catalogue that a design's run searched. */

import { FailureError } from "../../core/outcome.ts";
import type { PhotoAnswer } from "../../kinds/kind.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { threadCount, wholeNumber } from "../options.ts";
import { createRunProgress } from "../run-progress.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "query",
  summary: "ask a design's run for what looks like a photo",
  description:
    "Of a search by photo. The design is run first where its results are not kept. The photo is decoded, resized, scaled and embedded as the photos of the run were, and compared with every one of them. A distance is 1 less the cosine of two vectors: 0 for the same picture.",
  arguments: [{ name: "DESIGN", description: "the note" }],
  options: [
    { name: "photo", value: "FILE", description: "the photo that asks" },
    { name: "top", value: "N", description: "how many neighbours to show; 10 where absent" },
    { name: "data", value: "PATH", description: "data in place of what the note names, as for the run" },
    { name: "seed", value: "N", description: "seed in place of the note's" },
    { name: "threads", value: "N", description: "threads for the run; all processors where absent" },
    { name: "json", description: "print the neighbours as JSON" },
  ],
  examples: [
    { line: "heptad query designs/visual-search.md --photo shirt.jpg", says: "its ten nearest neighbours" },
    {
      line: "heptad query designs/visual-search.md --data photos --photo shirt.jpg --top 3",
      says: "in your own photos",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

const USUAL = 10;

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const [path] = input.arguments;
  const photo = input.value("photo");
  if (photo === undefined || photo === "")
    throw new FailureError({
      code: "no-photo",
      message: "it is not said which photo asks",
      where: "--photo",
      fix: "name a file: `--photo shirt.jpg`",
    });
  const { queryPhoto } = await import("../../node/query-photo.ts");
  const progress = createRunProgress(terminal, () => performance.now());
  let isRunning = false;
  const answer = await queryPhoto(
    {
      path,
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
    photo,
    wholeNumber(input, "top", 1, 1000) ?? USUAL,
  ).finally(() => progress.close());
  for (const repair of answer.repairs) terminal.note(`${photo}: ${repair}`);
  if (input.has("json")) {
    const { neighbours, searched, repairs } = answer;
    terminal.out(JSON.stringify({ photo, searched, repairs, neighbours }, null, 2));
  } else for (const line of table(answer)) terminal.out(line);
  return EXITS.done.code;
}

function table({ neighbours, searched }: PhotoAnswer): string[] {
  const width = Math.max(5, ...neighbours.map(({ label }) => label.length));
  return [
    `the nearest of ${searched.toLocaleString("en-US")} photos`,
    `  distance  ${"class".padEnd(width)}  photo`,
    ...neighbours.map(
      ({ distance, label, name }) => `  ${distance.toFixed(4).padStart(8)}  ${label.padEnd(width)}  ${name}`,
    ),
  ];
}
