// Packs integrations/vscode as a .vsix: a zip with the bundled extension, a manifest and the types of its files. No packer is needed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { strToU8, zipSync } from "fflate";
import { rolldown } from "rolldown";
import { licencesText, packageFolders } from "./third-party.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FOLDER = join(root, "integrations", "vscode");

/** The bytes of the package. The same files give the same bytes: every entry carries one fixed date. */
export async function packVsix(version) {
  const bundled = await bundle();
  const extension = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8"));
  const manifest = { ...extension, version };
  const entries = {
    "[Content_Types].xml": CONTENT_TYPES,
    "extension.vsixmanifest": vsixManifest(manifest),
    "extension/package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "extension/README.md": readFileSync(join(FOLDER, "README.md"), "utf8"),
    "extension/LICENSE.txt": readFileSync(join(root, "LICENSE"), "utf8"),
    "extension/third-party-licences.txt": licencesText([...packageFolders(bundled.moduleIds)]),
    "extension/extension.js": bundled.code,
  };
  const files = Object.entries(entries).map(([name, text]) => [name, strToU8(text)]);
  return zipSync(Object.fromEntries(files), { level: 9, mtime: new Date("2026-01-01T00:00:00Z") });
}

/** One file, with the client of the protocol inside and the editor's own module outside. */
async function bundle() {
  const build = await rolldown({
    input: join(FOLDER, "extension.js"),
    platform: "node",
    external: ["vscode", /^node:/],
    logLevel: "silent",
  });
  const { output } = await build.generate({ format: "cjs", minify: true, codeSplitting: false });
  await build.close();
  return output[0];
}

const CONTENT_TYPES = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension=".json" ContentType="application/json"/>
<Default Extension=".js" ContentType="application/javascript"/>
<Default Extension=".md" ContentType="text/markdown"/>
<Default Extension=".txt" ContentType="text/plain"/>
<Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
`;

function vsixManifest({ name, publisher, version, displayName, description, keywords, categories, engines }) {
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id="${escapeXml(name)}" Version="${escapeXml(version)}" Publisher="${escapeXml(publisher)}"/>
<DisplayName>${escapeXml(displayName)}</DisplayName>
<Description xml:space="preserve">${escapeXml(description)}</Description>
<Tags>${escapeXml(keywords.join(","))}</Tags>
<Categories>${escapeXml(categories.join(","))}</Categories>
<GalleryFlags>Public</GalleryFlags>
<Properties>
<Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escapeXml(engines.vscode)}"/>
<Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
</Properties>
<License>extension/LICENSE.txt</License>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
</Assets>
</PackageManifest>
`;
}

function escapeXml(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replaceAll(/[&<>"]/g, (sign) => entities[sign]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const target = join(root, "dist", `heptad-${version}.vsix`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, await packVsix(version));
  process.stdout.write(`wrote ${target}\n`);
}
