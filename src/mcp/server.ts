/** A server of the Model Context Protocol: an agent proposes, Heptad judges. */

import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ZodError } from "zod";
import type { Failure } from "../core/outcome.ts";
import { FailureError } from "../core/outcome.ts";
import { formatPlace } from "../core/span.ts";
import { interviewTurnTool } from "./interview-tool.ts";
import { gradeAnswerTool, practiceQuestionTool } from "./practice-tools.ts";
import { checkTool, estimateTool, explainTool } from "./review-tools.ts";
import { compareTool, runTool } from "./run-tools.ts";
import type { Tool, ToolProject } from "./tool.ts";

/** All tools, in the order they are listed. */
export const TOOLS: readonly Tool[] = [
  checkTool,
  explainTool,
  estimateTool,
  runTool,
  compareTool,
  practiceQuestionTool,
  gradeAnswerTool,
  interviewTurnTool,
];

const INSTRUCTIONS =
  "Heptad judges designs of machine-learning systems. Write or change a note, call check, mend what it finds, call estimate and run, and quote " +
  "figures only as they come back, with their intervals. Never state a figure that no tool gave.";

/** A server that is ready to be connected. `failureOf` makes a failure of whatever else was thrown. */
export function createMcpServer(
  project: ToolProject,
  version: string,
  failureOf: (error: unknown) => Failure,
): McpServer {
  const server = new McpServer({ name: "heptad", version }, { instructions: INSTRUCTIONS });
  for (const { name, title, description, input, readOnly, run } of TOOLS) {
    const annotations = { readOnlyHint: readOnly, destructiveHint: false, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema: input, annotations }, async (given: unknown) => {
      try {
        const answer = await run(given, project);
        const text = typeof answer === "string" ? answer : JSON.stringify(answer, null, 1);
        return { content: [{ type: "text", text }] };
      } catch (error) {
        return { isError: true, content: [{ type: "text", text: textOf(failureIn(error, failureOf)) }] };
      }
    });
  }
  return server;
}

function failureIn(error: unknown, failureOf: (error: unknown) => Failure): Failure {
  if (error instanceof FailureError) return error.failure;
  if (error instanceof ZodError) {
    const [{ path, message }] = error.issues;
    return { code: "bad-argument", message: `\`${path.join(".")}\`: ${message}`, fix: "mend the argument" };
  }
  return failureOf(error);
}

function textOf({ code, message, where, at, fix }: Failure): string {
  const place = at === undefined ? where : formatPlace(at);
  return [
    `error[${code}] ${message}`,
    ...(place === undefined ? [] : [place]),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ].join("\n");
}
