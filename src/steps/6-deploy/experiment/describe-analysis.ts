/** An analysis in plain words: the verdict a reader can repeat, and nothing the numbers do not say. */

import type { Analysis, ArmReading, GuardrailReading } from "./analysis.ts";
import { formatLevel, formatPlain, formatSigned } from "./format-plain.ts";

/** One sentence per treated arm and guardrail, the warning first where the experiment cannot be read. */
export function describeAnalysis(analysis: Analysis): readonly string[] {
  if (!analysis.readable) {
    const found = analysis.doubts.filter((doubt) => doubt.holds === true && doubt.fatal).map((doubt) => doubt.name);
    return [`This experiment cannot be read: ${found.join(", ")}. Find the cause before looking at any effect.`];
  }
  return [
    ...analysis.arms.map((reading) => describeArm(analysis.metric, reading)),
    ...analysis.guardrails.map(describeGuardrail),
  ];
}

function describeArm(metric: string, reading: ArmReading): string {
  const { arm, control, comparison, lift, adjustedP, significant } = reading;
  const [low, high] = comparison.interval;
  const range = `${formatSigned(low)} to ${formatSigned(high)}`;
  const level = `${formatLevel(comparison.level)} % interval`;
  const relative = Number.isFinite(lift.lift)
    ? `, ${formatSigned(100 * lift.lift, 2)} % of the control${control < 0 ? "'s size" : ""}`
    : "";
  if (!significant && low * high > 0 && adjustedP > comparison.pValue)
    return `No effect of ${arm} on ${metric} is shown once the number of arms is counted: the change of ${formatSigned(comparison.effect)}${relative} has p = ${formatPlain(comparison.pValue)} alone and ${formatPlain(adjustedP)} among them.`;
  if (!significant && adjustedP <= 1 - comparison.level !== low * high > 0)
    return `It is not settled whether ${arm} moves ${metric}: the estimate is ${formatSigned(comparison.effect)}${relative}, and the test (p = ${formatPlain(adjustedP)}) and the ${level} from ${range} do not agree, as happens on the edge. More units would tell.`;
  if (!significant)
    return `No effect of ${arm} on ${metric} is shown: the estimate is ${formatSigned(comparison.effect)}${relative}, and anything in the ${level} from ${range} fits the data. That is not "no effect".`;
  const verb = comparison.effect > 0 ? "raises" : "lowers";
  return `${arm} ${verb} ${metric} by ${formatPlain(Math.abs(comparison.effect))}${relative} (${level} of the change ${range}).`;
}

function describeGuardrail({ guardrail, arm, result }: GuardrailReading): string {
  const { metric, margin } = guardrail;
  if (result.unitsWanted !== undefined) {
    const why = Number.isFinite(result.unitsWanted)
      ? `a few units carry its mean, and how much harm is excluded can be said from about ${result.unitsWanted.toLocaleString("en-US")} units in the smaller arm on`
      : "in one arm all units have the same value, so how much they vary is not known";
    return `${metric} is not shown to be safe under ${arm}: ${why}.`;
  }
  const bound = `harm of more than ${formatPlain(Math.max(0, result.harmAtMost))} is excluded`;
  switch (result.verdict) {
    case "protected":
      return `${metric} is protected under ${arm}: ${bound}, and the margin is ${formatPlain(margin)}.${result.worse ? " It did get worse, within the margin." : ""}`;
    case "harmed":
      return `${metric} is harmed by ${arm}: it is worse by ${formatPlain(result.harm)}, shown to be beyond the margin of ${formatPlain(margin)}.`;
    case "open":
      return `${metric} is not shown to be safe under ${arm}: ${bound}, but the margin is ${formatPlain(margin)}. More units are needed.`;
  }
}
