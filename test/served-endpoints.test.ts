import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { openAdmission } from "../src/service/create-service.ts";
import { splitFromStored } from "../src/steps/3-data/pictures/photo-split-stage.ts";
import { namesFromStored, picturesFromStored } from "../src/steps/3-data/pictures/stored-pictures.ts";
import { vectorsFromStored } from "../src/steps/4-model/convolution/photo-vectors-stage.ts";
import { hostileBodies, RAW_BODIES } from "./hostile-requests.ts";
import { SERVED_KINDS, type TrainedSystem, trainSystem } from "./served-systems.ts";
import { smallService } from "./small-service.ts";

async function serve(trained: TrainedSystem) {
  const system = await trained.open("end");
  const errors: string[] = [];
  const { app, close } = smallService(system, {
    admission: openAdmission(10),
    onError: (message) => errors.push(message),
  });
  return { app, errors, system, close };
}

type Served = Awaited<ReturnType<typeof serve>>;
type Operation = {
  readonly requestBody: {
    readonly content: Record<string, { example?: never; examples?: Record<string, { externalValue: string }> }>;
  };
  readonly responses: Record<string, unknown>;
};

async function describedBy({
  app,
}: Served): Promise<Record<string, { readonly post?: Operation; readonly get?: Operation }>> {
  return (await app.inject({ method: "GET", url: "/openapi.json" })).json().paths;
}

