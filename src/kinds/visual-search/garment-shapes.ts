/** The outlines of the simulated garments: whether a place of the picture lies on one. */

/** From the most to the least frequent. */
export const GARMENTS: readonly string[] = [
  "t-shirt",
  "trousers",
  "dress",
  "long sleeve",
  "skirt",
  "shorts",
  "shoe",
  "hat",
];

type Cut = readonly [length: number, width: number, detail: number];
type Outline = (u: number, v: number, cut: Cut) => boolean;

/** u runs to the right and v down, both from -1 to 1 over the picture. */
export function isInside(kind: number, u: number, v: number, cut: Cut): boolean {
  return OUTLINES[kind](Math.abs(u), v, cut, u);
}

/** Symmetric in u but for the last, which is given u with its sign. */
const OUTLINES: readonly ((side: number, v: number, cut: Cut, u: number) => boolean)[] = [
  (s, v, cut) => torso(s, v, cut) || (s < 0.62 * cut[1] && v > -0.55 && v < -0.18 + 0.25 * (0.6 - s)),
  (s, v, [l, w, d]) => v > -0.75 && v < 0.8 * l && s < 0.34 * w + 0.06 * (v + 0.75) && (v < -0.3 || s > 0.05 * d),
  (s, v, [l, w]) => v > -0.7 && v < 0.75 * l && s < (v < -0.1 ? 0.24 * w : 0.24 * w + 0.42 * (v + 0.1)) && !neck(s, v),
  (s, v, cut) =>
    torso(s, v, cut) || (s < 0.4 * cut[1] + 0.38 * (v + 0.55) && s > 0.22 && v > -0.55 && v < 0.42 * cut[2]),
  (s, v, [l, w]) => v > -0.4 && v < 0.55 * l && s < 0.25 * w + 0.4 * (v + 0.4),
  (s, v, [l, w, d]) => v > -0.45 && v < 0.25 * l && s < 0.38 * w + 0.12 * (v + 0.45) && (v < -0.05 || s > 0.05 * d),
  (_s, v, [l, w], u) =>
    (v > 0.1 && v < 0.38 && u > -0.65 * l && u < 0.7 * l) ||
    (v > -0.3 * w && v <= 0.1 && u > -0.65 * l && u < -0.05 + 0.5 * (v + 0.3)),
  (s, v, [l, w]) =>
    (v > -0.4 * l && v < 0.15 && s * s + (v - 0.15) ** 2 < 0.2 * w) || (v >= 0.1 && v < 0.24 && s < 0.78 * w),
];

const torso: Outline = (s, v, [l, w]) => v > -0.55 && v < 0.6 * l && s < 0.36 * w && !neck(s, v);

function neck(s: number, v: number): boolean {
  return v < -0.42 && s < 0.12;
}
