/** What a service says of its experiment, and the kill switch. */

import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { OnlineExperiment } from "./online-experiment.ts";
import { stopSchema } from "./plain-routes.ts";
import { errorOf } from "./wrong-request.ts";

export function addExperimentRoutes(app: FastifyInstance, experiment: OnlineExperiment | undefined): void {
  app.get("/experiment", async () => experiment?.describe() ?? { name: null });
  app.post(
    "/experiment/stop",
    {
      schema: { body: z.toJSONSchema(stopSchema, { target: "draft-7" }) },
      // Whoever pulls the kill switch need not say why: no bytes are as good as `{}`, whatever they are called.
      onRequest: async ({ raw: { headers } }) => {
        if (Number(headers["content-length"] ?? 0) === 0 && headers["transfer-encoding"] === undefined)
          delete headers["content-type"];
      },
      preValidation: async (request) => {
        if (request.body === undefined) request.body = {};
      },
    },
    async (request, reply) => {
      if (experiment === undefined)
        return reply.code(409).send(errorOf("no-experiment", "this note serves no experiment"));
      experiment.stop(stopSchema.parse(request.body).reason ?? "stopped by hand");
      return experiment.describe();
    },
  );
}
