/** Visual search: an embedding network trained on photos, held against plain searches, indexed, served and watched. */

import { formatNumber } from "../../core/format-figure.ts";
import { fail, type Outcome, succeed, unwrap } from "../../core/outcome.ts";
import { plural } from "../../core/plural.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { doesItHelpOnline } from "../../report/summary/does-it-help-online.ts";
import { fastEnough } from "../../report/summary/fast-enough.ts";
import { whatItCosts } from "../../report/summary/what-it-costs.ts";
import { whatSurvivesCompression } from "../../report/summary/what-survives-compression.ts";
import { goalsStage, peakRate } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { photoSplitStage } from "../../steps/3-data/pictures/photo-split-stage.ts";
import { checkPictureSplit } from "../../steps/3-data/split/check-split.ts";
import { planEmbedding } from "../../steps/4-model/convolution/embedding-plan.ts";
import { EMBEDDING_START, embeddingStages, trainedStage } from "../../steps/4-model/convolution/embedding-stages.ts";
import { ENCODER_STAGE, encoderStage } from "../../steps/4-model/convolution/encoder-stage.ts";
import { photoVectorsStage } from "../../steps/4-model/convolution/photo-vectors-stage.ts";
import type { StageFacts } from "../../steps/4-model/schema.ts";
import { photoCompressionStage } from "../../steps/5-evaluate/optimize/photo-compression-stage.ts";
import { photoModelFilesStage } from "../../steps/5-evaluate/optimize/photo-model-files-stage.ts";
import { similarityEvaluationStage } from "../../steps/5-evaluate/protocols/similarity-evaluation-stage.ts";
import { statedSearch } from "../../steps/5-evaluate/protocols/stated-search.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { photoIndexStage } from "../../steps/6-deploy/index/photo-index-stage.ts";
import { photoServingStage } from "../../steps/6-deploy/serve/photo-serving-stage.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { driftWatchesOf } from "../../steps/7-monitor/drift/drift-alert.ts";
import { photoDriftStage } from "../../steps/7-monitor/drift/photo-drift-stage.ts";
import { photoAlertsStage } from "../../steps/7-monitor/health/photo-alerts-stage.ts";
import { plainJson } from "../../system/canonical-json.ts";
import type { ServedSystem } from "../../system/served-system.ts";
import type { Kind, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { draftPhotos, photoQuestions } from "./draft-photos.ts";
import { findByPhoto } from "./find-by-photo.ts";
import { findEncoder } from "./find-encoder.ts";
import { lookAtPhotos } from "./look-at-photos.ts";
import { findPictures } from "./picture-source.ts";
import { picturesStage } from "./pictures-stage.ts";
import { openServedPhotos } from "./served-photos.ts";

export const visualSearch: Kind = {
  name: "visual-search",
  questions: [betterThanBaseline, fastEnough, whatItCosts, whatSurvivesCompression, doesItHelpOnline],
  async draft({ paths, files, sql, pictures, ...options }) {
    const [path, ...others] = paths;
    const look = others.length > 0 ? undefined : await lookAtPhotos(path, { files, sql, pictures });
    if (look === undefined) return undefined;
    const why = `it holds ${formatNumber(look.photos)} photos of ${plural(look.classes.length, "class", "classes")}`;
    return { text: draftPhotos(look, options), why, questions: photoQuestions(look) };
  },
  async findByPhoto({ design, ...query }) {
    const network = unwrap(checkNetwork(design.model.stages));
    const isOwn = typeof network.model === "object";
    return await findByPhoto(isOwn ? ENCODER_STAGE : trainedStage(planEmbedding(network)), query);
  },
  async refusesModel({ design, resolve, files }) {
    if (!(design.model.stages ?? []).some(({ model }) => typeof model === "object")) return undefined;
    const network = checkNetwork(design.model.stages);
    if (!network.ok) return network.failure;
    const own = await findEncoder(design, { resolve, files });
    return own.ok ? undefined : own.failure;
  },
  async serve({ design, ...request }): Promise<Outcome<ServedSystem>> {
    const network = checkNetwork(design.model.stages);
    if (!network.ok) return placed(network, design);
    const isOwn = typeof network.value.model === "object";
    const trained = isOwn ? ENCODER_STAGE : trainedStage(planEmbedding(network.value));
    const retrieval = design.model.stages?.find(({ index }) => index !== undefined);
    return succeed(await openServedPhotos({ trained, retrieval }, request));
  },
  async plan({ design, dataPath, resolve, files, sql }): Promise<Outcome<RunPlan>> {
    const split = checkPictureSplit(design.data.split);
    if (!split.ok) return placed(split, design);
    const network = checkNetwork(design.model.stages);
    if (!network.ok) return placed(network, design);
    const { source } = design.data;
    const facts = network.value;
    const own = await findEncoder(design, { resolve, files });
    if (!own.ok) return placed(own, design);
    const encoder = own.value;
    const written =
      source?.format !== "simulated" && typeof source?.path === "string" ? resolve(source.path) : undefined;
    const size = encoder?.plan.size ?? facts.size;
    const found = await findPictures(design.data, dataPath ?? written, size, { files, sql });
    const fingerprint = found.files.length === 0 ? "" : await files.fingerprint(found.files);
    const embedding = planEmbedding(facts);
    const trained = encoder === undefined ? trainedStage(embedding) : ENCODER_STAGE;
    const stated = statedSearch(design.frame.baseline?.rule);
    const metrics = (design.frame.metrics?.offline ?? []).map(({ metric }) => metric);
    const entries = encoder === undefined ? (design.evaluate.optimize ?? []) : [];
    const compression = photoCompressionStage({ entries, embedding, trained, metrics });
    const modelFiles = encoder === undefined ? photoModelFilesStage(trained, compression?.name ?? null) : undefined;
    const retrieval = design.model.stages?.find(({ index }) => index !== undefined);
    const alerts = alertsOf(design);
    const triggers = design.monitor.retrain?.when ?? [];
    const experiment = experimentPlanStage(design);
    return succeed({
      stages: [
        goalsStage(design.clarify),
        objectiveStage(
          design.frame,
          "the better on validation photos of a search by colour histogram and one by small pixels",
          stated !== null,
        ),
        picturesStage(found, fingerprint),
        photoSplitStage(design.data),
        ...(encoder === undefined
          ? embeddingStages(embedding)
          : [encoderStage(encoder.plan, encoder.path, encoder.fingerprint)]),
        photoVectorsStage(trained, encoder === undefined ? EMBEDDING_START : null),
        similarityEvaluationStage(
          metrics,
          encoder === undefined ? trained : null,
          stated,
          design.evaluate.slices ?? [],
        ),
        ...(compression === undefined ? [] : [compression]),
        ...(modelFiles === undefined ? [] : [modelFiles]),
        photoIndexStage(retrieval),
        photoServingStage(trained, design.clarify),
        ...(experiment === undefined ? [] : [experiment]),
        photoDriftStage(trained, driftWatchesOf(alerts, triggers)),
        photoAlertsStage(alerts, { peak: peakRate(design.clarify), replicas: design.deploy.serving?.replicas ?? null }),
      ],
      ...(modelFiles === undefined ? {} : { files: modelFiles.name }),
      data: {
        source: found.description,
        fingerprint,
        ...(found.source.format === "simulated"
          ? { simulated: true, world: plainJson(found.source.catalogue) }
          : { simulated: false }),
      },
    });
  },
};

/** The stage of the network; a note that names another model, or none, would be told of a network that it never asked for. */
function checkNetwork(stages: readonly StageFacts[] = []): Outcome<StageFacts> {
  const isNetwork = ({ model }: StageFacts): boolean => model === "cnn" || typeof model === "object";
  const other = stages.findIndex((stage) => stage.model !== undefined && !isNetwork(stage));
  if (other !== -1)
    return fail({
      code: "unknown-model",
      message: `the stage \`${stages[other].name}\` asks for the model \`${stages[other].model}\`; a search by photo trains cnn, or takes your own encoder: { onnx: FILE, … }`,
      where: `4.stages[${other}].model`,
      fix: "write `model: cnn`, or leave `model` out of a stage that trains nothing",
    });
  const [network, second] = stages.filter(isNetwork);
  if (second !== undefined)
    return fail({
      code: "two-networks",
      message: `the stages \`${network.name}\` and \`${second.name}\` both have a network: a search by photo has one`,
      where: `4.stages[${stages.indexOf(second)}].model`,
      fix: "keep one `model`",
    });
  if (network !== undefined) return succeed(network);
  return fail({
    code: "no-network",
    message: "no stage of step 4 has a model: a search by photo trains a network",
    where: "4.stages",
    fix: "add `- { name: embedding, model: cnn }`",
  });
}
