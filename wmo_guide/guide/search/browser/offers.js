// What providers offer: read from the files that finder.py wrote, a few kilobytes at a time. Nothing here touches the page.

const IN_NAME = 2;
const SPLIT = "_alle";
const SWAPPED = [["c", "k"], ["k", "c"], ["s", "z"], ["z", "s"], ["f", "v"], ["v", "f"], ["ei", "ij"], ["ij", "ei"], ["ph", "f"],
  ["d", "t"], ["t", "d"], ["b", "p"], ["p", "b"], ["g", "ch"], ["ch", "g"], ["au", "ou"], ["ou", "au"], ["y", "i"], ["i", "y"]];

// Whether a file is gone or doesn't go with the others: then another release is online, and all has to be fetched again.
let isOld = false;

// Files below the search page's folder, each fetched once.
function makeStore(folder) {
  const kept = new Map();
  const store = (path) => {
    if (!kept.has(path)) {
      const coming = fetch(folder + path).then((answer) => {
        return answer.ok ? answer.json() : old(path);
      });
      coming.catch(() => { kept.delete(path); });
      kept.set(path, coming);
    }
    return kept.get(path);
  };
  store.forget = () => {
    isOld = false;
    kept.clear();
  };
  return store;
}

function old(path) {
  isOld = true;
  throw new Error(path);
}

function running(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

// The file in which a word stands: the same rule as in shards.py.
function shardOf(names, term) {
  for (let length = 1; length <= 6; length += 1) {
    const beginning = term.slice(0, length);
    if (names.has(beginning)) { return beginning; }
    if (term.length <= length) { break; }
  }
  return names.has(term + "-") ? term + "-" : "";
}

// Providers by the words of a question: key -> { names, texts }, each with the numbers of the words that were met.
async function providersByWords(store, names, words, all) {
  const met = new Map();
  const note = (postings, number, weight) => {
    running(postings).forEach((signed) => {
      const key = Math.floor(signed / 4);
      const one = met.get(key) || { names: new Map(), texts: new Map() };
      const where = signed % 4 === IN_NAME ? one.names : one.texts;
      if (where === one.texts && weight < 1) { return; }  // only names are looked for loosely
      where.set(number, Math.max(where.get(number) || 0, weight));
      met.set(key, one);
    });
  };
  const pairs = all.slice(1).map((word, at) => [all[at], word]);
  await Promise.all(words.map(async (one, number) => {
    const found = await lookUp(store, names, stem(one.word).slice(0, 30), !one.exact);
    one.named = found.length > 0;
    found.forEach((hit) => {
      note(hit.postings, number, hit.sure);
      if (hit.sure < 1 && !one.typo && hit.near) { one.typo = hit.term; }
    });
  }).concat(pairs.map(async (pair) => {
    const found = await lookUp(store, names, stem(pair[0] + pair[1]).slice(0, 30), false);
    words.forEach((one, number) => {
      if (pair.includes(one.word)) { found.forEach((hit) => { note(hit.postings, number, 1.01); }); }
    });
  })));
  return met;
}

// The postings of a word; with `loosely` also of words that begin so or are written nearly so.
async function lookUp(store, names, term, loosely) {
  const exact = await inShard(store, names, term, false);
  if (exact.length || !loosely || term.length < FEWEST_LETTERS) { return exact; }
  const near = await inShard(store, names, term, true);
  if (near.length) { return near; }
  const swapped = SWAPPED.filter((pair) => term.startsWith(pair[0]))
    .map((pair) => pair[1] + term.slice(pair[0].length));
  const found = await Promise.all(swapped.map((other) => inShard(store, names, other, true)));
  return [].concat(...found);
}

async function inShard(store, names, term, loosely) {
  const name = shardOf(names, term);
  if (!name) { return []; }
  const shard = await store("w/" + name + ".json");
  if (!loosely) { return Object.prototype.hasOwnProperty.call(shard, term) ? [{ term, postings: shard[term], sure: 1 }] : []; }
  const asked = sound(term);
  const most = term.length < 8 ? 1 : 2;
  const found = [];
  Object.keys(shard).forEach((other) => {
    const near = distance(asked, sound(other), most);
    if (other.startsWith(term) || near <= most) {
      found.push({ term: other, postings: shard[other], sure: near <= most ? 0.9 - 0.1 * near : 0.7, near: near <= most });
    }
  });
  const best = Math.max(...found.map((one) => one.sure));
  return found.filter((one) => one.sure >= best - 0.05).slice(0, 20);
}

// The lists of blocks, for these places or for all: [{ block, keys, columns, cards, n }].
function readLists(store, directory, guide, blocks, places) {
  const wanted = [];
  blocks.forEach((block) => {
    const slug = guide.blocks[block][0];
    const split = directory.large[block];
    if (!directory.blocks[block]) { return; }
    if (!split) { wanted.push([block, slug + ".json"]); }
    else if (places.length) {
      places.forEach((place) => {
        if (split.includes(place)) { wanted.push([block, slug + "/" + guide.places[place][0] + ".json"]); }
      });
    }
    else { wanted.push([block, slug + "/" + SPLIT + ".json"]); }
  });
  return Promise.all(wanted.map(async (pair) => {
    const list = await store("b/" + pair[1]);
    if (list.n > list.keys.length) { old(pair[1]); }
    if (!list.all) { list.all = running(list.keys); }
    return { block: pair[0], keys: list.all, columns: list.facets, cards: list.cards };
  }));
}

// Cards of providers by their keys: [key, slug, name, summary], out of what is known already or from their files.
async function readCards(store, directory, known, keys) {
  const files = new Set(keys.filter((key) => !known.has(key))
    .map((key) => Math.floor(key / 2 ** directory.shift)));
  const found = await Promise.all([...files].map((file) => store("k/" + file + ".json")));
  found.forEach((cards) => { cards.forEach((card) => { known.set(card[0], card); }); });
  return keys.map((key) => known.get(key) || old(key));
}
