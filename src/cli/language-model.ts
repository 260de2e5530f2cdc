/** The judge of free answers for the practice loop: its evidence is shown, and where it fails the person ticks alone. */

import { judgeByModel, languageModelFrom } from "../node/language-model.ts";
import type { PracticeTalk } from "./practice-loop.ts";

/** Undefined without HEPTAD_LLM_URL. */
export function createJudge(env: Readonly<Record<string, string | undefined>>): PracticeTalk["judge"] {
  const model = languageModelFrom(env);
  if (model === undefined) return undefined;
  return async ({ prepared: { question } }, text) => {
    if (question.kind !== "explain" && question.kind !== "design") return { lines: [] };
    const judged = await judgeByModel(model, question, text);
    if (!judged.ok) return { lines: [`  ${judged.failure.message}; the ticks are a proposal from the words alone`] };
    const lines = judged.value.map(({ point, covered, quote, reason }) =>
      covered ? `  “${quote}”: ${point}` : `  not found: ${point}${reason === "" ? "" : ` (${reason})`}`,
    );
    return { ticks: judged.value.map(({ covered }) => covered), lines: ["  by the language model:", ...lines] };
  };
}
