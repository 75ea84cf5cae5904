// Fills forms with the reference engine of ODK forms and prints what it would send.
// In: a JSON file, a list of {xform, files, answers: [[reference, value], …], more: [reference of a repeat, …]}.
import { createRequire } from "node:module";
import fs from "node:fs";

globalThis.require = createRequire(process.cwd() + "/x.js");
globalThis.__dirname = process.cwd();
const { JSDOM } = globalThis.require("jsdom");
const page = new JSDOM("").window;
const NAMES = ["DOMParser", "XMLSerializer", "Node", "Element", "Attr", "Document", "XMLDocument", "Text", "Comment",
  "CharacterData", "XPathResult", "XPathEvaluator", "NodeFilter", "DOMException", "NamedNodeMap", "DocumentFragment",
  "HTMLElement"];
for (const name of NAMES) if (page[name]) globalThis[name] = page[name];
globalThis.document = page.document;
globalThis.window = page;
const { loadForm } = await import(globalThis.require.resolve("@getodk/xforms-engine").replace(/index\.(umd\.)?c?js$/, "index.js"));

function* nodes(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* nodes(child);
}

function find(root, reference) {
  for (const node of nodes(root)) if (node.currentState.reference === reference) return node;
  throw new Error(`no ${reference} among ` + [...nodes(root)].map((one) => one.currentState.reference).join(" "));
}

function answer(node, value) {
  if (node.nodeType === "select") return node.selectValues ? node.selectValues(value.split(" ")) : node.selectValue(value);
  if (node.valueType === "int") return node.setValue(BigInt(value));
  if (node.valueType === "decimal") return node.setValue(Number(value));
  if (node.valueType === "geopoint") {
    const [latitude, longitude, altitude, accuracy] = value.split(" ").map(Number);
    return node.setValue({ latitude, longitude, altitude, accuracy });
  }
  return node.setValue(value);
}

const out = [];
for (const { xform, files = {}, steps } of JSON.parse(fs.readFileSync(process.argv[2], "utf8"))) {
  const fetchFormAttachment = async (url) => {
    const name = String(url).split("/").pop();
    return new Response(files[name] ?? "", { status: files[name] ? 200 : 404, headers: { "content-type": "text/csv" } });
  };
  const form = await loadForm(xform, { fetchFormAttachment, missingResourceBehavior: "BLANK" });
  if (form.status === "failure") throw new Error(form.error?.message);
  const root = form.createInstance().root;
  for (const [reference, value] of steps) {
    if (value === null) {
      [...nodes(root)].find((one) => one.nodeType?.startsWith("repeat-range") && one.currentState.reference === reference).addInstances();
    } else answer(find(root, reference), value);
  }
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  const given = Array.isArray(payload.data) ? payload.data[0] : payload.data;
  out.push(await given.get("xml_submission_file").text());
}
console.log(JSON.stringify(out));
process.exit(0);
