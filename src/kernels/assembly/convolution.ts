/** Layers of a convolutional network over one memory: convolution forward and back, batch normalization with ReLU and a shortcut. */

import { A_STEP, B_STEP, packColumns, packedTile, packRows } from "./parts/packed-tile";
export { channelMoments, normalize, normalizeBack } from "./parts/batch-normalization";
import { addColumns, padPicture, placePanel, unpadPicture } from "./parts/place-panels";

// A layer is 32 integers at `layer`; `kernels/convolution.ts` writes them in this order.
const INPUT: usize = 0;
const INPUT_GRADIENT: usize = 4;
const OUTPUT: usize = 8;
const OUTPUT_GRADIENT: usize = 12;
const WEIGHTS: usize = 16;
const FORWARD_PANELS: usize = 20;
const BACKWARD_PANELS: usize = 24;
const PARTS: usize = 28;
const CHANNELS: usize = 32;
const HEIGHT: usize = 36;
const WIDTH: usize = 40;
const SIDE: usize = 44;
const STRIDE: usize = 48;
const FILTERS: usize = 52;
const OUT_HEIGHT: usize = 56;
const OUT_WIDTH: usize = 60;
const SCRATCH: usize = 64;
const SCRATCH_BYTES: usize = 68;
const GRADIENT_MODE: usize = 72;
const CHUNK: usize = 76;

/** Panels of the weights for both directions; once after each change of the weights, which lie as (channel, y, x) x filters. */
export function packWeights(layer: usize, thread: i32): void {
  const filters = load<i32>(layer, FILTERS);
  const inner = load<i32>(layer, CHANNELS) * load<i32>(layer, SIDE) * load<i32>(layer, SIDE);
  const weights = load<usize>(layer, WEIGHTS);
  const across = <usize>filters << 2;
  packRows(weights, 4, across, filters, inner, load<usize>(layer, FORWARD_PANELS));
  packRows(weights, across, 4, inner, filters, load<usize>(layer, BACKWARD_PANELS));
}

/** The layer's output for the pictures from `first` to `last`. */
export function convolve(layer: usize, first: i32, last: i32, thread: i32): void {
  const channels = load<i32>(layer, CHANNELS);
  const height = load<i32>(layer, HEIGHT);
  const width = load<i32>(layer, WIDTH);
  const side = load<i32>(layer, SIDE);
  const filters = load<i32>(layer, FILTERS);
  const inner = channels * side * side;
  const places = load<i32>(layer, OUT_HEIGHT) * load<i32>(layer, OUT_WIDTH);
  const across = <usize>places << 2;
  const panels = load<usize>(layer, FORWARD_PANELS);
  const spare = load<usize>(layer, SCRATCH) + <usize>thread * load<usize>(layer, SCRATCH_BYTES);
  const panel = spare + 128;
  const padded = panel + <usize>inner * B_STEP;
  for (let n = first; n < last; n++) {
    const x = load<usize>(layer, INPUT) + <usize>(n * channels * height * width) * 4;
    const y = load<usize>(layer, OUTPUT) + <usize>(n * filters * places) * 4;
    padPicture(x, channels, height, width, side >> 1, padded);
    for (let j = 0; j < places; j += 8) {
      placePanel(padded, channels, height + side - 1, width + side - 1, side, load<i32>(layer, STRIDE), load<i32>(layer, OUT_WIDTH), j, places, panel);
      for (let i = 0; i < filters; i += 4) {
        const to = y + <usize>i * across + (<usize>j << 2);
        packedTile(panels + <usize>(i >> 2) * <usize>inner * A_STEP, panel, inner, to, across, 0, filters - i, places - j, spare);
      }
    }
  }
}

/** Both gradients of the pictures from `first` to `last`: of the weights into the part `group`, or of the input where `group` is -1. */
export function convolveBack(layer: usize, group: i32, first: i32, last: i32, thread: i32): void {
  if (group < 0) inputGradient(layer, first, last, thread);
  else weightGradient(layer, group, first, last, thread);
}

