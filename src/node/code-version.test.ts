import { describe, expect, it } from "vitest";
import { resultVersionOf } from "./code-version.ts";

describe("what a kept result depends on", () => {
  const of = (code: string, dependencies: Record<string, string>, node: string) =>
    resultVersionOf(code, dependencies, node);
  const usual = of("a1", { "@duckdb/node-api": "1.5.6", fastify: "5.0.0" }, "20.19.1");

  it("is another thing with other code, another engine, or another package that stages call", () => {
    expect(of("a2", { "@duckdb/node-api": "1.5.6", fastify: "5.0.0" }, "20.19.1")).not.toBe(usual);
    expect(of("a1", { "@duckdb/node-api": "1.5.6", fastify: "5.0.0" }, "22.3.0")).not.toBe(usual);
    expect(of("a1", { "@duckdb/node-api": "1.5.7", fastify: "5.0.0" }, "20.19.1")).not.toBe(usual);
    expect(of("a1", { "@duckdb/node-api": "1.5.6", fastify: "5.0.0", unheard: "1.0.0" }, "20.19.1")).not.toBe(usual);
  });

  it("is the same with another minor version of Node or another package that only prints", () => {
    expect(of("a1", { fastify: "6.0.0", "@duckdb/node-api": "1.5.6" }, "20.20.0")).toBe(usual);
  });
});
