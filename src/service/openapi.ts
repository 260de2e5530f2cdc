/** The service's own description: OpenAPI 3.1 out of the schemas that its requests and answers are held against. */

import { z } from "zod";
import { isJsonObject } from "../system/canonical-json.ts";
import type { ServedEndpoint, ServedUpload } from "../system/served-system.ts";
import type { Json } from "../system/stage.ts";

/** What any request may be answered with instead. */
export const errorSchema = z.strictObject({
  error: z.string().meta({ description: "A short name of what is wrong" }),
  message: z.string().meta({ description: "What is wrong, and what to do" }),
});

export interface PlainRoute {
  readonly method: "get" | "post";
  readonly path: string;
  readonly summary: string;
  readonly contentType: string;
  readonly request?: z.ZodType;
  /** Whether a request without a body is answered as one with `{}`. */
  readonly mayBeEmpty?: boolean;
  readonly response?: z.ZodType;
  /** Answers besides 200, by status. */
  readonly others?: Readonly<Record<string, string>>;
}

export interface Described {
  readonly title: string;
  readonly version: string;
  readonly endpoints: readonly ServedEndpoint[];
  readonly uploads: readonly ServedUpload[];
  readonly routes: readonly PlainRoute[];
  readonly needsToken: boolean;
}

/** What any request may be answered with, whatever it is about. */
const ANY_REFUSAL: Readonly<Record<string, string>> = {
  "400": "The request is not what the schema says, or no HTTP",
  "403": "The request comes from elsewhere",
  "405": "The path answers to other methods alone: those of `Allow`",
  "408": "The request came too slowly",
  "429": "This caller asks more often than it may: try again after `Retry-After` seconds",
  "431": "The headers of the request are too long",
  "500": "A fault of the service; it is in its log",
};

/** What one with a body may be answered with besides. */
const BODY_REFUSAL: Readonly<Record<string, string>> = {
  "413": "The request is too long",
  "415": "The request is no JSON",
  "503": "The service is busy, is ending, or cannot remember: try again after `Retry-After` seconds",
};

const RETRY_AFTER = { "retry-after": { description: "Seconds", schema: { type: "integer" } } };
/** Headers of the answers by which a caller acts. */
const HEADERS: Readonly<Record<string, Json>> = {
  "401": { "www-authenticate": { description: "Bearer", schema: { type: "string" } } },
  "405": { allow: { description: "The methods, with commas between them", schema: { type: "string" } } },
  "429": RETRY_AFTER,
  "503": RETRY_AFTER,
};

export function describeService({ title, version, endpoints, uploads, routes, needsToken }: Described): Json {
  const security: Json = needsToken ? [{ token: [] }] : [];
  const any = { ...ANY_REFUSAL, ...(needsToken ? { "401": "The token is missing" } : {}) };
  const refusals = { ...any, ...BODY_REFUSAL };
  const paths: Record<string, Json> = {};
  for (const { path, summary, request, response, example, conflict } of endpoints) {
    paths[path] = {
      post: {
        summary,
        operationId: path.slice(1).replaceAll("/", "-"),
        security,
        requestBody: { required: true, content: { "application/json": { schema: schemaOf(request), example } } },
        responses: {
          "200": answerOf(response),
          ...errorsOf({ ...refusals, ...(conflict === undefined ? {} : { "409": conflict }) }),
        },
      },
    };
  }
  for (const { path, summary, types, query, response } of uploads) {
    const { properties } = objectOf(schemaOf(query));
    paths[path] = {
      post: {
        summary,
        operationId: path.slice(1).replaceAll("/", "-"),
        security,
        parameters: Object.entries(objectOf(properties)).map(([name, schema]) => ({
          name,
          in: "query",
          required: false,
          schema,
        })),
        requestBody: {
          required: true,
          content: Object.fromEntries(
            types.map((type) => [
              type,
              { schema: {}, examples: { photo: { summary: "A photo", externalValue: examplePath(path) } } },
            ]),
          ),
        },
        responses: {
          "200": answerOf(response),
          ...errorsOf({
            ...refusals,
            "415": `The request is sent as none of ${types.join(", ")}`,
            "422": "The bytes are no photo that can be read; `message` says why",
          }),
        },
      },
    };
  }
  for (const { method, path, summary, contentType, request, mayBeEmpty = false, response, others = {} } of routes) {
    const before = paths[path];
    paths[path] = {
      ...(typeof before === "object" && before !== null && !Array.isArray(before) ? before : {}),
      [method]: {
        summary,
        operationId: `${method}-${path.slice(1).replaceAll(/[/.]/gu, "-")}`,
        security: path === "/health" || path === "/ready" ? [] : security,
        ...(request === undefined
          ? {}
          : {
              requestBody: {
                required: !mayBeEmpty,
                content: {
                  "application/json": { schema: schemaOf(request) },
                },
              },
            }),
        responses: {
          "200": {
            description: "The answer",
            content: { [contentType]: response === undefined ? {} : { schema: schemaOf(response) } },
          },
          ...errorsOf({ ...(request === undefined ? any : refusals), ...others }),
        },
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: { title, version },
    paths,
    components: {
      schemas: { Error: schemaOf(errorSchema) },
      ...(needsToken ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
    },
  };
}

function answerOf(response: z.ZodType): Json {
  return {
    description: "The answer",
    headers: {
      "x-heptad-model": { description: "The model that answered", schema: { type: "string" } },
      "x-heptad-degraded": {
        description: "What was left out for lateness; absent for a whole answer",
        schema: { type: "string" },
      },
      "x-heptad-arm": {
        description: "The experiment's arm of whom it is about; absent where they are in none",
        schema: { type: "string" },
      },
    },
    content: { "application/json": { schema: schemaOf(response) } },
  };
}

function objectOf(json: Json): { readonly [key: string]: Json } {
  return isJsonObject(json) ? json : {};
}

function errorsOf(statuses: Readonly<Record<string, string>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(statuses).map(([status, description]) => [
      status,
      {
        description,
        ...(HEADERS[status] === undefined ? {} : { headers: HEADERS[status] }),
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    ]),
  );
}

/** A JSON Schema of the dialect that OpenAPI 3.1 speaks. */
function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = JSON.parse(JSON.stringify(z.toJSONSchema(schema)));
  return rest;
}

/** Where the example of an upload is. */
export function examplePath(path: string): string {
  return `${path}/example`;
}

/** The examples, as routes that are described beside the others. */
export function exampleRoutes(uploads: readonly ServedUpload[]): readonly PlainRoute[] {
  return uploads.map(({ path, example }) => ({
    method: "get",
    path: examplePath(path),
    summary: `A photo to try ${path} with`,
    contentType: example.type,
  }));
}
