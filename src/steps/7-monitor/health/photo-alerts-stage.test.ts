import { expect, it } from "vitest";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { type Json, stageResult } from "../../../system/stage.ts";
import { parseDesign } from "../../design.ts";
import { alertsOf } from "../alerts.ts";
import { driftWatchesOf, watchDrift, watchKey } from "../drift/drift-alert.ts";
import { photoAlertsStage } from "./photo-alerts-stage.ts";

const note = `---
heptad: 1
title: Photos
system: visual-search
---
## 7. Monitoring and continuous improvement
\`\`\`yaml
drift: [{ metric: ks, of: brightness, on: features, alert: "> 0.2" }]
\`\`\`
`;

it("an alert on drift is not settled where so few photos pass its limit by chance, and fires where chance does not reach", async () => {
  const { design } = parseDesign(note, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  const alerts = alertsOf(design);
  const [watch] = driftWatchesOf(alerts, []);
  const verdicts = await Promise.all(
    [12, 400].map(async (photos) => {
      const [reference, current] = [0, 0.3].map((shift) =>
        Float64Array.from({ length: photos }, (_, at) => at / photos + shift),
      );
      const drift: Json = {
        [watchKey(watch)]: watchDrift(watch, [{ name: "brightness", reference, current }]),
      };
      const { alerts: held, remarks } = await photoAlertsStage(alerts, { peak: null, replicas: null }).execute({
        paths: {},
        input: async (name) => stageResult({ json: name === "drift" ? drift : {} }),
        random: createRandom(4),
        environment: sealedEnvironment,
      });
      expect(held[0].measured).toBeGreaterThan(0.2);
      return [held[0].verdict, held[0].fires, remarks[0].text];
    }),
  );
  expect(verdicts).toEqual([
    ["not settled", false, "1 of 1 alerts could be measured in this run; 0 of them would fire."],
    ["fires", true, "1 of 1 alerts could be measured in this run; 1 of them would fire."],
  ]);
});

it("of a note without alerts says that, and counts none of none", async () => {
  const { remarks } = await photoAlertsStage([], { peak: null, replicas: null }).execute({
    paths: {},
    input: async () => stageResult({ json: {} }),
    random: createRandom(4),
    environment: sealedEnvironment,
  });
  expect(remarks.map(({ text }) => text)).toEqual(["The note states no alert, so none was held against this run."]);
});
