/** Pictures at the edge: decoded, turned and resized once by sharp; what is broken or would unpack into gigabytes is refused with the reason. */

import { readFile, stat } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { FailureError } from "../core/outcome.ts";
import type { DecodedPicture, PictureReader } from "../system/environment.ts";

/** Places of the largest picture that is unpacked: 100 megapixels are 300 MB of raw bytes. */
const MOST_PLACES = 100_000_000;
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
  return {
    async decode(path, size): Promise<DecodedPicture> {
      const refused = await refuse(path);
      if (refused !== undefined) return { ok: false, reason: refused };
      try {
        const make = await sharp();
        const read = make(path, { limitInputPixels: MOST_PLACES, failOn: "warning" });
        const about = await read.metadata();
        const repairs = repairsOf(about, path);
        const pixels = await read
          .rotate()
          .flatten({ background: "#ffffff" })
          .toColourspace("srgb")
          .resize(size, size, { fit: "fill" })
          .raw({ depth: "uchar" })
          .toBuffer({ resolveWithObject: true });
        return { ok: true, pixels: threeChannels(pixels.data, pixels.info.channels), repairs };
      } catch (error) {
        return { ok: false, reason: reasonOf(error) };
      }
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
    async dataUrl(pixels, width, height) {
      const make = await sharp();
      const jpeg = await make(pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality: JPEG_QUALITY })
        .toBuffer();
      return `data:image/jpeg;base64,${jpeg.toString("base64")}`;
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

interface Metadata {
  readonly format?: string;
  readonly space?: string;
  readonly depth?: string;
  readonly hasAlpha?: boolean;
  readonly orientation?: number;
  readonly pages?: number;
}

function repairsOf({ format, space, depth, hasAlpha, orientation, pages }: Metadata, path: string): string[] {
  const ending = /\.(?<ending>[a-z0-9]+)$/iu.exec(path)?.groups?.ending.toLowerCase() ?? "";
  const told = ENDINGS[ending];
  return [
    ...(told !== undefined && format !== undefined && told !== format
      ? ["read by its contents, not by its ending"]
      : []),
    ...((orientation ?? 1) > 1 ? ["turned by its EXIF mark"] : []),
    ...(hasAlpha === true ? ["transparency laid on white"] : []),
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

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/exceeds pixel limit/u.test(text)) return `its header says more than ${MOST_PLACES / 1e6} megapixels`;
  if (/unsupported image format/u.test(text)) return "it is no picture of a known format";
  return text.split("\n")[0].replace(/^VipsJpeg: /u, "");
}
