/** Perplexity of a language model, from the negative log probabilities of the tokens. */

/** exp of the mean nats per token. It depends on the tokenizer: compare models with different ones by bits per byte. NaN for none. */
export function perplexity(nats: ArrayLike<number>): number {
  return Math.exp(meanOf(nats));
}

/** Mean bits per token: nats over ln 2. */
export function bitsPerToken(nats: ArrayLike<number>): number {
  return meanOf(nats) / Math.LN2;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
