/** A tool that an agent may call: what it takes, what it does, and the project that it may touch. */

import type { z } from "zod";

/** What every tool works in. */
export interface ToolProject {
  /** The real path of the project's folder; nothing is written outside of it. */
  readonly root: string;
  /** The program that runs a design in a process of its own. */
  readonly program: string;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For the agent: what it gives and when to call it. */
  readonly description: string;
  readonly input: z.ZodObject;
  /** Whether it leaves the project's files as they are. */
  readonly readOnly: boolean;
  /** The answer as plain data. Throws a `FailureError` for what the caller can mend. */
  run(given: unknown, project: ToolProject): Promise<unknown>;
}

/** A tool with the type of what it takes closed over. */
export function tool<Input extends z.ZodObject>(definition: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly readOnly: boolean;
  run(given: z.output<Input>, project: ToolProject): Promise<unknown>;
}): Tool {
  return { ...definition, run: (given, project) => definition.run(definition.input.parse(given), project) };
}
