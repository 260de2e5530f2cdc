/** A calibration, whichever of the two it is: fitted on scores of rounds that a model did not learn from, stored as JSON, applied to a score. */

import { type Outcome, succeed } from "../../../core/outcome.ts";
import { plainJson } from "../../../system/canonical-json.ts";
import type { Json } from "../../../system/stage.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import type { CalibrationMethod } from "../../4-model/train/classifier-plan.ts";
import type { CalibrationRows } from "./calibration-rows.ts";
import { applyIsotonicCalibration, fitIsotonicCalibration, type IsotonicCalibration } from "./isotonic-calibration.ts";
import { applyPlattScaling, fitPlattScaling, type PlattScaling } from "./platt-scaling.ts";

export type Calibration = PlattScaling | IsotonicCalibration | { readonly method: "none" };

/** Fits by the method asked for; fails where the rows hold one class only. */
export function fitCalibration(method: CalibrationMethod, rows: CalibrationRows): Outcome<Calibration> {
  if (method === "none") return succeed({ method });
  return method === "platt" ? fitPlattScaling(rows) : fitIsotonicCalibration(rows);
}

/** The probability that a score stands for; without a calibration the score is read as log-odds. */
export function probabilityOf(calibration: Calibration, score: number): number {
  if (calibration.method === "platt") return applyPlattScaling(calibration, score);
  return calibration.method === "isotonic" ? applyIsotonicCalibration(calibration, score) : sigmoid(score);
}

export function calibrationToJson(calibration: Calibration): Json {
  return plainJson(calibration);
}
