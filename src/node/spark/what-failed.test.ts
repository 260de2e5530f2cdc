import { status } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { type Fault, faultOf, missesFiles, missesOneOf, viewMadeBy } from "./what-failed.ts";

const IDS = { sessionId: "0c1b66a5-19a4", operationId: "48de1cc1-5282" };

describe("what a server's error says of a job", () => {
  it.each<[Fault, status, readonly string[]]>([
    ["job", status.NOT_FOUND, ["operation 48de1cc1-5282"]],
    [
      "job",
      status.INTERNAL,
      [
        "invalid argument: operation not found: 48de1cc1-5282",
        "[INVALID_HANDLE.OPERATION_ABANDONED] The handle 48de1cc1-5282 is invalid.",
        "[INVALID_CURSOR.POSITION_NOT_AVAILABLE] The cursor position is no longer available",
      ],
    ],
    ["session", status.INVALID_ARGUMENT, ["Session not found: 0c1b66a5-19a4"]],
    [
      "session",
      status.INTERNAL,
      [
        "invalid argument: session 0c1b66a5-19a4 is not running",
        "[INVALID_HANDLE.SESSION_CHANGED] The existing Spark server driver has restarted.",
      ],
    ],
    ["line", status.UNAVAILABLE, ["No connection established"]],
    [
      "line",
      status.INTERNAL,
      ["Received RST_STREAM with code 2", "[INVALID_CURSOR.DISCONNECTED] The cursor has been disconnected"],
    ],
    ["question", status.NOT_FOUND, ["Object at location work/cases.parquet not found"]],
    [
      "question",
      status.INTERNAL,
      [
        "operation not found: somebody else's",
        "Table not found: [TABLE_OR_VIEW_NOT_FOUND] Table or view not found: cases",
      ],
    ],
  ])("a %s, with code %d: %s", (fault, code, said) => {
    expect(said.map((details) => faultOf({ code, details }, IDS))).toEqual(said.map(() => fault));
  });
});

it("knows the views that a statement makes, and that a server misses one of them", () => {
  expect(viewMadeBy("CREATE OR REPLACE TEMPORARY VIEW `sum_1` AS SELECT 1")).toBe("sum_1");
  expect(viewMadeBy("CREATE VIEW v")).toBe("v");
  expect(viewMadeBy("INSERT OVERWRITE DIRECTORY 'a' SELECT * FROM a VIEW b")).toBeUndefined();
  const said = "[TABLE_OR_VIEW_NOT_FOUND] The table or view `sum_1` cannot be found.";
  expect(missesOneOf(["a", "sum_1"], said)).toBe(true);
  expect(missesOneOf(["sum", "a"], said)).toBe(false);
  expect(missesOneOf(["sum_1"], "column `sum_1` is ambiguous")).toBe(false);
});

it("takes only what names a file for a file that is not seen", () => {
  expect(missesFiles("Object at location data/x/cases-1.parquet not found: No such", "/data/x")).toBe(true);
  expect(missesFiles("[PATH_NOT_FOUND] Path does not exist: file:/data/x.", "/data/x")).toBe(true);
  expect(missesFiles('attribute ObjectName([Identifier("n")]) is missing from the schema', "/data/x")).toBe(true);
  expect(missesFiles("Table not found: [TABLE_OR_VIEW_NOT_FOUND] Table or view not found: w", "/data/x")).toBe(false);
  expect(missesFiles("invalid argument: operation not found: 48de1cc1", "/data/x")).toBe(false);
});
