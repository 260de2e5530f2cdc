// The licences of the packages whose code lies in a bundle: most ask that a copy carries their notice, and what npm installs beside it is another copy.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = /^\0?(?<folder>.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/u;
const NOTICE = /^(?:licen[cs]e|notice|copying)(?:[-.][\w.-]*)?$/iu;
const CODE = /\.(?:[cm]?[jt]s|json|map)$/iu;

/** `plugin` notes whose modules a bundle holds, as often as it is asked; `write` puts their licences into a file. */
export function thirdParty() {
  const folders = new Set();
  return {
    plugin: {
      name: "third-party",
      generateBundle(_, bundle) {
        for (const { type, moduleIds } of Object.values(bundle))
          if (type === "chunk") for (const folder of packageFolders(moduleIds)) folders.add(folder);
      },
    },
    write: (file) => writeFileSync(file, licencesText([...folders])),
  };
}

/** The folders of the packages that the modules belong to. */
export function packageFolders(ids) {
  return new Set(ids.flatMap((id) => PACKAGE.exec(id)?.groups.folder ?? []));
}

/** One part a package, in the order of their names: name, version, licence, and its own texts. */
export function licencesText(folders) {
  const parts = folders.map((folder) => {
    const {
      name,
      version,
      license = "no licence is named",
    } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const texts = readdirSync(folder)
      .filter((file) => NOTICE.test(file) && !CODE.test(file))
      .sort()
      .map((file) => readFileSync(join(folder, file), "utf8").trim());
    return { name, text: [`${name} ${version}: ${license}`, ...texts].join("\n\n") };
  });
  const sorted = parts.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `The files beside this one hold code of these packages.\n\n${sorted.map(({ text }) => text).join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
