/** Forms of requests. */

import { expect, test } from "vitest";
import { z } from "zod";
import { bodyOf, exampleValues, formOf } from "./request-form.ts";

const schemaOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { target: "draft-7" });
const payment = z.strictObject({
  id: z.string(),
  amount: z.number().meta({ description: "In euros" }),
  time: z.int().optional(),
  fraud: z.boolean().optional(),
  by: z.enum(["card", "phone"]).optional(),
});

test("a flat request has a field a value, with what is said of it, and goes back as it came", () => {
  const form = formOf(schemaOf(payment));
  if (form === undefined) throw new Error("it is flat");
  expect(form.fields).toEqual(
    [
      { name: "id", about: "", kind: "text", choices: [], isRequired: true },
      { name: "amount", about: "In euros", kind: "number", choices: [], isRequired: true },
      { name: "time", about: "", kind: "number", choices: [], isRequired: false },
      { name: "fraud", about: "", kind: "boolean", choices: ["true", "false"], isRequired: false },
      { name: "by", about: "", kind: "text", choices: ["card", "phone"], isRequired: false },
    ].map((field) => ({ ...field, path: [field.name], isNullable: false })),
  );
  const example = { id: "7", amount: 12.5, fraud: false };
  const values = exampleValues(form, example);
  expect(values).toEqual({ id: "7", amount: "12.5", time: "", fraud: "false", by: "" });
  expect(payment.parse(bodyOf(form, values))).toEqual(example);
  expect(bodyOf(form, { ...values, amount: "12,5" })).toMatchObject({ amount: "12,5" });
});

test("a request that is one list of flat things has the fields of one of them", () => {
  const form = formOf(schemaOf(z.strictObject({ payments: z.array(payment).min(1) })));
  if (form === undefined) throw new Error("it is a list of flat things");
  expect([form.list, form.fields.length]).toEqual(["payments", 5]);
  const values = exampleValues(form, { payments: [{ id: "7", amount: 1 }] });
  expect(bodyOf(form, { ...values, amount: "2" })).toEqual({ payments: [{ id: "7", amount: 2 }] });
});

test("a thing in a thing has its fields too; a number or a name is sent as what it reads as, and nothing as null", () => {
  const who = z.union([z.string().min(1), z.int()]).nullable();
  const number = z.union([z.number(), z.boolean()]).nullable();
  const schema = z.strictObject({
    id: z.string(),
    entities: z.strictObject({ user: who, ad: who }),
    values: z.strictObject({ hour: number }).optional(),
  });
  const form = formOf(schemaOf(schema));
  if (form === undefined) throw new Error("it has a form");
  expect(form.fields.map(({ name, kind, isRequired, isNullable }) => [name, kind, isRequired, isNullable])).toEqual([
    ["id", "text", true, false],
    ["entities.user", "any", true, true],
    ["entities.ad", "any", true, true],
    ["values.hour", "number", false, true],
  ]);
  const values = exampleValues(form, { id: "7", entities: { user: 5, ad: null }, values: { hour: 23 } });
  expect(values).toEqual({ id: "7", "entities.user": "5", "entities.ad": "", "values.hour": "23" });
  const body = bodyOf(form, { ...values, "entities.user": "somebody new", "values.hour": "" });
  expect(body).toEqual({ id: "7", entities: { user: "somebody new", ad: null } });
  expect(schema.safeParse(body).success).toBe(true);
});

test("a request with a list beside other values, or of no object, has no form", () => {
  expect(formOf(schemaOf(z.strictObject({ id: z.string(), many: z.array(payment) })))).toBeUndefined();
  expect(formOf(schemaOf(z.array(payment)))).toBeUndefined();
  const deep = z.strictObject({ a: z.strictObject({ b: z.strictObject({ c: z.string() }) }) });
  expect(formOf(schemaOf(deep))).toBeUndefined();
});