describe.each(SERVED_KINDS)("the service of %s", (kind) => {
  let trained: TrainedSystem;
  let served: Served;
  beforeAll(async () => {
    trained = await trainSystem(kind);
    served = await serve(trained);
  }, 120_000);
  afterAll(() => served.close());

  const post = (url: string, payload: string | Buffer, type = "application/json") =>
    served.app.inject({ method: "POST", url, payload, headers: type === "" ? {} : { "content-type": type } });

  it("answers the example of each endpoint that it describes with what its schema says", async () => {
    const paths = await describedBy(served);
    const { endpoints, uploads = [] } = served.system;
    expect(endpoints.length + uploads.length).toBeGreaterThan(0);
    for (const { path, response } of endpoints) {
      const answer = await post(
        path,
        JSON.stringify(paths[path].post?.requestBody.content["application/json"].example),
      );
      expect(answer.statusCode).toBe(200);
      response.parse(answer.json());
      // What is told as an example is taken.
      if (path === "/events") expect(answer.json()).toMatchObject({ taken: 1, refused: [] });
    }
    for (const { path, response, types } of uploads) {
      expect(Object.keys(paths[path].post?.requestBody.content ?? {})).toEqual(types);
      const where = paths[path].post?.requestBody.content[types[0]].examples?.photo.externalValue ?? "";
      expect(paths[where].get).toBeDefined();
      const photo = await served.app.inject({ method: "GET", url: where });
      const answer = await post(path, photo.rawPayload, String(photo.headers["content-type"]));
      expect(answer.statusCode).toBe(200);
      response.parse(answer.json());
    }
  });

  it("answers hostile requests with what it describes, never with a fault, and lives on", async () => {
    const paths = await describedBy(served);
    const random = createRandom(11, kind);
    const undescribed: string[] = [];
    const isAnswered = (
      path: string,
      what: unknown,
      { statusCode, body }: { statusCode: number; body: string },
    ): void => {
      const documented = Object.keys(paths[path].post?.responses ?? {});
      if (statusCode >= 500 || !documented.includes(String(statusCode)))
        undescribed.push(`${path} ${statusCode} ${JSON.stringify(what)?.slice(0, 200)}: ${body.slice(0, 200)}`);
    };
    const statuses = new Map<number, number>();
    for (const { path, example, response } of served.system.endpoints) {
      for (const body of hostileBodies(example, 150, random)) {
        const answer = await post(path, JSON.stringify(body));
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        isAnswered(path, body, answer);
        if (answer.statusCode === 200) response.parse(answer.json());
      }
      for (const body of RAW_BODIES) isAnswered(path, String(body).slice(0, 50), await post(path, body));
      for (const type of ["", "text/plain", "image/png", "application/json; charset=latin1", "multipart/form-data"])
        isAnswered(path, type, await post(path, JSON.stringify(example), type));
      isAnswered(path, "long", await post(path, JSON.stringify({ long: "a".repeat(300_000) })));
    }
    for (const { path, example, types, response } of served.system.uploads ?? []) {
      const bytes = Buffer.from(example.bytes);
      for (let at = 0; at < 60; at++) {
        const whole = random.below(3) === 0;
        const torn = Buffer.from(bytes.subarray(0, whole ? bytes.length : 1 + random.below(bytes.length)));
        for (let flips = random.below(6) - 2; flips > 0; flips--) torn[random.below(torn.length)] = random.below(256);
        const answer = await post(path, torn, types[random.below(types.length)]);
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        isAnswered(path, at, answer);
        if (answer.statusCode === 200) response.parse(answer.json());
      }
      for (const body of RAW_BODIES) isAnswered(path, "raw", await post(path, body, types[0]));
      for (const type of ["", "application/octet-stream", "multipart/form-data"]) {
        const answer = await post(path, bytes, type);
        expect([answer.statusCode, answer.json().message]).toEqual([415, expect.stringContaining(types[0])]);
      }
      expect((await post(`${path}?limit=100`, bytes, types[0])).statusCode).toBe(200);
      for (const query of [
        "limit=101",
        "limit=0",
        "limit=-1",
        "limit=1e9",
        "limit=",
        "limit=3&limit=4",
        "colour=red",
        "member=",
      ])
        expect((await post(`${path}?${query}`, bytes, types[0])).statusCode).toBe(400);
      isAnswered(path, "json", await post(path, '{"photo":1}'));
    }
    for (const body of hostileBodies({ promote: "m1" }, 60, random))
      isAnswered("/model", body, await post("/model", JSON.stringify(body)));
    for (const body of hostileBodies({ reason: "because" }, 60, random))
      isAnswered("/experiment/stop", body, await post("/experiment/stop", JSON.stringify(body)));
    expect(undescribed).toEqual([]);
    expect(served.errors).toEqual([]);
    // Both sides of the schemas were met.
    expect([...statuses.keys()]).toContain(200);
    expect(Math.max(...statuses.keys())).toBeGreaterThanOrEqual(400);
    for (const path of ["/ready", "/metrics", "/model", "/experiment"])
      expect((await served.app.inject({ method: "GET", url: path })).statusCode).toBe(200);
    for (const url of ["/../../etc/passwd", "/%2e%2e/etc/passwd", "/docs/../..", "//etc/passwd", `/${"a".repeat(500)}`])
      expect((await served.app.inject({ method: "GET", url })).statusCode).toBe(404);
  });

  if (kind !== "visual-search") return;

  it("finds for each test photo what the evaluation's vectors say, in their order and at their distance", async () => {
    const stored = await trained.input("pictures");
    const { set } = picturesFromStored(stored);
    const names = namesFromStored(stored);
    const { vectors, dimensions } = vectorsFromStored(await trained.input("vectors"), "network");
    const asked = splitFromStored(await trained.input("split"))
      .rowsOf("test")
      .slice(0, 12);
    const bytes = set.size * set.size * 3;
    expect(asked.length).toBe(12);
    for (const row of asked) {
      const png = await sharp(set.pixels.slice(row * bytes, (row + 1) * bytes), {
        raw: { width: set.size, height: set.size, channels: 3 },
      })
        .png()
        .toBuffer();
      const { photos, repairs } = (await post("/search?limit=5", png, "image/png")).json();
      const distances = Float64Array.from({ length: set.count }, (_, other) => {
        let cosine = 0;
        for (let d = 0; d < dimensions; d++) cosine += vectors[row * dimensions + d] * vectors[other * dimensions + d];
        return Math.max(0, 1 - cosine);
      });
      const order = [...distances.keys()].sort((a, b) => distances[a] - distances[b] || a - b).slice(0, 5);
      // The graph index may miss one; what it finds stands at the distance of the evaluation.
      expect(photos[0].name).toBe(names[order[0]]);
      for (const { name, distance } of photos) expect(distance).toBe(distances[names.indexOf(name)]);
      expect(
        photos.filter(({ name }: { name: string }) => order.some((at) => names[at] === name)).length,
      ).toBeGreaterThan(3);
      expect(repairs).toEqual([]);
    }
  });

  it("refuses what is no photo, what would unpack into gigabytes, and what is too long, each with its reason", async () => {
    const flat = sharp({ create: { width: 40, height: 40, channels: 3, background: "#123456" } });
    const jpeg = await flat.jpeg().toBuffer();
    const huge = Buffer.from(jpeg);
    const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
    huge.writeUInt16BE(60_000, frame + 5);
    huge.writeUInt16BE(60_000, frame + 7);
    const answer = await post("/search", huge, "image/jpeg");
    expect([answer.statusCode, answer.json()]).toEqual([
      422,
      { error: "bad-picture", message: "its header says more than 25 megapixels" },
    ]);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect((await post("/search", svg, "image/png")).json()).toEqual({
      error: "bad-picture",
      message: "it is no JPEG, PNG, WebP, GIF or TIFF",
    });
    expect((await post("/search", jpeg.subarray(0, jpeg.length / 4), "image/jpeg")).statusCode).toBe(422);
    expect((await post("/search", Buffer.alloc(9 * 1024 * 1024), "image/png")).statusCode).toBe(413);
    expect((await post("/search", jpeg, "image/svg+xml")).statusCode).toBe(415);
    // What it says it is does not matter: it is read by its bytes.
    expect((await post("/search", await flat.png().toBuffer(), "image/jpeg")).statusCode).toBe(200);
  });

  it("answers by colours alone where the time of the network is over, and says so", async () => {
    const [search] = served.system.uploads ?? [];
    const late = {
      now: 0,
      variant: -1,
      time: <T>(stage: string, work: (isLate: () => boolean) => T) => work(() => stage === "embedding"),
    };
    const answer = await search.answer(search.example.bytes, {}, late);
    expect(answer).toMatchObject({ degraded: ["embedding: colours instead"], isObserved: false });
    expect(
      await search.answer(search.example.bytes, {}, { ...late, variant: 0, time: (_, work) => work(() => false) }),
    ).toMatchObject({
      body: { variant: "colour histogram" },
      degraded: [],
    });
  });
});
