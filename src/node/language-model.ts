/** Asks an OpenAI-compatible endpoint, when the user has named one, to grade free text against a rubric. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { type JudgedPoint, judgeMessages, readJudgement } from "../practice/judge-rubric.ts";
import type { RubricQuestion } from "../practice/question.ts";

export interface LanguageModel {
  /** The address up to `/chat/completions`, such as `http://localhost:11434/v1`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token where there is one. */
  readonly key: string | undefined;
}

const TIMEOUT_MS = 60_000;

/** From HEPTAD_LLM_URL, HEPTAD_LLM_MODEL and HEPTAD_LLM_KEY; undefined when no address is set, and then nothing is sent anywhere. */
export function languageModelFrom(env: Readonly<Record<string, string | undefined>>): LanguageModel | undefined {
  const url = env.HEPTAD_LLM_URL;
  if (url === undefined || url === "") return undefined;
  return { url: url.replace(/\/+$/u, ""), model: env.HEPTAD_LLM_MODEL ?? "default", key: env.HEPTAD_LLM_KEY };
}

/** Fails with what went wrong when the endpoint is down, slow, or does not answer point by point. */
export async function judgeByModel(
  { url, model, key }: LanguageModel,
  question: RubricQuestion,
  text: string,
): Promise<Outcome<readonly JudgedPoint[]>> {
  const failure = (message: string) =>
    fail({ code: "no-judgement", message, where: url, fix: "tick the points yourself, or check HEPTAD_LLM_URL" });
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (key !== undefined && key !== "") headers.authorization = `Bearer ${key}`;
  try {
    const response = await fetch(`${url}/chat/completions`, {
      method: "POST",
      headers,
      body: JSON.stringify({ model, temperature: 0, messages: judgeMessages(question, text) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return failure(`the language model answered with status ${response.status}`);
    const content = contentOf(await response.json());
    if (content === undefined) return failure("the language model sent no message");
    const judged = readJudgement(question, text, content);
    return judged.ok ? succeed(judged.value) : failure(judged.failure.message);
  } catch (error) {
    return failure(`the language model cannot be reached: ${error instanceof Error ? error.message : "unknown"}`);
  }
}

function contentOf(reply: unknown): string | undefined {
  if (typeof reply !== "object" || reply === null || !("choices" in reply) || !Array.isArray(reply.choices))
    return undefined;
  const [first]: unknown[] = reply.choices;
  if (typeof first !== "object" || first === null || !("message" in first)) return undefined;
  const { message } = first;
  if (typeof message !== "object" || message === null || !("content" in message)) return undefined;
  return typeof message.content === "string" ? message.content : undefined;
}
