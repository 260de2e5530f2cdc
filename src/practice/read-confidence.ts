/** Splits how sure somebody is from an answer: `1.2 GB @70`, `1.2 GB @70%`, `1.2 GB @0.7`. */

export interface SureAnswer {
  readonly typed: string;
  /** A share; above 1 where more than a hundred percent were written. */
  readonly confidence: number | undefined;
}

export function splitConfidence(text: string): SureAnswer {
  const match = /^(?<typed>.*\S)\s+@\s*(?<sure>\d{1,3}(?:\.\d+)?|\.\d+)\s*(?<percent>%?)\s*$/su.exec(text);
  if (match?.groups === undefined) return { typed: text, confidence: undefined };
  const { typed, sure, percent } = match.groups;
  // `0.8` and `1.0` are shares, `1` is one percent as `70` are seventy.
  const isShare = percent === "" && sure.includes(".") && Number(sure) <= 1;
  return { typed, confidence: isShare ? Number(sure) : Number(sure) / 100 };
}
