// Searches beside the page, so that typing never waits. A question goes in; its results come out three times, each time better, as
// the engine gives them. The newest question counts: the answer to an older one is not worked out to its end.

import { Engine } from "./engine/engine.js";

// The name of the index changes with what it holds, so its files are taken from the browser's store however old; the pointer
// to it is asked for anew, and is taken from the store where there is no line.
const pointer = new URL("../search.json", import.meta.url);
const fetched = async (address, cache) => {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
};
const findIndex = () => fetched(pointer, "no-cache").catch(() => fetched(pointer, "force-cache"));
const openIndex = async () => {
  const { index } = await findIndex();
  return Engine.open((name) => fetched(new URL(`${index}/${name}`, pointer), "force-cache"));
};

const STAGES = ["titles", "texts", "whole"];
let documentation;
let own; // the search of the documents of the page's project, a promise
let newest = 0;

const opened = () => {
  documentation ??= openIndex().catch((error) => {
    documentation = undefined;
    throw error;
  });
  return documentation;
};

const acts = {
  open: opened,

  async documents({ documents, language }) {
    const synonyms = opened().then(({ entries }) => entries, () => []);
    own = documents.length ? synonyms.then((entries) => Engine.of(documents, { language, synonyms: entries })) : undefined;
    await own;
  },

  // A project's page has answers of its own where the documentation's cannot be had.
  async ask({ id, question, limit, most }) {
    newest = id;
    const [theirs, mine] = [await (own ? opened().catch(() => undefined) : opened()), await own];
    const answers = [theirs?.answers(question, limit), mine?.answers(question, most)];
    for (const stage of STAGES) {
      const [results, found] = await Promise.all(answers.map(async (answer) => (answer ? (await answer.next()).value : [])));
      await new Promise(setTimeout); // a newer question may be waiting
      if (id !== newest) return;
      postMessage({ id, stage, results, own: found });
    }
  },
};

onmessage = ({ data }) => acts[data.act](data).catch((error) => postMessage({ id: data.id, error: String(error) }));
