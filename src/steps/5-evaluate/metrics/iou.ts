/** Intersection over union of two boxes. */

/** Corners of a box, first the smaller ones. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/**
 * Whether corners are points of the plane (`continuous`, the default) or whole pixels that belong to the box, which adds 1 to each
 * side (`inclusive pixels`, as in PASCAL VOC's code).
 */
export type CornerMeaning = "continuous" | "inclusive pixels";

/** Area of the overlap over area of the union; 0 for boxes apart. NaN when both boxes are empty. */
export function iou(a: Box, b: Box, corners: CornerMeaning = "continuous"): number {
  const shared = overlap(a, b, corners);
  return shared / (areaOf(a, corners) + areaOf(b, corners) - shared);
}

/** Twice the overlap over the sum of both areas: the F1 of pixels. */
export function dice(a: Box, b: Box, corners: CornerMeaning = "continuous"): number {
  return (2 * overlap(a, b, corners)) / (areaOf(a, corners) + areaOf(b, corners));
}

function overlap(a: Box, b: Box, corners: CornerMeaning): number {
  return areaOf([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])], corners);
}

function areaOf([x1, y1, x2, y2]: Box, corners: CornerMeaning): number {
  const extra = corners === "continuous" ? 0 : 1;
  return Math.max(0, x2 - x1 + extra) * Math.max(0, y2 - y1 + extra);
}
