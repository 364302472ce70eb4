// The viewer as one static page: program, style and the demo's captures in a single file, `dist/web.html`.
import { readFileSync } from "node:fs";
import { defineConfig } from "rolldown";
import { renderPage } from "../../dist/report/html/page.js";
import { viewerPage } from "../../dist/web/viewer.js";

const DEMO = ["go.pcap", "openssl.pcap"].map((name) => ({
  name,
  base64: readFileSync(new URL(`../../fixtures/pairs/go-rsa-kex/${name}`, import.meta.url)).toString("base64"),
}));

/** The schemas that saved reports are held to, without their words for people. */
const SCHEMAS = ["tls-diff", "snapshot"].map((name) => {
  const schema = JSON.parse(readFileSync(new URL(`../report/schema/${name}.v1.json`, import.meta.url), "utf8"));
  return { name, text: JSON.stringify(schema, (key, value) => (isRemark(key, value) ? undefined : value)) };
});

function isRemark(key, value) {
  return typeof value === "string" && ["title", "description", "$comment"].includes(key);
}

export default defineConfig({
  input: { web: "dist/web/main.js" },
  platform: "browser",
  output: { dir: "dist", format: "iife", minify: true, sourcemap: false },
  plugins: [
    {
      name: "one-page",
      generateBundle(_options, bundle) {
        const [[file, chunk], ...others] = Object.entries(bundle);
        if (others.length > 0 || chunk.type !== "chunk") throw new Error("the viewer is one script");
        delete bundle[file];
        this.emitFile({ type: "asset", fileName: "web.html", source: [...renderPage(viewerPage(chunk.code, DEMO, SCHEMAS))].join("") });
      },
    },
  ],
});
