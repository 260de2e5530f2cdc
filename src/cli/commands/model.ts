/** `heptad model`: the models that runs of a design built, and which of them serves. */

import { formatValue } from "../../core/format-figure.ts";
import { FailureError } from "../../core/outcome.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { ServiceStore } from "../../service/store/service-store.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { NATS_OPTIONS, NATS_RULES, natsIn } from "../nats-options.ts";
import { onlyFor } from "../option-rules.ts";
import { threadCount } from "../options.ts";
import { renderTable } from "../render-table.ts";
import { createRunProgress } from "../run-progress.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "model",
  summary: "list a design's models, add that of its run, promote one, or go back to the one before",
  description:
    "`heptad serve` keeps each run's model in .heptad/serve/ of the project. A running service notices a promotion or a rollback within half a second and changes over without dropping a request; where the model does not load, the old one serves on, `heptad monitor` and GET /model say so, and promoting it again has it tried again. A model whose files are not what was written is not promoted.",
  arguments: [
    {
      name: "list|add|promote|rollback",
      description: "what to do; add runs the design where that has not been done",
      actions: ["list", "add", "promote", "rollback"],
    },
    { name: "DESIGN", description: "the note" },
    { name: "MODEL", description: "promote: the model's id, or its beginning", optional: true },
  ],
  options: [
    { name: "promote", description: "add: let it serve at once" },
    { name: "threads", value: "N", description: "add: threads for the run; all processors where absent" },
    { name: "state", value: "FOLDER", description: "where the service keeps its models, in place of .heptad/serve/" },
    ...NATS_OPTIONS,
    { name: "json", description: "print what there is as JSON" },
  ],
  rules: [...NATS_RULES, onlyFor(["MODEL"], "promote"), onlyFor(["promote", "threads"], "add")],
  examples: [
    { line: "heptad model list designs/movie-recommendations.md", says: "newest first; the one that serves is marked" },
    { line: "heptad model promote designs/movie-recommendations.md 3f9a", says: "this one serves from now on" },
    {
      line: "heptad model add designs/movie-recommendations.md --promote",
      says: "the model of the changed note serves from now on",
    },
    { line: "heptad model rollback designs/movie-recommendations.md", says: "what served before serves again" },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { existsSync } = await import("node:fs");
  const { openStore } = await import("../../service/store/open-store.ts");
  const { saidElsewhere } = await import("../../service/store/kept-elsewhere.ts");
  const { serviceFolder } = await import("../../service/service-folder.ts");
  const [what, path, id] = input.arguments;
  if (!existsSync(path))
    throw new FailureError({
      code: "no-such-note",
      message: `there is no file ${path}`,
      fix: "give the path of the note that is served",
    });
  const folder = serviceFolder(path, input.value("state"));
  const address = natsIn(input);
  const store = await openStore(folder, address, { replica: "model" });
  const elsewhere = saidElsewhere(folder, address !== undefined);
  if (elsewhere !== undefined) terminal.note(elsewhere);
  try {
    return await act(
      store,
      { what, path, id, folder: folder.root, events: folder.events, isShared: address !== undefined },
      input,
      terminal,
    );
  } finally {
    await store.close();
  }
}

interface Wish {
  readonly what: string;
  readonly path: string;
  readonly id: string | undefined;
  readonly folder: string;
  /** Where a service of its own keeps its log. */
  readonly events: string;
  /** With --nats. */
  readonly isShared: boolean;
}

