/** Adam: moves an array of numbers against its slopes, the whole of it or only the rows that a batch touched. */

type Floats = Float32Array | Float64Array;

export interface AdamOptions {
  readonly learningRate: number;
  /** Share of each number taken away per step, times the learning rate (Loshchilov and Hutter 2019). Default 0. */
  readonly weightDecay?: number;
}

export interface Adam {
  /** Moves the whole array by `slopes`, which are sums over `rows` rows, and clears these. */
  step(slopes: Floats, rows?: number): void;
  /**
   * Moves the named rows of `width` numbers alone; row i of `slopes` belongs to `rows[i]`. The others and their moments stay as they
   * are: each batch sees few rows of a table of embeddings.
   */
  stepRows(rows: Int32Array, slopes: Floats, width: number): void;
}

/** Kingma and Ba (2015), with their default moments, kept in the precision of `values`. */
export function createAdam(values: Floats, { learningRate, weightDecay = 0 }: AdamOptions): Adam {
  const means = values.slice().fill(0);
  const squares = values.slice().fill(0);
  let steps = 0;
  let unbiasMean = 1;
  let unbiasSquare = 1;
  function begin(): void {
    steps++;
    unbiasMean = 1 / (1 - 0.9 ** steps);
    unbiasSquare = 1 / (1 - 0.999 ** steps);
  }
  function move(at: number, slopes: Floats, from: number, count: number, rows: number): void {
    for (let i = 0; i < count; i++) {
      const slope = slopes[from + i] / rows;
      const mean = means[at + i] + 0.1 * (slope - means[at + i]);
      const square = squares[at + i] + 0.001 * (slope * slope - squares[at + i]);
      means[at + i] = mean;
      squares[at + i] = square;
      const step = (mean * unbiasMean) / (Math.sqrt(square * unbiasSquare) + 1e-8);
      values[at + i] -= learningRate * (step + weightDecay * values[at + i]);
    }
  }
  return {
    step(slopes, rows = 1) {
      begin();
      move(0, slopes, 0, values.length, rows);
      slopes.fill(0);
    },
    stepRows(rows, slopes, width) {
      begin();
      for (let i = 0; i < rows.length; i++) move(rows[i] * width, slopes, i * width, width, 1);
    },
  };
}
