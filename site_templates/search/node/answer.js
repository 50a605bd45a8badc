// What the search answers, for a build that checks it and for the benchmark, run by Node:
//   node node/answer.js INDEX_FOLDER [--glance] < ["question", …]   →   [[["address", "title"], …], …]

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Engine } from "../engine/engine.js";

const [folder, way] = process.argv.slice(2);
const engine = await Engine.open(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")));
const answers = [];
for (const question of JSON.parse(readFileSync(0, "utf8"))) {
  const results = way === "--glance" ? engine.glance(question) : await engine.search(question);
  answers.push(results.map(({ address, title }) => [address, title.map(([part]) => part).join("")]));
}
process.stdout.write(JSON.stringify(answers));
