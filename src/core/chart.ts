/** A chart as data: what is drawn, with its labels and its caption. Reports and the studio draw it; nothing here knows SVG. */

export interface ChartPoint {
  /** The category or the position on the x axis. */
  readonly x: string | number;
  readonly y: number;
  /** 95 % interval of y. */
  readonly interval?: readonly [number, number] | null;
  /** Which line, colour or group the point belongs to. */
  readonly series?: string;
  /** Written beside the point. */
  readonly label?: string;
}

export interface Chart {
  /** `intervals`: categories down the side, a dot with its interval along; `bars`; `lines`: y over a numeric x; `points`: a scatter; `picture`: rows of photos. */
  readonly form: "intervals" | "bars" | "lines" | "points" | "picture";
  readonly title: string;
  /** One or two sentences that say how to read it, and what it does not say. */
  readonly caption: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly points: readonly ChartPoint[];
  /** A limit drawn across: a budget, a threshold, an acceptance clause. */
  readonly limit?: { readonly value: number; readonly label: string };
  /** Marks along x where something happened. */
  readonly events?: readonly { readonly x: number; readonly label: string }[];
  /** Form `picture`: one image of equally high rows, as a data URL, and what is written beside each row. */
  readonly picture?: {
    readonly url: string;
    readonly width: number;
    readonly height: number;
    readonly rows: readonly string[];
  };
  /** `log` where the values span powers of ten. */
  readonly xScale?: "linear" | "log";
  readonly yScale?: "linear" | "log";
}
