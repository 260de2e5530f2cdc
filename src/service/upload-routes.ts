/** Endpoints that are asked with bytes, a photo: read only while there is room for them, and described with an example that can be fetched. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { RefusedUpload, ServedAnswer, ServedUpload, Turn } from "../system/served-system.ts";
import { examplePath } from "./openapi.ts";

/** Bodies that are read or waited for at once: what they hold stays in memory. */
const MOST_BODIES = 16;

export interface UploadRoutes {
  /** What answers at this moment: another model may have taken over. */
  readonly find: (path: string) => ServedUpload;
  readonly isFull: () => boolean;
  /** Sent away before its body is read. */
  readonly shed: (path: string, reply: FastifyReply) => unknown;
  /** Admits the request, gives its answer and counts it. */
  readonly take: (
    path: string,
    reply: FastifyReply,
    asked: {
      readonly units: readonly (string | undefined)[];
      readonly answer: (turn: Turn) => Promise<ServedAnswer | RefusedUpload>;
      readonly isLong: true;
    },
  ) => Promise<unknown>;
  readonly refuse: (message: string) => { readonly error: string; readonly message: string };
}

export function addUploadRoutes(app: FastifyInstance, uploads: readonly ServedUpload[], routes: UploadRoutes): void {
  let bodies = 0;
  const types = [...new Set(uploads.flatMap((one) => one.types))];
  if (types.length > 0)
    app.addContentTypeParser(types, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  for (const { path, limit, response } of uploads) {
    const schema = { response: { 200: z.toJSONSchema(response, { target: "draft-7" }) } };
    const onRequest = async (_: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      if (bodies >= MOST_BODIES || routes.isFull()) return routes.shed(path, reply);
      bodies++;
      reply.raw.once("close", () => bodies--);
      return undefined;
    };
    app.post(path, { schema, bodyLimit: limit, onRequest }, async (request: FastifyRequest, reply: FastifyReply) => {
      const upload = routes.find(path);
      if (!(request.body instanceof Uint8Array))
        return reply.code(415).send(routes.refuse(`send the bytes of a photo as ${upload.types.join(", ")}`));
      const query = upload.query.safeParse(request.query);
      if (!query.success) {
        const [issue] = query.error.issues;
        return reply.code(400).send(routes.refuse(`query/${issue.path.join("/")} ${issue.message}`));
      }
      const bytes = request.body;
      return await routes.take(path, reply, {
        units: [upload.unitOf(query.data)],
        answer: (turn) => upload.answer(bytes, query.data, turn),
        isLong: true,
      });
    });
    app.get(examplePath(path), async (_, reply) => {
      const { bytes, type } = routes.find(path).example;
      return reply.type(type).send(Buffer.from(bytes));
    });
  }
}
