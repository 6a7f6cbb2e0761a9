// Builds the widget into one file: `node build.js [FOLDER]`, dist/ unless another is named.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

// As text, which Lit takes, esbuild would leave the styles as they are written.
const styles = {
  name: "styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: css.code, loader: "text" };
    });
  },
};
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
  plugins: [styles],
});
const content = readFileSync(outfile);
const hash = createHash("sha384").update(content).digest("base64");
const packed = gzipSync(content, { level: 9 }).length;
console.log(`${outfile}: ${content.length} bytes, ${packed} with gzip\nintegrity="sha384-${hash}"`);
