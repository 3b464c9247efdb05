// Builds dist/: one stylesheet and the pictures it names, each with its digest in its name, and manifest.json that maps what a page asks
// for to those names. Fails when the stylesheet is too large, holds a data: address, uses a physical direction or misses a token.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Features, browserslistToTargets, bundle } from "lightningcss";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");
const LARGEST_BROTLI = 16 * 1024;

const digest = (content) => createHash("sha256").update(content).digest("hex").slice(0, 12);
const brotli = (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

function fail(message) {
  console.error(`style: ${message}`);
  process.exit(1);
}

/** Directions that would be wrong from right to left; our own files are held to logical ones. */
const PHYSICAL =
  /(?:^|[;{\s])((?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[a-z-]*|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius|(?:text-align|float|clear)\s*:\s*(?:left|right))/g;

function refusePhysicalDirections() {
  const found = [];
  for (const name of readdirSync(join(here, "src")).filter((name) => name.endsWith(".css"))) {
    const lines = readFileSync(join(here, "src", name), "utf8").split("\n");
    lines.forEach((line, index) => {
      for (const match of line.matchAll(PHYSICAL)) found.push(`${name}:${index + 1} ${match[1].trim()}`);
    });
  }
  if (found.length > 0) fail(`physical directions, write logical ones:\n  ${found.join("\n  ")}`);
}

/** Moves pictures out of data: addresses, which the Content-Security-Policy refuses, into files. */
function extractPictures(css) {
  const pictures = new Map();
  const moved = css.replace(/url\((["']?)data:image\/svg\+xml([^,]*),((?:(?!\1\)).)*)\1\)/g, (_, _quote, kind, body) => {
    const svg = kind.includes("base64") ? Buffer.from(body, "base64") : Buffer.from(decodeURIComponent(body));
    const name = `picture.${digest(svg)}.svg`;
    pictures.set(name, svg);
    return `url(${name})`;
  });
  if (moved.includes("data:")) fail("a data: address is left");
  return { css: moved, pictures };
}

/** A token that a component asks for without a fallback must be told by tokens.css; names in `--_` are a component's own. */
function refuseMissingTokens(css) {
  const told = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
  const asked = new Set([...css.matchAll(/var\((--(?!_)[\w-]+)\)/g)].map((match) => match[1]));
  const missing = [...asked].filter((name) => !told.has(name));
  if (missing.length > 0) fail(`tokens that nothing tells: ${missing.join(", ")}`);
}

refusePhysicalDirections();
const { code } = bundle({
  filename: join(here, "src", "index.css"),
  minify: true,
  exclude: Features.DirSelector,
  targets: browserslistToTargets(["chrome 109", "firefox 115", "safari 15.6"]),
});
const { css, pictures } = extractPictures(code.toString());
refuseMissingTokens(css);

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const icon = readFileSync(join(here, "src", "icon.svg"));
const manifest = { css: `fornya.${digest(css)}.css`, icon: `icon.${digest(icon)}.svg` };
writeFileSync(join(dist, manifest.icon), icon);
writeFileSync(join(dist, manifest.css), css);
for (const [name, svg] of pictures) writeFileSync(join(dist, basename(name)), svg);
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

const size = brotli(Buffer.from(css));
console.log(`style: ${manifest.css}  ${css.length} bytes, ${size} brotli (at most ${LARGEST_BROTLI}), ${pictures.size} pictures`);
if (size > LARGEST_BROTLI) fail(`${size} bytes of brotli are more than ${LARGEST_BROTLI}`);
