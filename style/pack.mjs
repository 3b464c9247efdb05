// Lays out all that the server serves beside pages: node style/pack.mjs SITE STYLE [ENTRY=GLUE]...
//   SITE   made anew, with a brotli copy beside each file that it makes smaller
//   STYLE  what build.mjs wrote: files with their digest in their names, and manifest.json
//   GLUE   the script that wasm-bindgen wrote, GLUE.js, and its wasm, GLUE_bg.wasm: both go into SITE under ENTRY and the digest of the
//          two, as Leptos' script looks for them; the manifest says under ENTRY what that name is

import { createHash } from "node:crypto";
import { cpSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [site, style, ...entries] = process.argv.slice(2);
const unfinished = `${site}.unfinished`;
/** The most bytes over the wire that the islands of a page may have. */
const ISLANDS_MAX = 150_000;

/** Adds islands under a name that changes with their content, so that browsers may keep them for ever. */
function addIslands(entry) {
  const [name, glue] = entry.split("=");
  const files = [".js", "_bg.wasm"].map((ending) => ({ ending, content: readFileSync(glue + ending) }));
  const digest = createHash("sha256");
  for (const { content } of files) digest.update(content);
  const digested = `${name}.${digest.digest("hex").slice(0, 12)}`;
  for (const { ending, content } of files) writeFileSync(join(unfinished, digested + ending), content);
  return [name, digested];
}

function addBrotli(name) {
  const content = readFileSync(join(unfinished, name));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = brotliCompressSync(content, { params });
  if (packed.length < content.length) writeFileSync(join(unfinished, `${name}.br`), packed);
  const sent = Math.min(packed.length, content.length);
  console.log(`pack: ${name}  ${content.length} bytes, ${sent} over the wire`);
  return sent;
}

rmSync(unfinished, { recursive: true, force: true });
cpSync(style, unfinished, { recursive: true });
const styled = JSON.parse(readFileSync(join(style, "manifest.json"), "utf8"));
const manifest = { ...styled, ...Object.fromEntries(entries.map(addIslands)) };
const sent = new Map(readdirSync(unfinished).filter((name) => name !== "manifest.json").map((name) => [name, addBrotli(name)]));
for (const entry of entries) {
  const islands = manifest[entry.split("=")[0]];
  const sum = sent.get(`${islands}.js`) + sent.get(`${islands}_bg.wasm`);
  if (sum > ISLANDS_MAX) throw new Error(`${islands}: ${sum} bytes over the wire, and a page may have ${ISLANDS_MAX}`);
}
writeFileSync(join(unfinished, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

rmSync(site, { recursive: true, force: true });
renameSync(unfinished, site);
