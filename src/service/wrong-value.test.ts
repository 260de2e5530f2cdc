import Fastify from "fastify";
import { expect, test } from "vitest";
import { z } from "zod";
import { describeError } from "./wrong-request.ts";
import { sayWrongValue } from "./wrong-value.ts";

const FLAG = /^(?:[Tt]rue|TRUE|[Yy]es|[Nn]o|[Nn])$/u;
const schema = z.strictObject({
  id: z.string().min(1).max(8),
  at: z.number().optional(),
  values: z.strictObject({
    amount: z.number().nullable(),
    flag: z.union([z.number(), z.boolean(), z.string().regex(FLAG)]).nullable(),
    way: z.enum(["card", "cash"]).optional(),
    share: z.number().gt(0).max(1).optional(),
    who: z.union([z.string(), z.int()]).optional(),
  }),
  seen: z.array(z.string()).min(1).max(2).optional(),
});
const right = { id: "a", values: { amount: 1, flag: true } };

async function refusalOf(body: unknown): Promise<string> {
  const app = Fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, verbose: true } } });
  app.post("/ask", { schema: { body: z.toJSONSchema(schema, { target: "draft-7" }) } }, () => ({ ok: true }));
  app.setErrorHandler((error, _, reply) => {
    const { status, body: said } = describeError(error);
    return reply.code(status).send(said);
  });
  const answer = await app.inject({ method: "POST", url: "/ask", payload: Object(body) });
  return answer.statusCode === 200 ? "" : String(answer.json().message);
}

const values = (more: object): object => ({ ...right, values: { ...right.values, ...more } });

test.each([
  [right, ""],
  [{ values: right.values }, "`id` is left out, and is asked for"],
  [{ ...right, values: { flag: true } }, "`values.amount` is left out, and is asked for"],
  [values({ amount: "12" }), '`values.amount` is "12", but must be a number without quotes or null'],
  [
    values({ flag: "maybe" }),
    '`values.flag` is "maybe", but must be a number without quotes, true or false, "true", "yes", "no" or "n" or null',
  ],
  [values({ way: "cheque" }), '`values.way` is "cheque", but must be "card" or "cash"'],
  [values({ share: 0 }), "`values.share` is 0, but must be above 0"],
  [values({ share: 2 }), "`values.share` is 2, but must be at most 1"],
  [
    values({ colour: 1 }),
    "`values.colour` is nothing that `values` holds; it holds `amount`, `flag`, `way`, `share`, `who`",
  ],
  [{ ...right, id: "" }, '`id` is "", but must be a text that is not empty'],
  [{ ...right, id: "123456789" }, '`id` is "123456789", but must be 8 letters at most'],
  [{ ...right, seen: ["a", 3] }, "`seen[1]` is 3, but must be a text in quotes"],
  [{ ...right, seen: [] }, "`seen` is [], but must be a list that is not empty"],
])("%j is refused as: %s", async (body, said) => {
  expect(await refusalOf(body)).toBe(said);
});

test("one of several forms is told as a list of them", async () => {
  expect(await refusalOf(values({ who: null }))).toBe(
    "`values.who` is null, but must be a text in quotes or a whole number without quotes",
  );
});

test("no refusal speaks of schemas, patterns or JSON's own names for what must be", async () => {
  for (const body of [values({ flag: "maybe" }), values({ amount: [] }), { ...right, seen: {} }, [], "x", { id: 1 }])
    expect(await refusalOf(body)).not.toMatch(/schema|pattern|anyOf|must NOT|body\//u);
});

test("what it cannot read it leaves to the checker", () => {
  expect(sayWrongValue([])).toBeUndefined();
  expect(sayWrongValue(["what"])).toBeUndefined();
  expect(sayWrongValue([{ keyword: "if", instancePath: "" }])).toBeUndefined();
});
