// Builds the widget into one file: `node build.js [FOLDER]`, dist/ unless another is named.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const outfile = `${process.argv[2] ?? "dist"}/dripdesk.js`;
await build({
  entryPoints: ["src/dripdesk.js"],
  outfile,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2021",
  charset: "utf8",
  legalComments: "eof", // Lit's licence stays in the file
  loader: { ".css": "text" },
});
const content = readFileSync(outfile);
const hash = createHash("sha384").update(content).digest("base64");
const packed = gzipSync(content, { level: 9 }).length;
console.log(`${outfile}: ${content.length} bytes, ${packed} with gzip\nintegrity="sha384-${hash}"`);
