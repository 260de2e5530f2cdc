import { expect, it } from "vitest";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { describeError } from "./wrong-request.ts";

const withStatus = (statusCode: number, more: object = {}): Error =>
  Object.assign(new Error("disk /var/x is full"), { statusCode, ...more });

it("tells nothing of the inside where the fault is ours, whatever number the error carries", () => {
  for (const error of [new Error("disk /var/x is full"), withStatus(500), withStatus(502), withStatus(200), "thrown"])
    expect(describeError(error)).toEqual({
      status: 500,
      body: { error: "fault", message: "the service has a fault here; its log has the details" },
    });
});

it("tells a caller what is wrong with the request", () => {
  expect(describeError(withStatus(400))).toEqual({
    status: 400,
    body: { error: "bad-request", message: "disk /var/x is full" },
  });
  expect(describeError(withStatus(499)).status).toBe(499);
  expect(describeError(withStatus(413)).body.error).toBe("too-long");
  expect(describeError(withStatus(415)).body.message).toContain("content-type: application/json");
  const extra = withStatus(400, {
    validation: [
      {
        keyword: "additionalProperties",
        instancePath: "/values",
        params: { additionalProperty: "colour" },
        parentSchema: { properties: { size: {}, price: {} } },
      },
    ],
  });
  expect(describeError(extra).body.message).toBe(
    "`values.colour` is nothing that `values` holds; it holds `size`, `price`",
  );
  const { error } = z.object({ member: z.object({ id: z.string() }) }).safeParse({ member: { id: 3 } });
  expect(describeError(error)).toMatchObject({ status: 400, body: { error: "bad-request" } });
  expect(describeError(error).body.message).toMatch(/^`member\.id`: /u);
});

it("says that what it waits for does not answer, by the failure's own name", () => {
  const failure = new FailureError({ code: "no-store", message: "the store does not answer" });
  expect(describeError(failure)).toEqual({
    status: 503,
    body: { error: "no-store", message: "the store does not answer" },
  });
});
