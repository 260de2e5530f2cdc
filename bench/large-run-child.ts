/** Runs a note of a large log from its file to its report, in a process of its own on two threads, and says what each stage took; started by `large-run.bench.ts`. */

import { runDesign } from "../src/node/run-design.ts";
import { processorSeconds } from "../src/node/run-environment.ts";
import type { LargeStage } from "./large-run-points.ts";

const [, , note] = process.argv;
let worked = processorSeconds();
const { record } = await runDesign({
  path: note,
  threads: 2,
  onStage: ({ stage, seconds, peakBytes }) => {
    const before = worked;
    worked = processorSeconds();
    const said: LargeStage = { stage: stage.name, wall: seconds, cpu: worked - before, peak: peakBytes / 2 ** 30 };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  },
});
const shown = record.figures.filter(({ name }) =>
  /^(?:events|members|titles|test requests|ndcg@10|recall@100)$/u.test(name),
);
for (const { subject, name, value, interval, n } of shown)
  process.stdout.write(`${JSON.stringify({ figure: { subject, name, value, interval, n } })}\n`);
process.exit(0);
