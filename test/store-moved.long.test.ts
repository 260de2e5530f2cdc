/** A service that moves from files to NATS and back, as a person would start it. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { get, post, projectThatRan, type Served, serve, told, wholeAnswer } from "./killed-service.ts";
import { hasNats, startNats, WITHOUT_NATS } from "./nats-servers.ts";

const NOTE = "tiny-recommendation.md";

it.skipIf(!hasNats)(
  `goes on with what it was told when it changes its store, and never begins without it in silence${WITHOUT_NATS}`,
  async () => {
    const folder = projectThatRan(NOTE);
    const state = join(folder, "state");
    const nats = await startNats();
    let running: Served | undefined;
    const start = async (...more: string[]) => {
      running = await serve(folder, NOTE, state, ...more);
      return running.url;
    };
    const end = () =>
      new Promise<void>((resolve) => {
        running?.process.once("exit", () => resolve());
        running?.process.kill("SIGTERM");
      });
    try {
      const first = await start();
      const moment = (await get(first, "/model")).clock.now + 50;
      const event = { id: "e1", member: "7", title: "3", event: "rating", value: 5, time: moment };
      await told(first, [event]);
      const arm = (await post(first, "/recommend", { member: "7" })).headers.get("x-heptad-arm");
      const asked = { member: "7", time: moment + 5 };
      const before = await wholeAnswer(first, asked);
      const { holds } = await get(first, "/model");
      await end();
      const isTheSame = async (url: string) => {
        expect(await wholeAnswer(url, asked)).toEqual(before);
        expect((await get(url, "/model")).holds).toEqual(holds);
        expect((await told(url, [event])).refused[0]?.reason).toBe("duplicate");
        expect((await post(url, "/recommend", { member: "7" })).headers.get("x-heptad-arm")).toBe(arm);
        // Who was shown an arm before is not shown it for the first time again.
        expect((await (await fetch(`${url}/metrics`)).text()).match(/^heptad_exposures\{.*\} 1$/gmu)).toHaveLength(1);
      };
      const isRefused = async (fix: string, ...more: string[]) => {
        await expect(start(...more)).rejects.toThrow(fix);
      };
      await isRefused("take it over with --import files", "--nats", nats.url);
      await isTheSame(await start("--nats", nats.url, "--import", "files"));
      await end();
      await isTheSame(await start("--nats", nats.url));
      await end();
      await isRefused("--import URL --anew");
      await isRefused("files are emptied first with --anew", "--import", nats.url);
      await isTheSame(await start("--import", nats.url, "--anew"));
      await end();
      await isTheSame(await start());
      await end();
    } finally {
      running?.process.kill("SIGKILL");
      await nats.stop();
    }
  },
);
