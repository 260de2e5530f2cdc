/** A system as a picture needs it: who asks, the stages in the order of serving, and what flows between them. Data only. */

/** One box. */
export interface DrawnNode {
  readonly name: string;
  /** What it is, in a few words; empty where the name says all. */
  readonly what: string;
  /** Facts and estimates, such as `allowed` and `30 ms`. */
  readonly rows: readonly DrawnRow[];
  readonly isBroken: boolean;
}

export interface DrawnRow {
  readonly name: string;
  readonly value: string;
  readonly isBroken: boolean;
}

/** Between a box and the next one: at most two short lines, such as `200 items` and `240k/s`. */
export interface DrawnEdge {
  readonly lines: readonly string[];
}

/** There is one edge less than there are nodes. */
export interface SystemDrawing {
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What breaks that belongs to no box, in sentences. */
  readonly broken: readonly string[];
}
