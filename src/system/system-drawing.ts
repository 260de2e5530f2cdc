/** A system as a picture needs it: who asks, the stages in the order of serving, and what flows between them. Data only. */

import { z } from "zod";

export const systemDrawingSchema = z.strictObject({
  title: z.string(),
  nodes: z
    .array(
      z.strictObject({
        name: z.string(),
        what: z.string().meta({ description: "What it is, in a few words; empty where the name says all" }),
        rows: z
          .array(z.strictObject({ name: z.string(), value: z.string(), isBroken: z.boolean() }))
          .meta({ description: "Facts and estimates, such as `allowed` and `30 ms`" }),
        isBroken: z.boolean(),
      }),
    )
    .meta({ description: "Boxes in the order of serving; the first one asks" }),
  edges: z
    .array(z.strictObject({ lines: z.array(z.string()) }))
    .meta({ description: "Between a box and the next one: at most two short lines, such as `200 items` and `240k/s`" }),
  broken: z.array(z.string()).meta({ description: "What breaks that belongs to no box, in sentences" }),
});

type Mutable = z.output<typeof systemDrawingSchema>;

/** There is one edge less than there are nodes. */
export interface SystemDrawing extends Readonly<Pick<Mutable, "title">> {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  readonly broken: readonly string[];
}

/** One box. */
export interface DrawnNode extends Readonly<Omit<Mutable["nodes"][number], "rows">> {
  readonly rows: readonly DrawnRow[];
}

export type DrawnRow = Readonly<Mutable["nodes"][number]["rows"][number]>;

export interface DrawnEdge {
  readonly lines: readonly string[];
}
