/** The model that serves: another takes over, follows in the shadow, or is promoted from outside, while requests go on. */

import { FailureError } from "../core/outcome.ts";
import type { Json } from "../system/stage.ts";
import type { Admission } from "./admission.ts";
import type { OpenedSystem } from "./build-model.ts";
import { now } from "./create-service.ts";
import type { DurableSystem } from "./durable-system.ts";
import { saidWhileServing } from "./other-features.ts";
import type { ModelWish } from "./plain-routes.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import type { ServiceMetrics } from "./service-metrics.ts";
import { openShadow, type Shadow } from "./shadow.ts";
import { noteName } from "./state-owner.ts";
import type { ServiceStore } from "./store/service-store.ts";
import { warmUp } from "./warm-up.ts";

export interface ServingModel {
  readonly current: string;
  /** What `/model` says of it. */
  readonly shown: ReturnType<typeof shownOf> & { readonly asked: Json };
  /** The challenger that follows, or followed last. */
  readonly shadow: Shadow | undefined;
  /** Lets a model follow in the shadow. */
  follow(given: string): Promise<string>;
  /** Gives the model that serves then. */
  change(wish: ModelWish, why?: string): Promise<string>;
  /** Takes what was promoted from outside; one that does not load is said once. */
  look(): Promise<void>;
}

/** A model that was promoted and does not load. */
export interface AskedModel {
  readonly id: string;
  readonly problem: string;
}

export interface ServingModelParts {
  readonly options: ServeNoteOptions;
  readonly store: ServiceStore;
  readonly durable: DurableSystem;
  readonly admission: Admission;
  readonly metrics: ServiceMetrics;
  load(id: string): Promise<OpenedSystem>;
  /** Told of each that has taken over. */
  onTaken(next: OpenedSystem): void;
}

/** `first` serves already. */
export function openServingModel(first: string, parts: ServingModelParts): ServingModel {
  const { options, store, durable, admission, metrics, load } = parts;
  const { run, say } = options;
  const registry = store.models;
  let current = first;
  const note = noteName(run.path);
  let shown = shownOf(store, note, current);
  let shadow: Shadow | undefined;
  /** The promotion that was tried in vain: the same model is tried again once it is asked for again. */
  let refused: string | undefined;
  let asked: AskedModel | undefined;

  /** Loading holds the process up; whoever asks meanwhile waits for it rather than being sent away. */
  const whileLoading = async (work: () => Promise<void>): Promise<void> => {
    admission.excuse(Number.POSITIVE_INFINITY);
    try {
      await work();
    } finally {
      admission.excuse(now());
    }
  };
  const takeOver = async (id: string): Promise<void> => {
    await whileLoading(async () => {
      const next = await load(id);
      const before = durable.system;
      try {
        durable.swap(next.system, id);
      } catch (error) {
        const serves = registry.list().find((one) => one.id === current);
        throw saidWhileServing(error, options, { serves, next: registry.find(id) });
      }
      await warmUp(next.system);
      shadow?.end(`model ${id} serves now`);
      await before.close?.();
      parts.onTaken(next);
    });
    current = id;
    store.remembersBy(id);
    shown = shownOf(store, note, id);
    asked = undefined;
    metrics.model(id);
    say(`model ${id} serves`);
  };
  const follow = async (given: string): Promise<string> => {
    const { id } = registry.find(given);
    const refuse = (message: string, fix: string): never => {
      throw new FailureError({ code: "no-shadow", message, where: id, fix });
    };
    if (id === current) refuse(`model ${id} serves: it cannot follow itself`, "name another model");
    if (options.nats !== undefined)
      refuse(
        "with --nats each service sees its own share of the requests alone",
        "let it follow a service with a store of its own",
      );
    if (durable.system.disownAnswers === undefined)
      refuse(
        "no label tells how good an answer of this system was that nobody saw: there is nothing to compare by",
        "show it to some and compare what they do: --experiment",
      );
    await whileLoading(async () => {
      const { system: challenger } = await load(id);
      shadow?.end(`model ${id} follows in its place`);
      const onEnd = (reason: string): void => say(`model ${id} follows no more: ${reason}`);
      shadow = openShadow({ id, challenger, champion: durable.system, later: setImmediate, onEnd });
    });
    say(`model ${id} follows in the shadow`);
    return id;
  };
  return {
    get current() {
      return current;
    },
    get shown() {
      return { ...shown, asked: asked === undefined ? null : { ...asked } };
    },
    get shadow() {
      return shadow;
    },
    follow,
    async change(wish, why) {
      if ("shadow" in wish) return await follow(wish.shadow);
      if ("promote" in wish) {
        const { id } = registry.find(wish.promote);
        // First loaded, then written down: a model that does not load is never what serves after a restart.
        if (id !== current) await takeOver(id);
        await registry.promote(id, why);
      } else {
        const before = registry.served.promoted.at(-2)?.id;
        if (before !== undefined) await takeOver(before);
        await registry.rollback();
      }
      return current;
    },
    async look() {
      const promotion = registry.served.promoted.at(-1);
      const wanted = promotion?.id;
      if (wanted === undefined || wanted === current) {
        if (asked !== undefined) metrics.model(current);
        asked = undefined;
        refused = undefined;
        return;
      }
      const when = `${wanted} ${promotion?.asked ?? promotion?.at}`;
      if (when === refused) return;
      try {
        await takeOver(wanted);
        refused = undefined;
      } catch (error) {
        refused = when;
        const why = error instanceof FailureError ? saidWhole(error) : String(error);
        asked = { id: wanted, problem: why };
        metrics.model(current, wanted);
        options.onError(
          `model ${wanted} does not load, ${current} serves on: ${why}; once that is mended, promote it again, and it is tried again`,
        );
      }
    },
  };
}

function shownOf({ models }: ServiceStore, note: string, id: string) {
  const { kind, title, built, version, commit, data, metrics, bytes } = models.find(id);
  return { id, note, kind, title, built, version, commit, data, metrics, bytes };
}

function saidWhole({ failure: { message, fix } }: FailureError): string {
  return fix === undefined ? message : `${message}: ${fix}`;
}
