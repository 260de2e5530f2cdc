/** The softmax over a batch's own items, each corrected for how often it gets into a batch: loss and derivatives. */

/** A batch's logits with what was chosen. */
export interface SoftmaxBatch {
  /** Rows x columns: a unit's score for each item of the batch. Left holding the loss's derivatives by them. */
  readonly logits: Float32Array;
  readonly rows: number;
  readonly columns: number;
  /** For each column, the logarithm of the chance that its item gets into a batch. */
  readonly logChance: Float32Array;
  /** Rows x columns: the weight of a chosen item, 0 for one that competes, -1 for one that is left out. */
  readonly wanted: Float32Array;
}

/**
 * The mean over chosen items t of -log(e^(s_t - log q_t) / sum_j e^(s_j - log q_j)), weighted: Yi et al. (2019), "Sampling-bias-corrected
 * neural modeling for large corpus item recommendations", equations 5 and 6. Without the correction a popular item would be punished for
 * being in every batch; with it the scores estimate those of a softmax over all items. 0 where nothing is chosen.
 */
export function inBatchSoftmax({ logits, rows, columns, logChance, wanted }: SoftmaxBatch): number {
  let total = 0;
  for (let at = 0; at < rows * columns; at++) if (wanted[at] > 0) total += wanted[at];
  if (total === 0) {
    logits.fill(0, 0, rows * columns);
    return 0;
  }
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) {
      if (wanted[start + j] < 0) continue;
      logits[start + j] -= logChance[j];
      if (logits[start + j] > most) most = logits[start + j];
    }
    let sum = 0;
    let weight = 0;
    for (let j = 0; j < columns; j++) {
      const chosen = wanted[start + j];
      if (chosen < 0) {
        logits[start + j] = 0;
        continue;
      }
      if (chosen > 0) {
        weight += chosen;
        loss -= chosen * (logits[start + j] - most);
      }
      logits[start + j] = Math.exp(logits[start + j] - most);
      sum += logits[start + j];
    }
    if (weight === 0) {
      logits.fill(0, start, start + columns);
      continue;
    }
    loss += weight * Math.log(sum);
    const scale = weight / (sum * total);
    for (let j = 0; j < columns; j++) {
      const chosen = wanted[start + j];
      if (chosen >= 0) logits[start + j] = logits[start + j] * scale - chosen / total;
    }
  }
  return loss / total;
}
