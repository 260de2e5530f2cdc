/** A certificate that nobody vouches for, made anew: servers that speak TLS are tried with it, and no key lies in the project. */

import { generateKeyPairSync, sign } from "node:crypto";

/** A value of DER with its tag and length. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const [INTEGER, BITS, BYTES, OID, WORDS, TIME, LIST, SET] = [0x02, 0x03, 0x04, 0x06, 0x0c, 0x17, 0x30, 0x31];
const ED25519 = der(LIST, der(OID, Buffer.of(0x2b, 0x65, 0x70)));
const COMMON_NAME = Buffer.of(0x55, 0x04, 0x03);
const OTHER_NAMES = Buffer.of(0x55, 0x1d, 0x11);

/** Of `localhost` and 127.0.0.1, until 2049. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const name = der(LIST, der(SET, der(LIST, der(OID, COMMON_NAME), der(WORDS, Buffer.from("localhost")))));
  const names = der(LIST, der(0x82, Buffer.from("localhost")), der(0x87, Buffer.of(127, 0, 0, 1)));
  const told = der(
    LIST,
    der(0xa0, der(INTEGER, Buffer.of(2))),
    der(INTEGER, Buffer.of(1)),
    ED25519,
    name,
    der(LIST, der(TIME, Buffer.from("200101000000Z")), der(TIME, Buffer.from("491231000000Z"))),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(LIST, der(LIST, der(OID, OTHER_NAMES), der(BYTES, names)))),
  );
  const cert = der(LIST, told, ED25519, der(BITS, Buffer.of(0), sign(null, told, privateKey)));
  const lines = cert.toString("base64").replaceAll(/.{64}/gu, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
