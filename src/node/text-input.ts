/** Text at the edge: files unpacked and decoded piece by piece, and scratch files for what has to be written anew before SQL can read it. */

import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { FailureError } from "../core/outcome.ts";
import type { InputFiles, TextOptions } from "../system/environment.ts";
import { cannotWrite, scratchPath } from "./scratch-files.ts";

const PIECE_BYTES = 1 << 20;

/** Reading and writing of text for `InputFiles`. Scratch files go when the process ends. */
export function createTextInput(): Pick<InputFiles, "text" | "scratch"> {
  return { text: readText, scratch: writeScratch };
}

async function* readText(path: string, { encoding, compression }: TextOptions = {}): AsyncGenerator<string> {
  const packed = compression ?? (await packedHow(path));
  const { size } = await stat(path);
  // A piece is allocated whole, also for a file of three lines. What has no size, such as a pipe, may be of any.
  const bytes = unpacked(path, packed, size === 0 ? PIECE_BYTES : Math.min(PIECE_BYTES, size + 1));
  const beginning = await beginningOf(bytes);
  const meant = encoding ?? encodingOf(beginning.first);
  const decode = await decoderFor(meant, path);
  let isFirst = true;
  let lines = 0;
  for await (const piece of beginning.all()) {
    let text: string;
    try {
      text = decode.write(piece);
    } catch {
      throw badEncoding(path, meant, lines, piece);
    }
    if (isFirst && text !== "") {
      text = text.replace(/^\uFEFF/u, "");
      isFirst = false;
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
    if (text !== "") yield text;
  }
  let rest: string;
  try {
    rest = decode.end();
  } catch {
    throw badEncoding(path, meant, lines, new Uint8Array());
  }
  if (rest !== "") yield rest;
}

type Packing = NonNullable<TextOptions["compression"]>;

/** By the first bytes of the file: its name may lie. */
async function packedHow(path: string): Promise<Packing> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(6), 0, 6, 0);
    const starts = (...bytes: number[]): boolean =>
      bytesRead >= bytes.length && bytes.every((one, at) => buffer[at] === one);
    if (starts(0x1f, 0x8b)) return "gzip";
    if (starts(0x28, 0xb5, 0x2f, 0xfd)) return "zstd";
    const other = OTHER_PACKINGS.find(({ magic }) => starts(...magic));
    if (starts(...[..."SQLite"].map((one) => one.charCodeAt(0))))
      throw new FailureError({
        code: "database-file",
        message: "this is a SQLite database, which is not read as it is",
        where: path,
        fix: "write the table as text first: `sqlite3 -header -csv FILE 'SELECT * FROM TABLE' > rows.csv`",
      });
    if (other === undefined) return "none";
    if (other.name === "zip" && /\.(?:xlsx|xlsm|ods|docx)$/iu.test(path))
      throw new FailureError({
        code: "workbook",
        message: "this is a workbook of a spreadsheet, which is not read as it is",
        where: path,
        fix: "save its sheet as CSV in the spreadsheet (CSV UTF-8), and name that file",
      });
    throw new FailureError({
      code: "packed-file",
      message: `this is a ${other.name} file, which is not read as it is`,
      where: path,
      fix: `unpack it first (\`${other.command}\`), or pack it with gzip or zstd`,
    });
  } finally {
    await file.close();
  }
}

const OTHER_PACKINGS = [
  { name: "zip", magic: [0x50, 0x4b, 0x03, 0x04], command: "unzip" },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68], command: "bunzip2" },
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a], command: "unxz" },
  { name: "7-Zip", magic: [0x37, 0x7a, 0xbc, 0xaf], command: "7z x" },
] as const;

async function* unpacked(path: string, packing: Packing, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(path, { highWaterMark: pieceBytes });
  if (packing === "none") {
    yield* raw;
    return;
  }
  try {
    if (packing === "gzip") yield* raw.pipe(createGunzip({ chunkSize: PIECE_BYTES }));
    else yield* unpackZstandard(raw);
  } catch (error) {
    throw new FailureError({
      code: "damaged-archive",
      message: `the ${packing} data is damaged or cut short (${error instanceof Error ? error.message : String(error)})`,
      where: path,
      fix: "copy or pack the file again",
    });
  } finally {
    raw.destroy();
  }
}

async function* unpackZstandard(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import("fzstd");
  const ready: Uint8Array[] = [];
  const stream = new Decompress((piece: Uint8Array) => {
    if (piece.length > 0) ready.push(piece.slice());
  });
  for await (const piece of raw) {
    stream.push(piece);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(0), true);
  yield* ready;
}

/** The first piece for a look, and all of them. */
async function beginningOf(
  bytes: AsyncGenerator<Uint8Array>,
): Promise<{ first: Uint8Array; all: () => AsyncGenerator<Uint8Array> }> {
  const first = await bytes.next();
  const piece = first.done === true ? new Uint8Array() : first.value;
  return {
    first: piece,
    async *all() {
      yield piece;
      yield* bytes;
    },
  };
}

/** A byte-order mark says it; else zero bytes in every second place do. */
function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  const length = Math.min(bytes.length, 2000) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (length >= 4 && odd > length * 0.35 && even === 0) return "utf-16le";
  if (length >= 4 && even > length * 0.35 && odd === 0) return "utf-16be";
  return "utf-8";
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

async function decoderFor(encoding: string, path: string): Promise<Decoder> {
  if (/^utf-?8$/iu.test(encoding)) {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  }
  const { default: iconv } = await import("iconv-lite");
  const shown = encoding.slice(0, 40);
  if (!iconv.encodingExists(encoding)) {
    throw new FailureError({
      code: "unknown-encoding",
      message: `\`${shown}\` is no encoding that is known`,
      where: path,
      fix: "use utf-8, utf-16, latin-1, windows-1252, shift_jis, gb18030 or another name of the IANA register",
    });
  }
  const decoder = iconv.getDecoder(encoding);
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => decoder.end() ?? "",
  };
}

/** Where the first line stands that cannot be decoded; `lines` ended before the piece. */
function badEncoding(path: string, encoding: string, lines: number, piece: Uint8Array): FailureError {
  let start = 0;
  let line = lines + 1;
  let column = 1;
  const strict = new TextDecoder("utf-8", { fatal: true });
  while (start < piece.length) {
    const feed = piece.indexOf(0x0a, start);
    const end = feed < 0 ? piece.length : feed;
    try {
      strict.decode(piece.subarray(start, end));
    } catch {
      column = new TextDecoder().decode(piece.subarray(start, end)).indexOf("\uFFFD") + 1;
      break;
    }
    start = end + 1;
    line++;
  }
  return new FailureError({
    code: "not-utf8",
    message: `the text is not ${encoding.toUpperCase()}`,
    where: `${path}, line ${line}, column ${Math.max(1, column)}`,
    fix: "say which encoding it is, for example `encoding: windows-1252` (or latin-1, utf-16) in the source",
  });
}

async function writeScratch(name: string, pieces: AsyncIterable<string>): Promise<string> {
  const path = scratchPath(name);
  try {
    await pipeline(pieces, createWriteStream(path));
  } catch (error) {
    throw error instanceof FailureError ? error : cannotWrite(path, error);
  }
  return path;
}
