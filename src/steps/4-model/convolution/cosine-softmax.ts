/** Softmax over cosines: a picture's vector against one vector a class, both of unit length, with label smoothing. */

/** Loss and gradients of a batch, all means over its pictures. */
export interface BatchLoss {
  readonly loss: number;
  /** Pictures whose own class has the highest cosine. */
  readonly right: number;
  /** Of the vectors as the network gave them. */
  readonly vectors: Float64Array;
  readonly classes: Float64Array;
}

/** Cosines are multiplied by this before the softmax: at 1 the probabilities of ten classes could hardly leave 0.1 (Wang et al. 2017, NormFace). */
const SCALE = 16;

/** `smoothing` is the share of the label that is spread over all classes (Szegedy et al. 2016). */
export function cosineSoftmax(
  vectors: Float64Array,
  labels: ArrayLike<number>,
  classes: Float32Array,
  dimensions: number,
  smoothing: number,
): BatchLoss {
  const count = vectors.length / dimensions;
  const total = classes.length / dimensions;
  const unit = unitRows(vectors, dimensions);
  const centres = unitRows(classes, dimensions);
  const ofUnit = new Float64Array(vectors.length);
  const ofCentres = new Float64Array(classes.length);
  const logits = new Float64Array(total);
  let [loss, right] = [0, 0];
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < total; k++) logits[k] = SCALE * dot(unit.rows, n, centres.rows, k, dimensions);
    const top = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    const size = Math.log(logits.reduce((sum, value) => sum + Math.exp(value - top), 0)) + top;
    if (logits[labels[n]] === top) right++;
    for (let k = 0; k < total; k++) {
      const wanted = smoothing / total + (k === labels[n] ? 1 - smoothing : 0);
      loss -= (wanted * (logits[k] - size)) / count;
      const slope = (SCALE * (Math.exp(logits[k] - size) - wanted)) / count;
      for (let d = 0; d < dimensions; d++) {
        ofUnit[n * dimensions + d] += slope * centres.rows[k * dimensions + d];
        ofCentres[k * dimensions + d] += slope * unit.rows[n * dimensions + d];
      }
    }
  }
  return {
    loss,
    right,
    vectors: throughUnit(ofUnit, unit, dimensions),
    classes: throughUnit(ofCentres, centres, dimensions),
  };
}

/** Rows made one long, and how long they were. */
export interface UnitRows {
  readonly rows: Float64Array;
  readonly lengths: Float64Array;
}

export function unitRows(values: ArrayLike<number>, dimensions: number): UnitRows {
  const rows = new Float64Array(values.length);
  const lengths = new Float64Array(values.length / dimensions);
  for (let row = 0; row < lengths.length; row++) {
    let square = 0;
    for (let d = 0; d < dimensions; d++) square += values[row * dimensions + d] ** 2;
    // A row of zeros has no direction; it stays at zero.
    lengths[row] = Math.sqrt(square) || 1;
    for (let d = 0; d < dimensions; d++) rows[row * dimensions + d] = values[row * dimensions + d] / lengths[row];
  }
  return { rows, lengths };
}

/** The gradient of rows from that of their unit rows: what points along a row changes its length alone. */
export function throughUnit(gradient: Float64Array, { rows, lengths }: UnitRows, dimensions: number): Float64Array {
  const result = new Float64Array(gradient.length);
  for (let row = 0; row < lengths.length; row++) {
    const along = dot(gradient, row, rows, row, dimensions);
    for (let d = 0; d < dimensions; d++) {
      const at = row * dimensions + d;
      result[at] = (gradient[at] - along * rows[at]) / lengths[row];
    }
  }
  return result;
}

function dot(a: Float64Array, row: number, b: Float64Array, other: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += a[row * dimensions + d] * b[other * dimensions + d];
  return sum;
}
