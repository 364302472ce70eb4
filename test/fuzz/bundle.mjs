// Code with all that it calls as one file, in which every function and every turn of a loop counts a step.
import { join } from "node:path";
import { rolldown } from "rolldown";
import { parseAst } from "rolldown/parseAst";

const ROOT = join(import.meta.dirname, "../..");
const COUNTER = join(import.meta.dirname, "work.ts");

/**
 * Writes the bundle of the targets as `dist/fuzz/<name>.js` and returns its path.
 * @param {string} name
 */
export function bundleTargets(name) {
  return bundleCounted(name, join(import.meta.dirname, "entry.ts"));
}

/**
 * The same of any other module.
 * @public
 * @param {string} name
 * @param {string} entry
 */
export async function bundleCounted(name, entry) {
  const bundle = await rolldown({
    input: { [name]: entry },
    cwd: ROOT,
    platform: "node",
    // What Node could not find from a bundle, and what only multiplies numbers.
    external: [/^node:/, /^ajv/, /^@noble/, /^fast-check/],
    plugins: [{ name: "count-steps", transform: { filter: { id: /\/(?:src|@peculiar|asn1js|fzstd)\/.*\.[jt]s$/ }, handler: counted } }],
    onLog: () => {},
  });
  await bundle.write({ dir: join(ROOT, "dist/fuzz"), format: "esm", entryFileNames: "[name].js", codeSplitting: false });
  await bundle.close();
  return join(ROOT, `dist/fuzz/${name}.js`);
}

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/**
 * @param {string} code
 * @param {string} id
 */
function counted(code, id) {
  /** @type {[at: number, text: string][]} */
  const opening = [];
  /** @type {[at: number, text: string][]} */
  const closing = [];
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node?.type !== "string") return;
    const { body } = node;
    const isLoop = LOOPS.has(node.type);
    const isBlock = body?.type === "BlockStatement";
    const isExpression = node.type === "ArrowFunctionExpression" && !isBlock;
    if (isBlock && (isLoop || FUNCTIONS.has(node.type))) opening.push([body.start + 1, "__step();"]);
    else if (isExpression) opening.push([body.start, "(__step(), "]);
    else if (isLoop) opening.push([body.start, "{__step();"]);
    for (const part of Object.values(node)) if (typeof part === "object") visit(part);
    if (isExpression) closing.push([body.end, ")"]);
    else if (isLoop && !isBlock) closing.push([body.end, "}"]);
  };
  visit(parseAst(code, { lang: id.endsWith(".ts") ? "ts" : "js" }));
  // What ends at a place stands before what begins there.
  const edits = [...closing, ...opening].sort(([one], [other]) => one - other);
  let text = `import { step as __step } from ${JSON.stringify(COUNTER)};`;
  let from = 0;
  for (const [at, insertion] of edits) {
    text += code.slice(from, at) + insertion;
    from = at;
  }
  return { code: text + code.slice(from), map: null };
}
