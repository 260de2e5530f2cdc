/** What a run may touch of the outside world. Everything comes in through here, so a stage runs in a test, a page or a worker alike. */

import type { Table } from "../core/table.ts";
import type { KernelPool } from "../kernels/pool.ts";
import type { Machine } from "./need.ts";

/** What is known of a query's answer. */
export interface QueryOptions {
  /** Its rows, or a few more: columns are made as long at once, where growing them would take twice the memory. */
  readonly rows?: number;
}

/** SQL over files and registered tables (DuckDB at the edge). Results are columns; timestamps arrive as seconds since 1970 (float64). */
export interface Sql {
  /** Runs one statement. `parameters` fill `$1`, `$2`, …; paths and texts go there, never into the SQL text. */
  query(
    sql: string,
    parameters?: readonly (string | number | boolean | null)[],
    options?: QueryOptions,
  ): Promise<Table>;
  /** Makes a table visible to SQL under `name` until the run ends. Replaces one of the same name. */
  register(name: string, table: Table): Promise<void>;
  /** Gives the memory that dropped tables took back to the machine, which columns beside the database may want. Absent where nothing holds it. */
  release?(): Promise<void>;
}

/** How a text is packed and encoded; found out from its first bytes where absent. */
export interface TextOptions {
  /** UTF-8 where no byte-order mark says otherwise. Any name of the IANA register. */
  readonly encoding?: string;
  readonly compression?: "none" | "gzip" | "zstd";
}

/** A file or folder of input data as the edge sees it. */
export interface InputFiles {
  /** Names of the files in a folder (one level), or undefined when it is not a folder. */
  list(path: string): Promise<readonly string[] | undefined>;
  exists(path: string): Promise<boolean>;
  /** The first `bytes` bytes of a file. */
  head(path: string, bytes: number): Promise<Uint8Array>;
  size(path: string): Promise<number>;
  /** The text of a file piece by piece, unpacked and decoded; a byte-order mark is left out. Throws a `FailureError` with line and column for bytes that are not of the encoding. */
  text(path: string, options?: TextOptions): AsyncIterable<string>;
  /** Writes a scratch file for SQL to read and gives its path; it goes when the process ends. */
  scratch(name: string, pieces: AsyncIterable<string>): Promise<string>;
  /** SHA-256 over names, sizes and contents of a file, or of the named files of a folder. */
  fingerprint(paths: readonly string[]): Promise<string>;
}

/** Room on disk for what is larger than the memory it may take; it goes when the process ends. */
export interface Scratch {
  /** An empty file. Throws a `FailureError` where none can be made. */
  open(name: string): Promise<ScratchFile>;
}

/** Bytes that are written from beginning to end and read from anywhere. */
export interface ScratchFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Fills `into` with the bytes from `at` on. Throws where the file holds fewer. */
  read(at: number, into: Uint8Array): Promise<void>;
  /** What was removed may be removed again. */
  remove(): Promise<void>;
}

/** A picture as it was decoded: `pixels` has size x size places of three bytes, row after row. */
export type DecodedPicture =
  | {
      readonly ok: true;
      readonly pixels: Uint8Array;
      /** What had to be done beyond resizing: `turned by its EXIF mark`, `transparency laid on white`. */
      readonly repairs: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** Pictures at the edge: files decoded to raw bytes of one size. */
export interface PictureReader {
  /** The file's picture, stretched to size x size. Refuses what is broken, and by its header what is too large to unpack. */
  decode(path: string, size: number): Promise<DecodedPicture>;
  /** The same of bytes that a stranger sent: of the formats that photos come in, and of at most 25 megapixels. */
  decodeBytes(bytes: Uint8Array, size: number): Promise<DecodedPicture>;
  /** All bytes of a file, unpacked where it is gzip. Throws a `FailureError`. */
  bytes(path: string): Promise<Uint8Array>;
  /** Raw bytes of three channels as a JPEG. */
  jpeg(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array>;
  /** The same in a data URL, for a page. */
  dataUrl(pixels: Uint8Array, width: number, height: number): Promise<string>;
}

/** What an ONNX model takes or gives; a dimension that is a word may have any size. */
export interface OnnxPort {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A model that is loaded, on one thread. */
export interface OnnxSession {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** All outputs by name. The input's length must be the product of `shape`. */
  run(input: Float32Array, shape: readonly number[]): Promise<Readonly<Record<string, Float32Array>>>;
  close(): Promise<void>;
}

/** Runs models of the open format. */
export interface OnnxRuntime {
  /** Throws a `FailureError` for bytes that are no model, or one that the runtime cannot run. */
  open(model: Uint8Array): Promise<OnnxSession>;
}

/** A statement for an engine, and what it is for: said where it fails. */
export interface EngineStatement {
  readonly sql: string;
  readonly says: string;
}

/** An engine of SQL elsewhere, for what is too much for this machine. */
export interface SqlEngine {
  /** As people call it. */
  readonly name: string;
  readonly dialect: "spark";
  /** Hands a table over and gives the path at which the engine reads it as Parquet. */
  share(name: string, table: Table): Promise<string>;
  /** Runs the statements in order, then the query, whose columns are numbers. Throws a `FailureError` that says which one failed, and how far it was. */
  answer(statements: readonly EngineStatement[], query: string, progress: Progress): Promise<Table>;
}

/** How far a stage is: shown live, never stored. `done` and `total` in units of the stage's own. */
export type Progress = (message: string, done?: number, total?: number) => void;

/** Monotonic time in seconds, for measuring latency; never for results that must repeat. */
export interface Stopwatch {
  now(): number;
  /** Seconds for which this process has had a processor; left out where nobody counts them. */
  worked?(): number;
}

export interface Environment {
  readonly sql: Sql;
  readonly files: InputFiles;
  /** Undefined where there is no disk: what would be written there is held in memory. */
  readonly scratch?: Scratch;
  /** Threads for kernels; undefined runs everything in place with the same results. */
  readonly pool: KernelPool | undefined;
  /** Undefined where pictures cannot be decoded (a page in a browser, most tests). */
  readonly pictures?: PictureReader;
  /** Undefined where no runtime is at hand: what needs one says so and is left out. */
  readonly onnx?: OnnxRuntime;
  /** Undefined where everything is computed here. */
  readonly engine?: SqlEngine;
  readonly progress: Progress;
  readonly stopwatch: Stopwatch;
  /** What there is to run on; what it cannot hold is refused. Undefined where nobody knows (a page, most tests). */
  readonly machine?: Machine;
  /** SHA-256 of a text, in hexadecimal. */
  digest(text: string): Promise<string>;
  /** Largest memory the process has held so far, in bytes. */
  peakMemory(): number;
}
