/** Batch normalization with a shortcut and ReLU, forward and back, one channel a call: sums of a picture in float32, of pictures in float64. */

// A layer is 16 integers at `layer`; `kernels/convolution.ts` writes them in this order.
const INPUT: usize = 0;
const INPUT_GRADIENT: usize = 4;
const OUTPUT: usize = 8;
const OUTPUT_GRADIENT: usize = 12;
const SHORTCUT: usize = 16;
const SHORTCUT_GRADIENT: usize = 20;
/** Six arrays of `channels` numbers: scale, shift, mean, inverse deviation, scale's gradient, shift's gradient. */
const NUMBERS: usize = 24;
const CHANNELS: usize = 28;
const PLACES: usize = 32;
const RECTIFIED: usize = 36;
const EPSILON: f64 = 1e-5;

/** Mean and inverse deviation of a channel over `count` pictures. */
export function channelMoments(layer: usize, count: i32, channel: i32, thread: i32): void {
  const places = load<i32>(layer, PLACES);
  const channels = load<i32>(layer, CHANNELS);
  const step = <usize>(channels * places) << 2;
  const start = load<usize>(layer, INPUT) + (<usize>(channel * places) << 2);
  const total = <f64>(count * places);
  let sum: f64 = 0;
  for (let n = 0; n < count; n++) sum += sumOf(start + <usize>n * step, places, 0);
  const mean = <f32>(sum / total);
  let squares: f64 = 0;
  for (let n = 0; n < count; n++) squares += squaresOf(start + <usize>n * step, places, mean);
  const at = load<usize>(layer, NUMBERS) + (<usize>channel << 2);
  store<f32>(at + (<usize>(2 * channels) << 2), mean);
  store<f32>(at + (<usize>(3 * channels) << 2), <f32>(1 / Math.sqrt(squares / total + EPSILON)));
}

/** The output of a channel for pictures from `first` to `last`. */
export function normalize(layer: usize, first: i32, last: i32, channel: i32, thread: i32): void {
  const places = load<i32>(layer, PLACES);
  const channels = load<i32>(layer, CHANNELS);
  const rectified = load<i32>(layer, RECTIFIED);
  const at = load<usize>(layer, NUMBERS) + (<usize>channel << 2);
  const factor = load<f32>(at) * load<f32>(at + (<usize>(3 * channels) << 2));
  const offset = load<f32>(at + (<usize>channels << 2)) - load<f32>(at + (<usize>(2 * channels) << 2)) * factor;
  const a = f32x4.splat(factor);
  const b = f32x4.splat(offset);
  const zero = f32x4.splat(0);
  const shortcut = load<usize>(layer, SHORTCUT);
  for (let n = first; n < last; n++) {
    const skip = <usize>((n * channels + channel) * places) << 2;
    const x = load<usize>(layer, INPUT) + skip;
    const y = load<usize>(layer, OUTPUT) + skip;
    let i = 0;
    for (; i + 4 <= places; i += 4) {
      const o = <usize>i << 2;
      let v = f32x4.add(f32x4.mul(v128.load(x + o), a), b);
      if (shortcut) v = f32x4.add(v, v128.load(shortcut + skip + o));
      v128.store(y + o, rectified ? f32x4.max(v, zero) : v);
    }
    for (; i < places; i++) {
      const o = <usize>i << 2;
      let v = load<f32>(x + o) * factor + offset;
      if (shortcut) v += load<f32>(shortcut + skip + o);
      store<f32>(y + o, rectified ? max<f32>(v, 0) : v);
    }
  }
}

