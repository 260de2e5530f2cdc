import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { classifierToJson, fitClassifier, scoreRows } from "./classifier.ts";
import { type IsolationForest, isolationScores } from "./isolation-forest.ts";

const random = createRandom(3);
const features = createTable({
  amount: Float64Array.from({ length: 200 }, () => random.uniform() * 100),
  night: Float64Array.from({ length: 200 }, () => random.below(2)),
});

describe("classifierToJson", () => {
  it("keeps an isolation forest whole: as JSON it scores as it did", async () => {
    const choice = { model: "isolation-forest", features: ["amount", "night"], trees: 10 } as const;
    const forest = unwrap(await fitClassifier(choice, { features, labels: new Uint8Array(200) }, { random }));
    const kept: { readonly forest: IsolationForest } = JSON.parse(JSON.stringify(classifierToJson(forest)));
    expect(isolationScores(kept.forest, features)).toEqual(scoreRows(forest, features));
  });
});
