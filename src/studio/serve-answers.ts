/** What the server answers about a service, as the Serve tab reads it. */

export interface OfferedEndpoint {
  readonly path: string;
  readonly summary: string;
  readonly example: unknown;
  readonly remembers: boolean;
  readonly request: unknown;
}

export interface OfferedUpload {
  readonly path: string;
  readonly summary: string;
  readonly types: readonly string[];
  readonly limit: number;
  readonly query: unknown;
}

export interface ServeSeen {
  readonly path: string;
  readonly state: "starting" | "serving" | "stopping" | "ended" | "failed";
  readonly startedAt: string;
  readonly url?: string;
  readonly endpoints: readonly OfferedEndpoint[];
  readonly uploads: readonly OfferedUpload[];
  readonly traffic?: number;
  readonly message?: string;
}

export interface ServeAnswer {
  readonly serving: ServeSeen | null;
  readonly about: {
    readonly can: boolean;
    readonly why: string;
    readonly fix: string;
    readonly hasExperiment: boolean;
  };
}

export interface HandAnswer {
  readonly status: number;
  readonly milliseconds: number;
  readonly degraded: string | null;
  readonly arm: string | null;
  readonly model: string | null;
  readonly body: unknown;
}

export interface LiveLatency {
  readonly name: string;
  readonly n: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly limit?: number;
}

export interface LiveAlert {
  readonly path: string;
  readonly metric: string;
  readonly condition: string;
  readonly state: "quiet" | "touched" | "fires" | "waits" | "none";
  readonly value?: number;
  readonly unit: "s" | "age" | "share" | "1" | "cores";
  readonly why: string;
  readonly action: string;
}

export interface LiveView {
  readonly seconds: number;
  readonly requests: number;
  readonly failed: number;
  readonly shed: number;
  readonly degraded: number;
  readonly all: number;
  readonly memory: number;
  readonly latency: readonly LiveLatency[];
  readonly drift: readonly { readonly of: string; readonly psi: number }[];
  readonly alerts: readonly LiveAlert[];
}

export interface LiveExperiment {
  readonly salt?: string;
  readonly traffic?: number;
  readonly arms?: readonly { readonly name: string; readonly share: number; readonly exposed: number }[];
  readonly stopped?: string | null;
  readonly sampleRatio?: { readonly pValue: number | null; readonly alarm: boolean } | null;
  readonly guardrails?: readonly {
    readonly name: string;
    readonly control: number | null;
    readonly treated: number | null;
  }[];
  readonly answers?: number;
}

export interface SeenAnswer {
  readonly view: LiveView | null;
  readonly experiment: LiveExperiment | null;
  readonly model: { readonly id?: string; readonly title?: string; readonly built?: string } | null;
}
