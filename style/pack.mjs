// Lays out all that the server serves beside pages: node style/pack.mjs SITE STYLE [ENTRY=FILE]...
//   SITE   made anew, with a brotli copy beside each file that it makes smaller
//   STYLE  what build.mjs wrote: files with their digest in their names, and manifest.json
//   FILE   goes into SITE with its digest in its name; the manifest says under ENTRY what that name is

import { createHash } from "node:crypto";
import { cpSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [site, style, ...entries] = process.argv.slice(2);
const unfinished = `${site}.unfinished`;

/** Adds a file under a name that changes with its content, so that browsers may keep it for ever. */
function addDigested(entry) {
  const [name, file] = entry.split("=");
  const content = readFileSync(file);
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const digested = `${name}.${digest}${parse(file).ext}`;
  writeFileSync(join(unfinished, digested), content);
  return [name, digested];
}

function addBrotli(name) {
  const content = readFileSync(join(unfinished, name));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const packed = brotliCompressSync(content, { params });
  if (packed.length < content.length) writeFileSync(join(unfinished, `${name}.br`), packed);
  console.log(`pack: ${name}  ${content.length} bytes, ${Math.min(packed.length, content.length)} over the wire`);
}

rmSync(unfinished, { recursive: true, force: true });
cpSync(style, unfinished, { recursive: true });
const styled = JSON.parse(readFileSync(join(style, "manifest.json"), "utf8"));
const manifest = { ...styled, ...Object.fromEntries(entries.map(addDigested)) };
for (const name of readdirSync(unfinished)) if (name !== "manifest.json") addBrotli(name);
writeFileSync(join(unfinished, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

rmSync(site, { recursive: true, force: true });
renameSync(unfinished, site);
