// Lays out all that the server serves beside pages: node style/pack.mjs SITE WASM STYLE
//   WASM   what wasm-bindgen wrote: app.js and app_bg.wasm
//   STYLE  what build.mjs wrote: files with their digest in their names, and manifest.json
// SITE gets every file with its digest in its name, a brotli copy beside it where that is smaller, and manifest.json:
//   { "css": "fornya.….css", "js": "app.….js", "wasm": "app.….wasm" }

import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [site, wasm, style] = process.argv.slice(2);
if (style === undefined) fail("wants three folders: SITE WASM STYLE");

function fail(message) {
  console.error(`pack: ${message}`);
  process.exit(1);
}

const digest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 12);

/** Copies a file under a name that changes with its content, so that browsers may keep it for ever. */
function addDigested(folder, file, stem, extension) {
  const content = readFileSync(join(wasm, file));
  const name = `${stem}.${digest(content)}.${extension}`;
  writeFileSync(join(folder, name), content);
  return name;
}

function addBrotli(folder, name) {
  const content = readFileSync(join(folder, name));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = brotliCompressSync(content, { params });
  if (packed.length < content.length) writeFileSync(join(folder, `${name}.br`), packed);
  console.log(`pack: ${name}  ${content.length} bytes, ${Math.min(packed.length, content.length)} over the wire`);
}

// A snippet is script that a crate brings along; it would need a name of its own that the loader knows.
if (existsSync(join(wasm, "snippets"))) fail("wasm-bindgen wrote snippets, which are not served");

const unfinished = `${site}.unfinished`;
rmSync(unfinished, { recursive: true, force: true });
cpSync(style, unfinished, { recursive: true });
const manifest = {
  ...JSON.parse(readFileSync(join(style, "manifest.json"), "utf8")),
  js: addDigested(unfinished, "app.js", "app", "js"),
  wasm: addDigested(unfinished, "app_bg.wasm", "app", "wasm"),
};
for (const name of readdirSync(unfinished)) if (name !== "manifest.json") addBrotli(unfinished, name);
writeFileSync(join(unfinished, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

rmSync(site, { recursive: true, force: true });
renameSync(unfinished, site);
