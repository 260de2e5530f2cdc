/** Pictures at the edge: decoded, turned and resized once by sharp; what is broken or would unpack into gigabytes is refused with the reason. */

import { readFile, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { Sharp } from "sharp";
import { FailureError } from "../core/outcome.ts";
import type { DecodedPicture, PictureReader } from "../system/environment.ts";

/** Places of the largest picture that is unpacked: 100 megapixels are 300 MB of raw bytes. */
const MOST_PLACES = 100_000_000;
/** The same of a picture that a stranger sent. */
const MOST_SENT = 25_000_000;
/** Bytes of the largest file that is opened at all. */
const MOST_BYTES = 256 * 1024 * 1024;
const JPEG_QUALITY = 72;

/** sharp is loaded when the first picture is: most commands never need it. */
export function createPictureReader(): PictureReader {
  let loaded: Promise<typeof import("sharp")> | undefined;
  const sharp = async () => {
    loaded ??= import("sharp");
    return (await loaded).default;
  };
  const jpeg = async (pixels: Uint8Array, width: number, height: number): Promise<Buffer> => {
    const make = await sharp();
    return await make(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer();
  };
  /** The one way from a picture to what a network reads: of files in training, of what is sent in serving. */
  const read = async (from: string | Uint8Array, size: number, mostPlaces: number): Promise<DecodedPicture> => {
    try {
      const make = await sharp();
      const picture = make(from, { limitInputPixels: mostPlaces, failOn: "warning" });
      const about = await picture.metadata();
      const isClear = about.hasAlpha === true && (await hasClearPlace(make(from, { limitInputPixels: mostPlaces })));
      const repairs = repairsOf({ ...about, isClear }, typeof from === "string" ? from : "");
      const pixels = await picture
        .rotate()
        .flatten({ background: "#ffffff" })
        .toColourspace("srgb")
        .resize(size, size, { fit: "fill" })
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true });
      return { ok: true, pixels: threeChannels(pixels.data, pixels.info.channels), repairs };
    } catch (error) {
      return { ok: false, reason: reasonOf(error, mostPlaces) };
    }
  };
  return {
    async decode(path, size): Promise<DecodedPicture> {
      const refused = await refuse(path);
      return refused === undefined ? await read(path, size, MOST_PLACES) : { ok: false, reason: refused };
    },
    async decodeBytes(bytes, size): Promise<DecodedPicture> {
      // By its first bytes: a drawing or a document would be handed to readers that photos never need.
      if (!isPhoto(bytes)) return { ok: false, reason: "it is no JPEG, PNG, WebP, GIF or TIFF" };
      return await read(bytes, size, MOST_SENT);
    },
    async bytes(path) {
      try {
        const packed = await readFile(path);
        return packed[0] === 0x1f && packed[1] === 0x8b ? new Uint8Array(gunzipSync(packed)) : new Uint8Array(packed);
      } catch (error) {
        throw new FailureError({
          code: "unreadable-file",
          message: `${path} cannot be read: ${reasonOf(error)}`,
          where: path,
          fix: "check the path, and whether the file was copied whole",
        });
      }
    },
    jpeg,
    async dataUrl(pixels, width, height) {
      const bytes = await jpeg(pixels, width, height);
      return `data:image/jpeg;base64,${bytes.toString("base64")}`;
    },
  };
}

/** Why a file is not opened; undefined where it may be. */
async function refuse(path: string): Promise<string | undefined> {
  const about = await stat(path).catch(() => undefined);
  if (about === undefined) return "there is no such file";
  if (!about.isFile()) return "it is no ordinary file";
  if (about.size === 0) return "the file is empty";
  if (about.size > MOST_BYTES) return `the file is larger than ${MOST_BYTES / 1024 / 1024} MiB`;
  return undefined;
}

/** Whether any place of a picture with an alpha channel is not opaque. */
async function hasClearPlace(picture: Sharp): Promise<boolean> {
  const alpha = await picture.extractChannel("alpha").raw({ depth: "uchar" }).toBuffer();
  return alpha.some((value) => value < 255);
}

interface Metadata {
  readonly format?: string;
  readonly space?: string;
  readonly depth?: string;
  /** Whether something shines through: a channel for it says only that it could. */
  readonly isClear: boolean;
  readonly orientation?: number;
  readonly pages?: number;
}

function repairsOf({ format, space, depth, isClear, orientation, pages }: Metadata, path: string): string[] {
  const ending = /\.(?<ending>[a-z0-9]+)$/iu.exec(path)?.groups?.ending.toLowerCase() ?? "";
  const told = ENDINGS[ending];
  return [
    ...(told !== undefined && format !== undefined && told !== format
      ? ["read by its contents, not by its ending"]
      : []),
    ...((orientation ?? 1) > 1 ? ["turned by its EXIF mark"] : []),
    ...(isClear ? ["transparency laid on white"] : []),
    ...((pages ?? 1) > 1 ? ["the first frame of an animation"] : []),
    ...(space === "cmyk" ? ["CMYK turned into RGB"] : []),
    ...(depth === "ushort" ? ["16 bits a channel brought to 8"] : []),
    ...(space === "b-w" || space === "grey16" ? ["grey repeated in three channels"] : []),
  ];
}

const ENDINGS: Readonly<Record<string, string>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  png: "png",
  gif: "gif",
  webp: "webp",
  tif: "tiff",
  tiff: "tiff",
};

function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data);
  const result = new Uint8Array((data.length / channels) * 3);
  for (let place = 0; place < data.length / channels; place++)
    for (let c = 0; c < 3; c++) result[place * 3 + c] = data[place * channels + (channels > 2 ? c : 0)];
  return result;
}

/** JPEG, PNG, GIF, TIFF of both byte orders, and WebP. */
function isPhoto(bytes: Uint8Array): boolean {
  const begins = (...head: readonly number[]): boolean => head.every((byte, at) => bytes[at] === byte);
  const says = (text: string, from: number): boolean =>
    [...text].every((letter, at) => bytes[from + at] === letter.charCodeAt(0));
  return (
    begins(0xff, 0xd8, 0xff) ||
    begins(0x89, 0x50, 0x4e, 0x47) ||
    says("GIF8", 0) ||
    begins(0x49, 0x49, 0x2a, 0) ||
    begins(0x4d, 0x4d, 0, 0x2a) ||
    (says("RIFF", 0) && says("WEBP", 8))
  );
}

function reasonOf(error: unknown, mostPlaces = MOST_PLACES): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/exceeds pixel limit/u.test(text)) return `its header says more than ${mostPlaces / 1e6} megapixels`;
  if (/unsupported image format/u.test(text)) return "it is no picture of a known format";
  return text.split("\n")[0].replace(/^VipsJpeg: /u, "");
}
