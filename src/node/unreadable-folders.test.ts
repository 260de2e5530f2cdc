import { expect, it, vi } from "vitest";

vi.mock("node:fs/promises", async (original) => {
  const refuse = async (): Promise<never> => {
    throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  };
  const stat = async (path: string) => (path === "/shut/inner.csv" ? refuse() : { isDirectory: () => true });
  return { ...(await original<object>()), readdir: refuse, stat };
});

const { createInputFiles } = await import("./input-files.ts");
const files = createInputFiles();

it("says of a folder that it may not be read", async () => {
  await expect(files.list("/shut")).rejects.toMatchObject({
    failure: { code: "not-readable", message: "the folder may not be read", where: "/shut" },
  });
});

it("does not say that a file is not there where a folder hides it", async () => {
  const hidden = { failure: { code: "not-readable", message: "a folder above it may not be entered" } };
  await expect(files.exists("/shut/inner.csv")).rejects.toMatchObject(hidden);
  await expect(files.list("/shut/inner.csv")).rejects.toMatchObject(hidden);
});
