// The processor's time that each query takes once its files are there, in milliseconds: what a busy machine cannot change.
//   node search_times.mjs ENGINE_FOLDER INDEX_FOLDER < ["question", …]

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const RUNS = 10;
const [folder, index] = process.argv.slice(2);
const { Engine } = await import(pathToFileURL(join(folder, "engine.js")));
const engine = await Engine.open(async (name) => JSON.parse(await readFile(join(index, name), "utf8")));
const questions = JSON.parse(readFileSync(0, "utf8"));
for (const question of questions) await engine.search(question);
const times = [];
for (const question of questions) {
  const before = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) await engine.search(question);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1000 / RUNS);
}
process.stdout.write(JSON.stringify(times));