/** The gradients of a channel's input, shortcut, scale and shift over `count` pictures. The output's gradient is masked in place. */
export function normalizeBack(layer: usize, count: i32, channel: i32, thread: i32): void {
  const places = load<i32>(layer, PLACES);
  const channels = load<i32>(layer, CHANNELS);
  const at = load<usize>(layer, NUMBERS) + (<usize>channel << 2);
  const mean = load<f32>(at + (<usize>(2 * channels) << 2));
  const inverse = load<f32>(at + (<usize>(3 * channels) << 2));
  const shortcut = load<usize>(layer, SHORTCUT_GRADIENT);
  const total = <f64>(count * places);
  let sum: f64 = 0;
  let product: f64 = 0;
  for (let n = 0; n < count; n++) {
    const skip = <usize>((n * channels + channel) * places) << 2;
    const dy = load<usize>(layer, OUTPUT_GRADIENT) + skip;
    if (load<i32>(layer, RECTIFIED)) mask(dy, load<usize>(layer, OUTPUT) + skip, places);
    if (shortcut) memory.copy(shortcut + skip, dy, <usize>places << 2);
    sum += sumOf(dy, places, 0);
    product += productOf(dy, load<usize>(layer, INPUT) + skip, places, mean);
  }
  product *= <f64>inverse;
  store<f32>(at + (<usize>(4 * channels) << 2), <f32>product);
  store<f32>(at + (<usize>(5 * channels) << 2), <f32>sum);
  const factor = load<f32>(at) * inverse;
  const shift = <f32>(sum / total);
  const slope = <f32>(product / total) * inverse;
  for (let n = 0; n < count; n++) {
    const skip = <usize>((n * channels + channel) * places) << 2;
    const dy = load<usize>(layer, OUTPUT_GRADIENT) + skip;
    const x = load<usize>(layer, INPUT) + skip;
    const dx = load<usize>(layer, INPUT_GRADIENT) + skip;
    const f = f32x4.splat(factor);
    const s = f32x4.splat(shift);
    const m = f32x4.splat(mean);
    const t = f32x4.splat(slope);
    let i = 0;
    for (; i + 4 <= places; i += 4) {
      const o = <usize>i << 2;
      const centred = f32x4.mul(f32x4.sub(v128.load(x + o), m), t);
      v128.store(dx + o, f32x4.mul(f, f32x4.sub(f32x4.sub(v128.load(dy + o), s), centred)));
    }
    for (; i < places; i++) {
      const o = <usize>i << 2;
      store<f32>(dx + o, factor * (load<f32>(dy + o) - shift - (load<f32>(x + o) - mean) * slope));
    }
  }
}

function mask(dy: usize, y: usize, places: i32): void {
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= places; i += 4) {
    const o = <usize>i << 2;
    v128.store(dy + o, v128.and(v128.load(dy + o), f32x4.gt(v128.load(y + o), zero)));
  }
  for (; i < places; i++) if (!(load<f32>(y + (<usize>i << 2)) > 0)) store<f32>(dy + (<usize>i << 2), 0);
}

function lanes(v: v128): f64 {
  return <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1) + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3);
}

function sumOf(x: usize, places: i32, from: i32): f64 {
  let v = f32x4.splat(0);
  let i = from;
  for (; i + 4 <= places; i += 4) v = f32x4.add(v, v128.load(x + (<usize>i << 2)));
  let sum = lanes(v);
  for (; i < places; i++) sum += <f64>load<f32>(x + (<usize>i << 2));
  return sum;
}

function squaresOf(x: usize, places: i32, mean: f32): f64 {
  const m = f32x4.splat(mean);
  let v = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= places; i += 4) {
    const d = f32x4.sub(v128.load(x + (<usize>i << 2)), m);
    v = f32x4.add(v, f32x4.mul(d, d));
  }
  let sum = lanes(v);
  for (; i < places; i++) {
    const d = load<f32>(x + (<usize>i << 2)) - mean;
    sum += <f64>(d * d);
  }
  return sum;
}

function productOf(dy: usize, x: usize, places: i32, mean: f32): f64 {
  const m = f32x4.splat(mean);
  let v = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= places; i += 4) {
    const o = <usize>i << 2;
    v = f32x4.add(v, f32x4.mul(v128.load(dy + o), f32x4.sub(v128.load(x + o), m)));
  }
  let sum = lanes(v);
  for (; i < places; i++) {
    const o = <usize>i << 2;
    sum += <f64>(load<f32>(dy + o) * (load<f32>(x + o) - mean));
  }
  return sum;
}