/** The weights' gradient of the pictures from `first` to `last`, into the part `group`: the column panels times the output's gradient. */
function weightGradient(layer: usize, group: i32, first: i32, last: i32, thread: i32): void {
  const channels = load<i32>(layer, CHANNELS);
  const height = load<i32>(layer, HEIGHT);
  const width = load<i32>(layer, WIDTH);
  const side = load<i32>(layer, SIDE);
  const filters = load<i32>(layer, FILTERS);
  const inner = channels * side * side;
  const places = load<i32>(layer, OUT_HEIGHT) * load<i32>(layer, OUT_WIDTH);
  const chunk = load<i32>(layer, CHUNK);
  const to = load<usize>(layer, PARTS) + <usize>group * <usize>(inner * filters) * 4;
  memory.fill(to, 0, <usize>(inner * filters) * 4);
  const spare = load<usize>(layer, SCRATCH) + <usize>thread * load<usize>(layer, SCRATCH_BYTES);
  const columns = spare + 128;
  const right = columns + <usize>(inner * chunk) * 32 + 128;
  const padded = right + <usize>((filters + 7) >> 3) * <usize>chunk * 256;
  let held = 0;
  for (let n = first; n < last; n++) {
    const x = load<usize>(layer, INPUT) + <usize>(n * channels * height * width) * 4;
    const dy = load<usize>(layer, OUTPUT_GRADIENT) + <usize>(n * filters * places) * 4;
    padPicture(x, channels, height, width, side >> 1, padded);
    for (let j = 0; j < places; j += 8) {
      placePanel(padded, channels, height + side - 1, width + side - 1, side, load<i32>(layer, STRIDE), load<i32>(layer, OUT_WIDTH), j, places, columns + <usize>(held * inner) * 32);
      transposePlaces(dy, filters, places, j, right + <usize>held * 256, <usize>chunk * 256);
      if (++held == chunk) {
        addProduct(columns, right, inner, filters, held, chunk, to, spare);
        held = 0;
      }
    }
  }
  if (held > 0) addProduct(columns, right, inner, filters, held, chunk, to, spare);
}

/** Eight places of the output's gradient as rows of eight filters each; filters past the end and places past the end are zeros. */
function transposePlaces(dy: usize, filters: i32, places: i32, j: i32, to: usize, panel: usize): void {
  const some = min(8, places - j);
  for (let f = 0; f < filters; f += 8) {
    const wide = min(8, filters - f);
    if (some < 8 || wide < 8) memory.fill(to, 0, 256);
    for (let g = 0; g < wide; g++) {
      const from = dy + <usize>((f + g) * places + j) * 4;
      const at = to + (<usize>g << 2);
      for (let p = 0; p < some; p++) store<f32>(at + <usize>p * 32, load<f32>(from + (<usize>p << 2)));
    }
    to += panel;
  }
}

/** to += columns x right over `held` groups of eight places. Rows past `inner` are read from the scratch behind and not written. */
function addProduct(columns: usize, right: usize, inner: i32, filters: i32, held: i32, chunk: i32, to: usize, spare: usize): void {
  const across = <usize>filters << 2;
  const jump = <usize>inner * 32;
  for (let f = 0; f < filters; f += 8) {
    const panel = right + <usize>(f >> 3) * <usize>chunk * 256;
    for (let k = 0; k < inner; k += 4) {
      const at = to + <usize>k * across + (<usize>f << 2);
      if (k + 4 <= inner && f + 8 <= filters) placeTile(columns + <usize>k * 32, jump, panel, held, at, across, 1);
      else {
        placeTile(columns + <usize>k * 32, jump, panel, held, spare, 32, 0);
        for (let r = 0; r < min(4, inner - k); r++)
          for (let c = 0; c < min(8, filters - f); c++) {
            const one = at + <usize>r * across + (<usize>c << 2);
            store<f32>(one, load<f32>(one) + load<f32>(spare + <usize>r * 32 + (<usize>c << 2)));
          }
      }
    }
  }
}

