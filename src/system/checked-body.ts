/** A request's body held against its schema once, however many hands it goes through. */

import type { z } from "zod";

export interface CheckedBody<Schema extends z.ZodType> {
  /** The body as the schema has it. Throws a `ZodError` where it is not what the schema says. */
  read(body: unknown): z.output<Schema>;
  /** A body made here out of one that was checked: it is taken as it is. */
  made<Body extends z.output<Schema> & object>(body: Body): Body;
}

export function checkedBody<Schema extends z.ZodType>(schema: Schema): CheckedBody<Schema> {
  const known = new WeakMap<object, z.output<Schema>>();
  return {
    read(body) {
      if (typeof body !== "object" || body === null) return schema.parse(body);
      const found = known.get(body);
      if (found !== undefined) return found;
      const read = schema.parse(body);
      known.set(body, read);
      return read;
    },
    made(body) {
      known.set(body, body);
      return body;
    },
  };
}