async function act(store: ServiceStore, wish: Wish, input: CommandInput, terminal: Terminal): Promise<number> {
  const registry = store.models;
  const { what, path, id } = wish;
  const before = registry.served.promoted.at(-2)?.id;
  switch (what) {
    case "list":
      break;
    case "add": {
      const { buildModel } = await import("../../service/build-model.ts");
      const { reviewDesign } = await import("../../node/review-design.ts");
      const progress = createRunProgress(terminal, () => performance.now());
      const request = {
        path,
        review: reviewDesign,
        threads: threadCount(input, "threads"),
        progress: progress.say,
        onStart: progress.start,
        onStage: progress.finish,
      };
      const built = await buildModel(request, registry, wish.folder).finally(() => progress.close());
      await store.claim();
      if (input.has("promote")) {
        await registry.check(built);
        await registry.promote(built);
      } else terminal.out(`added ${built}`);
      break;
    }
    case "promote":
      if (id === undefined)
        throw new FailureError({
          code: "which-model",
          message: "promote needs the id of a model",
          where: "MODEL",
          fix: `heptad model list ${shellWord(path)} shows them`,
        });
      // What does not load would leave the old one serving, and nothing to start with after a restart.
      await registry.check(id);
      await registry.promote(id);
      break;
    case "rollback":
      if (before !== undefined) await registry.check(before);
      await registry.rollback();
      break;
  }
  const { judgedBy, servedInstead } = await import("../../service/model-manifest.ts");
  const { current } = registry;
  const isAsked = what !== "add" || input.has("promote");
  const models = registry.list();
  for (const { id: broken, failure } of registry.unreadable())
    terminal.note(`model ${broken} cannot be read: ${failure.message} (${failure.where})`);
  if (input.has("json")) {
    const shown = models.map(({ note: _, stages: __, ...model }) => ({
      ...model,
      promoted: model.id === current,
      serves: model.id === (store.rememberedBy ?? current),
    }));
    const unreadable = registry.unreadable().map(({ id: broken, failure }) => ({ id: broken, ...failure }));
    terminal.out(
      JSON.stringify({ current: current ?? null, models: shown, unreadable, history: registry.served }, null, 2),
    );
  } else if (what !== "list") {
    if (current !== undefined && isAsked) terminal.out(await saidOfTaking(store, current, wish, terminal));
  } else if (models.length === 0)
    terminal.out(`no model yet: heptad serve ${shellWord(path)} keeps that of the last run`);
  else {
    const rows = models.map((model) => {
      const metric = judgedBy(model);
      return [
        stateOf(model.id, current, store.rememberedBy),
        model.id,
        model.built.slice(0, 16).replace("T", " "),
        metric === undefined ? "" : `${metric.name} of ${metric.subject} ${formatValue(metric)}`,
        formatValue({ value: model.bytes, unit: "B" }),
        model.commit?.slice(0, 10) ?? "",
      ];
    });
    for (const model of models) {
      const instead = servedInstead(model);
      if (instead !== undefined) terminal.note(`${model.id}: ${instead}`);
    }
    const header = ["", "model", "built (UTC)", "judged by", "size", "commit"];
    terminal.out(renderTable({ title: `Models of ${path}`, header, rows }, terminal).join("\n"));
  }
  return EXITS.done.code;
}

/** What serves is what a service loaded last, where that is known; what was promoted may not have been loaded. */
function stateOf(id: string, promoted: string | undefined, loaded: string | undefined): string {
  if (id === promoted) return loaded === undefined || loaded === id ? "serves" : "promoted";
  return id === loaded ? "serves" : "";
}

/** How long a running service is waited for: it looks twice a second, and loads a model in a moment to some seconds. */
const MOST_WAIT_MS = 10_000;
const LOOK_MS = 100;

/** What became of a promotion: what is not known is not said. */
async function saidOfTaking(store: ServiceStore, id: string, wish: Wish, terminal: Terminal): Promise<string> {
  const { isLogHeld } = await import("../../node/write-ahead-log.ts");
  const serves = `${id} serves`;
  if (store.rememberedBy === id) return serves;
  const later = `${id} is promoted: it serves`;
  if (wish.isShared)
    return `${later} once each running service has taken it over; \`heptad monitor\` says which serves`;
  if (!isLogHeld(wish.events)) return `${later} once \`heptad serve ${shellWord(wish.path)}\` starts`;
  const until = performance.now() + MOST_WAIT_MS;
  while (performance.now() < until && isLogHeld(wish.events)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (store.rememberedBy === id) return serves;
  }
  const loaded = store.rememberedBy;
  terminal.note(
    `no service has taken it over${loaded === undefined ? "" : `: ${loaded} serves on`}; the terminal of \`heptad serve\` and \`asked\` of GET /model say why`,
  );
  return `${id} is promoted, and does not serve yet`;
}