/** A tile of four weights and eight filters, summed over groups of eight places. */
function placeTile(from: usize, jump: usize, right: usize, held: i32, to: usize, across: usize, add: i32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (let group = 0; group < held; group++) {
    const end = from + 32;
    for (let a = from; a < end; a += 4) {
      const b0 = v128.load(right);
      const b1 = v128.load(right, 16);
      const a0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(a0, b0));
      c01 = f32x4.add(c01, f32x4.mul(a0, b1));
      const a1 = v128.load32_splat(a, 32);
      c10 = f32x4.add(c10, f32x4.mul(a1, b0));
      c11 = f32x4.add(c11, f32x4.mul(a1, b1));
      const a2 = v128.load32_splat(a, 64);
      c20 = f32x4.add(c20, f32x4.mul(a2, b0));
      c21 = f32x4.add(c21, f32x4.mul(a2, b1));
      const a3 = v128.load32_splat(a, 96);
      c30 = f32x4.add(c30, f32x4.mul(a3, b0));
      c31 = f32x4.add(c31, f32x4.mul(a3, b1));
      right += 32;
    }
    from += jump;
  }
  put(to, c00, add);
  put(to + 16, c01, add);
  put(to + across, c10, add);
  put(to + across + 16, c11, add);
  put(to + 2 * across, c20, add);
  put(to + 2 * across + 16, c21, add);
  put(to + 3 * across, c30, add);
  put(to + 3 * across + 16, c31, add);
}

function put(to: usize, sum: v128, add: i32): void {
  v128.store(to, add ? f32x4.add(v128.load(to), sum) : sum);
}

/** The input's gradient of the pictures from `first` to `last`: replaced (mode 1) or added to (mode 2). */
function inputGradient(layer: usize, first: i32, last: i32, thread: i32): void {
  const channels = load<i32>(layer, CHANNELS);
  const height = load<i32>(layer, HEIGHT);
  const width = load<i32>(layer, WIDTH);
  const side = load<i32>(layer, SIDE);
  const filters = load<i32>(layer, FILTERS);
  const inner = channels * side * side;
  const places = load<i32>(layer, OUT_HEIGHT) * load<i32>(layer, OUT_WIDTH);
  const panels = load<usize>(layer, BACKWARD_PANELS);
  const spare = load<usize>(layer, SCRATCH) + <usize>thread * load<usize>(layer, SCRATCH_BYTES);
  const right = spare + 128;
  const columns = right + <usize>filters * B_STEP;
  const padded = columns + <usize>(inner + 4) * B_STEP;
  const bytes = <usize>(channels * (height + side - 1) * (width + side - 1)) * 4;
  for (let n = first; n < last; n++) {
    const dx = load<usize>(layer, INPUT_GRADIENT) + <usize>(n * channels * height * width) * 4;
    const dy = load<usize>(layer, OUTPUT_GRADIENT) + <usize>(n * filters * places) * 4;
    memory.fill(padded, 0, bytes);
    for (let j = 0; j < places; j += 8) {
      packColumns(dy + (<usize>j << 2), <usize>places << 2, filters, min(8, places - j), right);
      for (let k = 0; k < inner; k += 4) {
        packedTile(panels + <usize>(k >> 2) * <usize>filters * A_STEP, right, filters, columns + <usize>k * 32, 32, 0, 4, 8, spare);
      }
      addColumns(columns, channels, height + side - 1, width + side - 1, side, load<i32>(layer, STRIDE), load<i32>(layer, OUT_WIDTH), j, places, padded);
    }
    unpadPicture(padded, channels, height, width, side >> 1, dx, load<i32>(layer, GRADIENT_MODE) == 2 ? 1 : 0);
  }
}

/** to = the sum of the parts, in their order, for the numbers from `first` to `last`. */
export function sumParts(parts: usize, step: i32, count: i32, to: usize, first: i32, last: i32): void {
  for (let i = first; i < last; i++) {
    let sum: f32 = 0;
    for (let part = 0; part < count; part++) sum += load<f32>(parts + ((<usize>part * <usize>step + <usize>i) << 2));
    store<f32>(to + (<usize>i << 2), sum);
  }
}
