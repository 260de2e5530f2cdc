/** What a run reads, holds and takes, told before it begins: rows and bytes of its files, memory and minutes by what was measured a row. */

import type { SourceMapping } from "../steps/3-data/sources/source-mapping.ts";
import { type SourceSize, sizeOfSource } from "../steps/3-data/sources/source-size.ts";
import type { SourceEnvironment } from "../steps/3-data/sources/table-types.ts";
import type { Need } from "../system/need.ts";

/** How a run grows with its rows. */
export interface RowLoad {
  /** Bytes of a row as it is kept: less cannot be held. */
  readonly least: number;
  /** Bytes a row at the widest place of the run. */
  readonly bytes: number;
  /** Microseconds of one core a row, over all steps. */
  readonly microseconds: number;
  /** What to write where the rows do not fit: what makes them fewer, and what does not. */
  readonly shorten: string;
  /** A fact that takes less of each row, where the note has not written it. */
  readonly leaner?: string;
  /** What is held whatever the rows are, for lists of members say; none where absent. */
  readonly besides?: { readonly bytes: number; readonly seconds: number };
}

/**
 * A case with its features: moment and label, an index for each entity, and a number of 8 bytes for each feature. The rest as measured once on
 * the card payments of the fraud handbook, 1.75M rows with 4 features: 0.86 GB at the most and 139 s of one core up to serving.
 */
export function scoredLoad(features: number, entities: number): RowLoad {
  const least = 9 + 4 * entities + 8 * features;
  return { least, bytes: 300 + 3 * least, microseconds: 30 + 12 * features, shorten: SHORTEN_CASES };
}

/**
 * Negatives that training leaves out are held all the same, for features and for what is judged: of the handbook's payments, 120 days of them
 * trained on, a run held 625 MB, and 588 MB with 5 % of the honest ones kept. So no run leaves any out unasked: it would fit no better, and
 * one note and one seed would give another model on a smaller machine.
 */
const SHORTEN_CASES =
  "name fewer files under `source.path`, or one of fewer rows: what `imbalance` leaves out of training is held all the same";

/** Of what nothing of a run depends on: the program itself, and a database that is open. */
const BASE_BYTES = 250e6;
/** What the smallest run of any kind takes of one core: 1.8 s at 400 rows. */
const BASE_SECONDS = 1.6;

export interface RunLoad {
  readonly source: SourceSize;
  /** About what the run holds at its widest place. */
  readonly bytes: number;
  /** Of which each row takes these. */
  readonly bytesEach: number;
  /** About what it takes of one core. */
  readonly seconds: number;
  /** What it cannot be done with less than. */
  readonly need: Need;
  /** What to write where it is more than there is. */
  readonly fix: string;
}

/** Looks at the files of a mapping. Throws a `FailureError` for files that are not there or cannot be opened. */
export async function loadOf(
  environment: SourceEnvironment,
  mapping: Pick<SourceMapping, "path" | "layout">,
  each: RowLoad,
): Promise<RunLoad> {
  const source = await sizeOfSource(environment, mapping);
  const { rows, isCounted } = source;
  const fix = `${each.shorten}; or use a machine with more memory`;
  // An estimate may be twice too high, and is no reason to refuse.
  const sure = isCounted ? rows : rows / 2;
  return {
    source,
    bytes: BASE_BYTES + (each.besides?.bytes ?? 0) + rows * each.bytes,
    bytesEach: each.bytes,
    fix: each.leaner === undefined ? fix : `${each.leaner}; or ${fix}`,
    seconds: BASE_SECONDS + (each.besides?.seconds ?? 0) + rows * each.microseconds * 1e-6,
    need: {
      part: "the data",
      bytes: sure * each.least,
      bytesSum: `${isCounted ? "" : "at least "}${Math.round(sure).toLocaleString("en-US")} rows x ${each.least} bytes`,
      operations: 0,
      operationsSum: "",
      where: "3.source",
      fix,
    },
  };
}
