/** A simulated catalogue: garments drawn as shapes with colour, pattern and cut, photographed from several poses in several lights. */

import type { Random } from "../../core/random.ts";
import type { PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import { GARMENTS, isInside } from "./garment-shapes.ts";

export interface CatalogueOptions {
  readonly items: number;
  /** Photos of an item, at least two. */
  readonly photos: number;
  readonly size: number;
}

export const USUAL_CATALOGUE: CatalogueOptions = { items: 480, photos: 4, size: 32 };

/** Share of items that a seller listed a second time under another number, with nearly the same photos. */
const LISTED_TWICE = 0.04;
/** Share of items that people put into a wrong class. */
const WRONG_LABELS = 0.02;

export interface Catalogue {
  readonly set: PictureSet;
  readonly label: Int32Array;
  readonly item: Int32Array;
  readonly classes: readonly string[];
  readonly planted: PlantedFaults;
}

/** What was drawn of the faults that real catalogues have, in items. */
export interface PlantedFaults {
  /** In another class than their own. */
  readonly mislabelled: number;
  /** Drawn once more from an earlier item. */
  readonly listedAgain: number;
}

interface Garment {
  readonly kind: number;
  readonly colour: readonly number[];
  readonly second: readonly number[];
  readonly pattern: number;
  readonly scale: number;
  /** Length, width and neckline or leg of the cut, each about 1. */
  readonly cut: readonly [number, number, number];
}

interface Pose {
  readonly angle: number;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly light: readonly number[];
  readonly ground: readonly number[];
  readonly slope: number;
}

/** Classes are unequal: the k-th is drawn with weight 1 / (k + 2). The same options and seed give the same bytes. */
export function drawCatalogue({ items, photos, size }: CatalogueOptions, random: Random): Catalogue {
  const count = items * photos;
  const pixels = new Uint8Array(count * size * size * 3);
  const label = new Int32Array(count);
  const item = new Int32Array(count);
  const drawn: { readonly garment: Garment; readonly poses: readonly Pose[] }[] = [];
  let [mislabelled, listedAgain] = [0, 0];
  for (let one = 0; one < items; one++) {
    const again = one > 0 && random.uniform() < LISTED_TWICE ? drawn[random.below(drawn.length)] : undefined;
    const garment = again?.garment ?? drawGarment(random);
    const poses =
      again?.poses.map((pose) => nudge(pose, random)) ?? Array.from({ length: photos }, () => drawPose(random));
    drawn.push({ garment, poses });
    const isWrong = random.uniform() < WRONG_LABELS;
    // A class that is drawn at will is the right one now and then.
    const named = isWrong ? random.below(GARMENTS.length) : garment.kind;
    if (named !== garment.kind) mislabelled++;
    if (again !== undefined) listedAgain++;
    for (const [at, pose] of poses.entries()) {
      const photo = one * photos + at;
      label[photo] = named;
      item[photo] = one;
      paint(garment, pose, size, random, pixels, photo * size * size * 3);
    }
  }
  return {
    set: { count, size, channels: 3, pixels },
    label,
    item,
    classes: GARMENTS,
    planted: { mislabelled, listedAgain },
  };
}

function drawGarment(random: Random): Garment {
  const colour = (): number[] => Array.from({ length: 3 }, () => 20 + random.below(150));
  const around = (): number => 1 + 0.22 * (2 * random.uniform() - 1);
  return {
    kind: unequal(random),
    colour: colour(),
    second: colour(),
    pattern: random.below(4),
    scale: 4 + 6 * random.uniform(),
    cut: [around(), around(), around()],
  };
}

function unequal(random: Random): number {
  const weights = GARMENTS.map((_, kind) => 1 / (kind + 2));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return found < 0 ? GARMENTS.length - 1 : found;
}

function drawPose(random: Random): Pose {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const light = between(0.65, 1.25);
  return {
    angle: 0.15 * random.normal(),
    zoom: between(0.85, 1.15),
    x: between(-0.12, 0.12),
    y: between(-0.12, 0.12),
    light: Array.from({ length: 3 }, () => light * between(0.9, 1.1)),
    ground: Array.from({ length: 3 }, () => between(130, 250)),
    slope: between(-40, 40),
  };
}

/** The same photo after another upload: hardly moved, a little lighter or darker. */
function nudge(pose: Pose, random: Random): Pose {
  const factor = 1 + 0.03 * random.normal();
  return { ...pose, x: pose.x + 0.004 * random.normal(), light: pose.light.map((value) => value * factor) };
}

function paint(garment: Garment, pose: Pose, size: number, random: Random, pixels: Uint8Array, at: number): void {
  const [sine, cosine] = [Math.sin(pose.angle), Math.cos(pose.angle)];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const x = (2 * (column + 0.5)) / size - 1 - pose.x;
      const y = (2 * (row + 0.5)) / size - 1 - pose.y;
      const u = (x * cosine + y * sine) / pose.zoom;
      const v = (y * cosine - x * sine) / pose.zoom;
      const inside = isInside(garment.kind, u, v, garment.cut);
      const tint = inside && patterned(garment, u, v) ? garment.second : garment.colour;
      for (let c = 0; c < 3; c++) {
        const plain = inside ? tint[c] * (1 - 0.15 * u) : pose.ground[c] + pose.slope * y;
        pixels[at++] = Math.max(0, Math.min(255, Math.round(plain * pose.light[c] + 4 * random.normal())));
      }
    }
  }
}

/** Plain, stripes, checks or dots. */
function patterned({ pattern, scale }: Garment, u: number, v: number): boolean {
  if (pattern === 1) return Math.sin(scale * 2 * v) > 0.2;
  if (pattern === 2) return Math.sin(scale * u) * Math.sin(scale * v) > 0;
  return pattern === 3 && Math.sin(scale * u) + Math.sin(scale * v) > 1.2;
}
