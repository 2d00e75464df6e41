// Writes the JavaScript of an emitted package, types left out and nothing checked: `node transpile.mjs FOLDER`.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

const folder = process.argv[2];
const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
for (const name of readdirSync(folder, { recursive: true })) {
  if (name.endsWith(".ts") && !name.startsWith("dist")) {
    const out = join(folder, "dist", name.replace(/\.ts$/, ".js"));
    const { outputText } = ts.transpileModule(readFileSync(join(folder, name), "utf8"), { compilerOptions: options });
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, outputText);
  }
}
