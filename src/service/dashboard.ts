/** A dashboard for Grafana over the service's metrics: one panel a signal, with the note's limits as lines. */

import type { Design } from "../steps/design.ts";
import type { AlertRules } from "./alert-rules.ts";
import { NOTE_LABEL, ofNote } from "./note-label.ts";

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly queries: readonly (readonly [expression: string, legend: string])[];
  readonly limit?: number;
}

/** JSON for `Dashboards, New, Import`. The data source is asked for when it is imported. */
export function grafanaDashboard(design: Design, { note, rules }: AlertRules): string {
  const quantile = (q: number, by: string, of: string): string =>
    `histogram_quantile(${q}, sum by (le${by}) (rate(${of}_bucket[5m])))`;
  const panels: readonly Panel[] = [
    {
      title: "Latency",
      unit: "s",
      queries: [0.5, 0.95, 0.99].map((q) => [quantile(q, "", "heptad_request_seconds"), `p${100 * q}`] as const),
      limit: design.clarify.latency?.p99?.value,
    },
    { title: "p99 by stage", unit: "s", queries: [[quantile(0.99, ", stage", "heptad_stage_seconds"), "{{stage}}"]] },
    {
      title: "Requests",
      unit: "reqps",
      queries: [["sum by (path, status) (rate(heptad_requests_total[5m]))", "{{path}} {{status}}"]],
    },
    {
      title: "Shed, degraded, refused",
      unit: "cps",
      queries: [
        ["sum(rate(heptad_shed_total[5m]))", "shed"],
        ["sum by (why) (rate(heptad_degraded_total[5m]))", "{{why}}"],
        ["sum by (reason) (rate(heptad_refused_total[5m]))", "refused: {{reason}}"],
      ],
    },
    { title: "Drift (PSI)", unit: "none", queries: [["heptad_drift_psi", "{{of}}"]] },
    { title: "Units shown an arm", unit: "none", queries: [["sum by (arm) (heptad_exposures)", "{{arm}}"]] },
    { title: "CPU", unit: "percentunit", queries: [["rate(heptad_cpu_seconds_total[5m])", "cores"]] },
    {
      title: "Memory",
      unit: "bytes",
      queries: [["heptad_memory_bytes", "resident"]],
      limit: design.deploy.serving?.memory?.value,
    },
    { title: "Event loop delay", unit: "s", queries: [["heptad_event_loop_delay_seconds", "p99"]] },
    {
      title: "Alerts that ring",
      unit: "none",
      queries: rules.map(
        ({ name }) =>
          [`ALERTS{alertname="${name}",alertstate="firing",${NOTE_LABEL}=${JSON.stringify(note)}}`, name] as const,
      ),
    },
  ];
  const source = { type: "prometheus", uid: `${"{DS_PROMETHEUS}"}` };
  return JSON.stringify(
    {
      __inputs: [{ name: "DS_PROMETHEUS", label: "Prometheus", type: "datasource", pluginId: "prometheus" }],
      title: design.front.title,
      schemaVersion: 39,
      time: { from: "now-6h", to: "now" },
      refresh: "10s",
      panels: panels.map(({ title, unit, queries, limit }, at) => ({
        id: at + 1,
        type: "timeseries",
        title,
        datasource: source,
        gridPos: { x: 12 * (at % 2), y: 8 * Math.floor(at / 2), w: 12, h: 8 },
        fieldConfig: {
          defaults: {
            unit,
            ...(limit === undefined
              ? {}
              : {
                  custom: { thresholdsStyle: { mode: "line" } },
                  thresholds: {
                    mode: "absolute",
                    steps: [
                      { color: "green", value: null },
                      { color: "red", value: limit },
                    ],
                  },
                }),
          },
          overrides: [],
        },
        targets: queries.map(([expr, legendFormat], index) => ({
          refId: String.fromCharCode(65 + index),
          expr: expr.startsWith("ALERTS") ? expr : ofNote(expr, note),
          legendFormat,
          datasource: source,
        })),
      })),
    },
    null,
    2,
  );
}
