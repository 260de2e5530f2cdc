/** IDX files (MNIST and its kin): a header that says type and sizes, then bytes. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

export interface IdxArray {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTES = 8;

/** Two zero bytes, the type, the number of dimensions, each size in four bytes, then the values. Only unsigned bytes are read. */
export function readIdx(bytes: Uint8Array, path: string): Outcome<IdxArray> {
  const broken = (message: string): Outcome<never> =>
    fail({ code: "broken-idx", message: `${path}: ${message}`, where: path, fix: "fetch the file again, whole" });
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0) return broken("this is no IDX file");
  if (bytes[2] !== UNSIGNED_BYTES) return broken(`numbers of type ${bytes[2]} are not read, only unsigned bytes (8)`);
  const dimensions = bytes[3];
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) return broken("the header is cut off");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const wanted = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== wanted)
    return broken(`the header says ${sizes.join(" x ")} values, the file holds ${bytes.length - start}`);
  return succeed({ sizes, values: bytes.subarray(start) });
}
