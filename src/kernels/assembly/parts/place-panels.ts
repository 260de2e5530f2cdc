/** Columns of a convolution (im2col) as panels of eight places: each weight's eight numbers side by side, as the product reads them. */

/** The picture with a border of zeros. A border of zero copies it. */
export function padPicture(x: usize, channels: i32, height: i32, width: i32, border: i32, to: usize): void {
  const row = <usize>width << 2;
  const wide = <usize>(width + 2 * border) << 2;
  const plane = wide * <usize>(height + 2 * border);
  if (border > 0) memory.fill(to, 0, plane * <usize>channels);
  for (let c = 0; c < channels; c++) {
    let at = to + <usize>c * plane + <usize>border * wide + (<usize>border << 2);
    for (let y = 0; y < height; y++) {
      memory.copy(at, x, row);
      x += row;
      at += wide;
    }
  }
}

/** The inside of a bordered picture, written to `x` or added to it. */
export function unpadPicture(from: usize, channels: i32, height: i32, width: i32, border: i32, x: usize, add: i32): void {
  const wide = <usize>(width + 2 * border) << 2;
  const plane = wide * <usize>(height + 2 * border);
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      const at = from + <usize>c * plane + <usize>(y + border) * wide + (<usize>border << 2);
      let i = 0;
      for (; i + 4 <= width; i += 4) {
        const values = v128.load(at + (<usize>i << 2));
        v128.store(x, add ? f32x4.add(v128.load(x), values) : values);
        x += 16;
      }
      for (; i < width; i++) {
        const value = load<f32>(at + (<usize>i << 2));
        store<f32>(x, add ? load<f32>(x) + value : value);
        x += 4;
      }
    }
  }
}

/** The panel of the eight places from `j`: for each (channel, y, x) of the filter its eight numbers; places past the end are zeros. */
export function placePanel(
  padded: usize, channels: i32, height: i32, width: i32, side: i32, stride: i32, outWidth: i32, j: i32, places: i32, to: usize,
): void {
  const isWhole = (outWidth & 3) == 0;
  for (let half = 0; half < 2; half++) {
    const q = j + 4 * half;
    if (isWhole && q + 4 <= places) {
      const from = padded + (<usize>((q / outWidth) * stride * width + (q % outWidth) * stride) << 2);
      if (stride == 1) gather1(from, channels, height, width, side, to);
      else if (stride == 2) gather2(from, channels, height, width, side, to);
      else for (let s = 0; s < 4; s++) gather(from + (<usize>(s * stride) << 2), channels, height, width, side, to + (<usize>s << 2));
    } else {
      for (let s = 0; s < 4; s++) {
        const p = q + s;
        const at = to + (<usize>s << 2);
        if (p < places) gather(padded + (<usize>((p / outWidth) * stride * width + (p % outWidth) * stride) << 2), channels, height, width, side, at);
        else for (let k = 0; k < channels * side * side; k++) store<f32>(at + <usize>k * 32, 0);
      }
    }
    to += 16;
  }
}

function gather1(from: usize, channels: i32, height: i32, width: i32, side: i32, to: usize): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  for (let c = 0; c < channels; c++) {
    let at = from;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        v128.store(to, v128.load(at + (<usize>x << 2)));
        to += 32;
      }
      at += row;
    }
    from += plane;
  }
}

function gather2(from: usize, channels: i32, height: i32, width: i32, side: i32, to: usize): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  for (let c = 0; c < channels; c++) {
    let at = from;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const one = at + (<usize>x << 2);
        v128.store(to, v128.shuffle<i32>(v128.load(one), v128.load(one, 16), 0, 2, 4, 6));
        to += 32;
      }
      at += row;
    }
    from += plane;
  }
}

function gather(from: usize, channels: i32, height: i32, width: i32, side: i32, to: usize): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        store<f32>(to, load<f32>(from + <usize>c * plane + <usize>y * row + (<usize>x << 2)));
        to += 32;
      }
    }
  }
}

/** Adds a panel's numbers back to the places of the bordered picture that they were read from. */
export function addColumns(
  columns: usize, channels: i32, height: i32, width: i32, side: i32, stride: i32, outWidth: i32, j: i32, places: i32, padded: usize,
): void {
  const row = <usize>width << 2;
  const plane = row * <usize>height;
  const isWhole = (outWidth & 3) == 0 && stride <= 2;
  for (let half = 0; half < 2; half++) {
    const q = j + 4 * half;
    const base = columns + <usize>half * 16;
    if (isWhole && q + 4 <= places) {
      let from = base;
      const start = padded + (<usize>((q / outWidth) * stride * width + (q % outWidth) * stride) << 2);
      if (stride == 2) {
        scatter2(from, channels, plane, row, side, start);
        continue;
      }
      if (side == 3) {
        scatter3(from, channels, plane, row, start);
        continue;
      }
      for (let c = 0; c < channels; c++) {
        let at = start + <usize>c * plane;
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            const to = at + (<usize>x << 2);
            v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
            from += 32;
          }
          at += row;
        }
      }
    } else {
      for (let s = 0; s < 4 && q + s < places; s++) {
        const p = q + s;
        let from = base + (<usize>s << 2);
        const start = padded + (<usize>((p / outWidth) * stride * width + (p % outWidth) * stride) << 2);
        for (let c = 0; c < channels; c++) {
          let at = start + <usize>c * plane;
          for (let y = 0; y < side; y++) {
            for (let x = 0; x < side; x++) {
              const to = at + (<usize>x << 2);
              store<f32>(to, load<f32>(to) + load<f32>(from));
              from += 32;
            }
            at += row;
          }
        }
      }
    }
  }
}

/**
 * Four places side by side of a filter of side 3: a row's three numbers of each meet in registers, since a number that was just written
 * in part is slow to read. Places beside them get zeros added, which changes none.
 */
function scatter3(from: usize, channels: i32, plane: usize, row: usize, start: usize): void {
  const zero = f32x4.splat(0);
  for (let c = 0; c < channels; c++) {
    let at = start + <usize>c * plane;
    for (let y = 0; y < 3; y++) {
      const one = v128.load(from, 32);
      const two = v128.load(from, 64);
      let near = f32x4.add(v128.load(at), v128.load(from));
      near = f32x4.add(near, v128.shuffle<i32>(zero, one, 0, 4, 5, 6));
      near = f32x4.add(near, v128.shuffle<i32>(zero, two, 0, 1, 4, 5));
      let far = f32x4.add(v128.load(at, 16), v128.shuffle<i32>(one, zero, 3, 4, 5, 6));
      far = f32x4.add(far, v128.shuffle<i32>(two, zero, 2, 3, 4, 5));
      v128.store(at, near);
      v128.store(at, far, 16);
      from += 96;
      at += row;
    }
  }
}

/** Four places two apart. From the filter's last column to its first, so that each number meets the places in their order. */
function scatter2(from: usize, channels: i32, plane: usize, row: usize, side: i32, start: usize): void {
  const zero = f32x4.splat(0);
  for (let c = 0; c < channels; c++) {
    let at = start + <usize>c * plane;
    for (let y = 0; y < side; y++) {
      for (let x = side - 1; x >= 0; x--) {
        const values = v128.load(from + (<usize>x << 5));
        const to = at + (<usize>x << 2);
        v128.store(to, f32x4.add(v128.load(to), v128.shuffle<i32>(values, zero, 0, 4, 1, 5)));
        v128.store(to, f32x4.add(v128.load(to, 16), v128.shuffle<i32>(values, zero, 2, 6, 3, 7)), 16);
      }
      from += <usize>side << 5;
      at += row;
    }
  }
}
