/** Eigenvalues and eigenvectors of a real symmetric matrix: Householder tridiagonalization, then QL with implicit shifts. */

/** `vectors` is n x n by rows, column j the unit eigenvector of `values[j]`; values ascend. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Decomposes the n x n matrix (row by row; only the lower triangle is read). Golub and Van Loan, Matrix Computations,
 * 4th edition, sections 8.3.1 and 8.3.3. Errors are a few units of roundoff times the largest eigenvalue, also where most eigenvalues are
 * 0: the matrix is scaled so that no square of an element that counts leaves the range of numbers. Throws where one is NaN or Infinity.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  let largest = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) largest = Math.max(largest, Math.abs(matrix[i * n + j]));
  if (!Number.isFinite(largest)) throw new Error("the matrix holds NaN or Infinity: it has no eigenvalues");
  // A power of two scales without rounding.
  const scale = largest === 0 ? 1 : 2 ** Math.max(-1000, Math.floor(Math.log2(largest)));
  const vectors = matrix.map((value) => value / scale);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) vectors[i * n + j] = vectors[j * n + i];
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalize(vectors, diagonal, beside, n);
  // QL turns columns of the vectors; transposed, they are rows and lie together in memory.
  const columns = transposed(vectors, n);
  diagonalize(diagonal, beside, columns, n);
  const order = [...diagonal.keys()].sort((a, b) => diagonal[a] - diagonal[b]);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) sorted[i * n + to] = columns[from * n + i];
  });
  return { values: Float64Array.from(order, (from) => diagonal[from] * scale), vectors: sorted };
}

/**
 * Reduces `a` to tridiagonal form by n - 2 reflections H = I - scale v v', each clearing a column below the subdiagonal, and
 * leaves the product of the reflections in `a`. `beside[i]` is the element between i and i + 1.
 */
function tridiagonalize(a: Float64Array, diagonal: Float64Array, beside: Float64Array, n: number): void {
  const reflections: { readonly v: Float64Array; readonly scale: number }[] = [];
  for (let k = 0; k < n - 1; k++) {
    const { v, scale, norm } = reflectionOf(a, k, n);
    beside[k] = norm;
    reflections.push({ v, scale });
    if (scale !== 0) applyBothSides(a, v, scale, k + 1, n);
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i];
  a.fill(0);
  for (let i = 0; i < n; i++) a[i * n + i] = 1;
  for (let k = n - 2; k >= 0; k--) applyLeft(a, reflections[k].v, reflections[k].scale, k + 1, n);
}

/** Beside a largest element of 1 this is no element: its square is still a number, that of much less is not, and turns would be lost. */
const NOTHING = 1e-140;

/** The reflection that turns column k below the diagonal into (norm, 0, ..., 0); none where only nothing is to be cleared. */
function reflectionOf(a: Float64Array, k: number, n: number): { v: Float64Array; scale: number; norm: number } {
  const v = new Float64Array(n);
  let square = 0;
  let rest = 0;
  for (let i = k + 1; i < n; i++) {
    v[i] = a[i * n + k];
    square += v[i] * v[i];
    if (i > k + 1) rest += v[i] * v[i];
  }
  if (rest <= NOTHING ** 2) return { v, scale: 0, norm: v[k + 1] };
  const norm = v[k + 1] > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  v[k + 1] -= norm;
  return { v, scale: 2 / (rest + v[k + 1] * v[k + 1]), norm };
}

/** a = H a H on the square from `start` on, as a rank-two update a - v w' - w v'. */
function applyBothSides(a: Float64Array, v: Float64Array, scale: number, start: number, n: number): void {
  const w = new Float64Array(n);
  let along = 0;
  for (let i = start; i < n; i++) {
    let sum = 0;
    for (let j = start; j < n; j++) sum += a[i * n + j] * v[j];
    w[i] = scale * sum;
    along += w[i] * v[i];
  }
  for (let i = start; i < n; i++) w[i] -= 0.5 * scale * along * v[i];
  for (let i = start; i < n; i++) {
    for (let j = start; j < n; j++) a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
  }
}

function applyLeft(a: Float64Array, v: Float64Array, scale: number, start: number, n: number): void {
  if (scale === 0) return;
  const sums = new Float64Array(n);
  for (let i = start; i < n; i++) for (let j = start; j < n; j++) sums[j] += v[i] * a[i * n + j];
  for (let i = start; i < n; i++) for (let j = start; j < n; j++) a[i * n + j] -= scale * v[i] * sums[j];
}

function transposed(a: Float64Array, n: number): Float64Array {
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) turned[j * n + i] = a[i * n + j];
  return turned;
}

/** Sweeps for one eigenvalue, of which two or three are usual, before an element of roundoff counts as none. */
const PATIENCE = 30;

/** Diagonalizes the tridiagonal matrix by QL sweeps with Wilkinson's shift, turning the rows of `vectors` along. */
function diagonalize(diagonal: Float64Array, beside: Float64Array, vectors: Float64Array, n: number): void {
  const largest = diagonal.reduce((most, value, i) => Math.max(most, Math.abs(value), Math.abs(beside[i])), 0);
  for (let low = 0; low < n; low++) {
    for (let sweep = 0; ; sweep++) {
      // Among eigenvalues of 0 what stands on and beside the diagonal is roundoff, and may never become small beside itself.
      const roundoff = sweep < PATIENCE ? NOTHING : Number.EPSILON * largest;
      let high = low;
      while (high < n - 1) {
        const size = Math.abs(diagonal[high]) + Math.abs(diagonal[high + 1]);
        if (Math.abs(beside[high]) <= Math.max(Number.EPSILON * size, roundoff)) break;
        high++;
      }
      if (high === low) break;
      if (sweep === 2 * PATIENCE) throw new Error("the eigenvalues did not converge");
      sweepOnce(diagonal, beside, vectors, low, high, n);
    }
  }
}

function sweepOnce(
  d: Float64Array,
  e: Float64Array,
  vectors: Float64Array,
  low: number,
  high: number,
  n: number,
): void {
  const half = (d[low + 1] - d[low]) / (2 * e[low]);
  const root = Math.sqrt(half * half + 1);
  let g = d[high] - d[low] + e[low] / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.sqrt(f * f + g * g);
    if (i + 1 < n) e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= shift;
      e[high] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    const gap = d[i + 1] - shift;
    const t = (d[i] - gap) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = gap + shift;
    g = cosine * t - b;
    turnRows(vectors, i * n, n, cosine, sine);
  }
  d[low] -= shift;
  e[low] = g;
  e[high] = 0;
}

/** Turns two rows of n numbers, one after the other from `at` on, by an angle. */
function turnRows(rows: Float64Array, at: number, n: number, cosine: number, sine: number): void {
  for (let low = at, high = at + n; low < at + n; low++, high++) {
    const lower = rows[low];
    const upper = rows[high];
    rows[high] = sine * lower + cosine * upper;
    rows[low] = cosine * lower - sine * upper;
  }
}
