/** Labels in a state of their own: each an event at the moment from which training would have used it, taken once a request may see it. */

import type { FeaturePlan } from "../../3-data/features/feature-plan.ts";
import type { ByteReader, ByteWriter } from "./byte-stream.ts";
import { DueQueue } from "./due-queue.ts";
import { createFeatureState } from "./feature-state.ts";
import type { StateEvent, StateRequest } from "./state-event.ts";
import type { Vocabulary } from "./state-layout.ts";

export interface LabelArrivals {
  /** Values that `read` gives. */
  readonly count: number;
  /** Takes what became known of an event at `known`; it is used from the later of that and the event's time plus the delay. */
  tell(event: StateEvent, known: number): void;
  /** Fills `values` with what a request may see. */
  read(request: StateRequest, values: Float64Array): void;
  save(writer: ByteWriter): void;
  load(reader: ByteReader): void;
}

/** How much later than the newest a label may be told, in seconds. */
const LATENESS = 3 * 3600;

/** `plans` are of one statistic each, all with this delay. In the order of use, so that none is put between earlier ones: that costs a list's length. */
export function openLabelArrivals(plans: readonly FeaturePlan[], vocabulary: Vocabulary, delay: number): LabelArrivals {
  const state = createFeatureState(plans, vocabulary, { lateness: LATENESS, jump: Number.POSITIVE_INFINITY });
  const entities = [...vocabulary.entities.keys()];
  const measures = [...vocabulary.measures.keys()];
  let due = new DueQueue<StateEvent>();
  return {
    count: plans.length,
    tell(event, known) {
      const moment = Math.max(event.time, known - delay);
      due.add(moment, { ...event, time: moment });
    },
    read(request, values) {
      for (let next = due.take(request.time - delay); next !== undefined; next = due.take(request.time - delay))
        state.apply(next.item);
      state.read(request, values);
    },
    save(writer) {
      const saved = state.save();
      writer.number(saved.length);
      writer.bytes(saved);
      writer.number(due.size);
      for (const { item } of due) {
        writer.number(item.time);
        for (const name of entities) writer.number(Number(item.keys[name] ?? -1));
        for (const name of measures) writer.number(item.measures[name] ?? Number.NaN);
      }
    },
    load(reader) {
      state.restore(reader.bytes(reader.number()));
      due = new DueQueue<StateEvent>();
      for (let left = reader.number(); left > 0; left--) {
        const time = reader.number();
        const keys = Object.fromEntries(entities.map((name) => [name, reader.number()]));
        const told = measures.map((name) => [name, reader.number()] as const);
        due.add(time, { time, keys, measures: Object.fromEntries(told.filter(([, value]) => !Number.isNaN(value))) });
      }
    },
  };
}
