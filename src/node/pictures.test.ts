import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createPictureReader } from "./pictures.ts";

const folder = mkdtempSync(join(tmpdir(), "heptad-pictures-"));
const reader = createPictureReader();
const red = { create: { width: 20, height: 10, channels: 3 as const, background: "#ff0000" } };

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe("a picture that can be read", () => {
  it.each([
    ["plain.jpg", () => sharp(red).jpeg().toBuffer(), []],
    ["liar.jpg", () => sharp(red).png().toBuffer(), ["read by its contents, not by its ending"]],
    ["turned.jpg", () => sharp(red).withMetadata({ orientation: 6 }).jpeg().toBuffer(), ["turned by its EXIF mark"]],
    ["cmyk.jpg", () => sharp(red).toColourspace("cmyk").jpeg().toBuffer(), ["CMYK turned into RGB"]],
    ["deep.png", () => sharp(red).toColourspace("rgb16").png().toBuffer(), ["16 bits a channel brought to 8"]],
  ])("%s is resized to red, and what was done is said", async (name, make, repairs) => {
    const read = await reader.decode(await file(name, await make()), 8);
    expect(read).toMatchObject({ ok: true, repairs });
    if (!read.ok) return;
    expect(read.pixels.length).toBe(8 * 8 * 3);
    expect(read.pixels[0]).toBeGreaterThan(200);
    expect(read.pixels[1]).toBeLessThan(70);
  });

  it.each([
    ["opaque.png", "#ff0000ff", []],
    ["clear.png", "#ff00007f", ["transparency laid on white"]],
  ])("%s has an alpha channel, and is said to be transparent only where it is", async (name, background, repairs) => {
    const picture = await sharp({ create: { width: 9, height: 9, channels: 4, background } })
      .png()
      .toBuffer();
    expect((await sharp(picture).metadata()).hasAlpha).toBe(true);
    expect(await reader.decode(await file(name, picture), 4)).toMatchObject({ ok: true, repairs });
    expect(await reader.decodeBytes(picture, 4)).toMatchObject({ ok: true, repairs });
  });

  it("a GIF and a grey PNG with an opaque alpha channel need nothing laid on white", async () => {
    const grey = await sharp({ create: { width: 9, height: 9, channels: 4, background: "#888888ff" } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    expect(await reader.decodeBytes(await sharp(red).gif().toBuffer(), 4)).toMatchObject({ ok: true, repairs: [] });
    expect(await reader.decodeBytes(grey, 4)).toMatchObject({ ok: true, repairs: ["grey repeated in three channels"] });
  });

  it("transparency is laid on white", async () => {
    const clear = await sharp({ create: { width: 9, height: 9, channels: 4, background: "#00000000" } })
      .png()
      .toBuffer();
    const read = await reader.decode(await file("clear.png", clear), 4);
    expect(read).toMatchObject({ ok: true, repairs: ["transparency laid on white"] });
    expect(read.ok && read.pixels.every((value) => value === 255)).toBe(true);
  });
});

describe("a file that is refused", () => {
  it("names the reason: empty, no picture, absent, cut off", async () => {
    const whole = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: "#336699",
        noise: { type: "gaussian", mean: 100, sigma: 50 },
      },
    })
      .jpeg()
      .toBuffer();
    const reasons = await Promise.all(
      [
        await file("empty.jpg", new Uint8Array(0)),
        await file("text.jpg", new TextEncoder().encode("not a picture")),
        join(folder, "absent.jpg"),
        await file("cut.jpg", whole.subarray(0, whole.length / 2)),
      ].map(async (path) => {
        const read = await reader.decode(path, 8);
        return read.ok ? "read" : read.reason;
      }),
    );
    expect(reasons.slice(0, 3)).toEqual([
      "the file is empty",
      "it is no picture of a known format",
      "there is no such file",
    ]);
    expect(reasons[3]).not.toBe("read");
  });

  it("a bomb of a gigapixel is refused by its header, before it is unpacked", async () => {
    const read = await reader.decode(await file("bomb.png", bomb(32_768, 32_768)), 8);
    expect(read).toEqual({ ok: false, reason: "its header says more than 100 megapixels" });
  });
});

/** A PNG whose header claims this size over a few bytes of data. */
function bomb(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(1000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

/** A grey TIFF of 8 by 8, its numbers in either order of bytes. */
function tiff(isLittle: boolean): Uint8Array {
  const fields = [
    [256, 8],
    [257, 8],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 200],
    [277, 1],
    [278, 8],
    [279, 64],
  ];
  const bytes = new Uint8Array(264).fill(120);
  const view = new DataView(bytes.buffer);
  bytes.fill(0, 0, 200);
  bytes.fill(isLittle ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  view.setUint16(8, fields.length, isLittle);
  for (const [i, [tag, value]] of fields.entries()) {
    const at = 10 + 12 * i;
    view.setUint16(at, tag, isLittle);
    view.setUint16(at + 2, 3, isLittle);
    view.setUint32(at + 4, 1, isLittle);
    view.setUint16(at + 8, value, isLittle);
  }
  return bytes;
}

describe("bytes that were sent are known by how they begin", () => {
  it.each([true, false])("as a TIFF in either order of bytes, little end first: %s", async (isLittle) => {
    const read = await reader.decodeBytes(tiff(isLittle), 8);
    expect(read).toMatchObject({ ok: true, repairs: ["grey repeated in three channels"] });
    expect(read.ok && [...read.pixels.slice(0, 3)]).toEqual([120, 120, 120]);
  });

  it.each(["jpeg", "png", "gif", "webp"] as const)("as a %s", async (format) => {
    expect(await reader.decodeBytes(await sharp(red).toFormat(format).toBuffer(), 8)).toMatchObject({ ok: true });
  });

  it.each(["<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "RIFF1234WAVEfmt ", "%PDF-1.7"])(
    "and %s is refused unread",
    async (text) => {
      const { ok, ...rest } = await reader.decodeBytes(new TextEncoder().encode(text), 8);
      expect({ ok, ...rest }).toEqual({ ok: false, reason: "it is no JPEG, PNG, WebP, GIF or TIFF" });
    },
  );
});
