// From a question to the topics that it is about. `guide` is what topics.py wrote; nothing here touches the page.

const PART = 0.5;      // a word that is a part of a longer one
const ALIKE = 0.85;    // a word for the same thing
const BEGIN = 0.65;    // a word with the same beginning
const SPLIT_SURE = 0.7; // a part of a word that was typed as one
const TYPO = 0.8;      // a word that is written nearly so
const ELSEWHERE = 2;   // how much a word tells of what people look for on another site
const RARE = 0.95;     // how much a word tells that stands in one or two phrases
const UNKNOWN = 1;    // how much a word tells that doesn't stand in the guide
const FEWEST_LETTERS = 4;
const LONG = 8;        // letters of a word in which two may be wrong

// All words of the guide, with the phrases that they stand in.
function makeIndex(guide) {
  // A municipality is told by its name alone where its slug follows from that, and its page by its number.
  guide.places = guide.places.map((place) => typeof place === "string" ? [wordsOf(place).join("-"), place] : place);
  const kind = guide.kinds.findIndex((one) => one[0] === PLACE);
  guide.topics = guide.topics.map((row) => typeof row === "number" ? [kind, "", "", "", [], [row]] : row);
  const index = {
    guide,
    skipped: new Set(guide.skipped.split(" ")),
    urgent: guide.urgent.map(stemsOf),
    learned: new Set(),   // files of words that say the same
    alike: new Map(),     // a word -> the stems of words that say the same, as far as they were fetched
    stems: new Map(),     // stem -> [phrase, quality, phrase, quality, ...]
    written: new Map(),   // a word as it stands in the guide -> its stem
    sounds: [],           // [sound, word, stem] of each written word, as far as they were needed
    topic: [], size: [],  // of each phrase
    title: [],            // the phrase that is a topic's title
    elsewhere: new Set(), // stems of what people look for on another site
    kind,                 // the number of the kind of pages of municipalities
    pages: new Map(),     // slug of a municipality -> its topic
    places: [],           // [words, topic] of each name of a municipality, a town or a village
  };
  guide.topics.forEach((row, number) => {
    if (!row[1]) {  // the page of a municipality, of which all is known
      const place = guide.places[row[5][0]];
      index.pages.set(place[0], number);
      row[1] = "gemeenten/" + place[0] + "/";
      row[2] = place[1];
    }
    const phrases = [tellingWords(index, row[2])].concat((row[3] || "").split("|").map((one) => one ? one.split(" ") : []));
    index.title[number] = index.topic.length;
    phrases.forEach((words) => { addPhrase(index, number, words); });
  });
  index.all = index.topic.length;
  index.size = index.topic.map(() => 0);
  index.stems.forEach((found, one) => {
    const weight = rarity(index, one);
    for (let at = 0; at < found.length; at += 2) { if (found[at + 1] === 1) { index.size[found[at]] += weight; } }
  });
  return index;
}

function tellingWords(index, text) {
  const words = wordsOf(text);
  const telling = words.filter((word) => !index.skipped.has(word));
  return telling.length ? telling : words;
}

function addPhrase(index, topic, words) {
  if (!words.length) { return; }
  const phrase = index.topic.push(topic) - 1;
  if (index.guide.topics[topic][0] === index.kind) { index.places.push([words.map((word) => word.replace("+", "")), topic]); }
  words.forEach((word) => {
    const parts = word.split("+");
    const whole = parts.join("");
    addWord(index, whole, phrase, 1);
    if (parts.length > 1) { parts.forEach((part) => { addWord(index, part, phrase, PART); }); }
  });
}

function addWord(index, word, phrase, quality) {
  let key = index.written.get(word);
  if (key === undefined) {
    key = stem(word);
    index.written.set(word, key);
  }
  const found = index.stems.get(key);
  if (!found) { index.stems.set(key, [phrase, quality]); }
  else if (found[found.length - 2] !== phrase) { found.push(phrase, quality); }
  else { found[found.length - 1] = Math.max(found[found.length - 1], quality); }
}

// How much a word tells: 1 for one that stands in a single phrase, near 0 for one that stands in nearly all.
function rarity(index, key) {
  const found = index.stems.get(key);
  const all = index.all;
  return found ? Math.log(1 + all / (found.length / 2)) / Math.log(1 + all) : 1;
}

// The words of a question: each with the stems that it may mean, and how sure that is.
function readQuestion(index, text) {
  const all = wordsOf(text).slice(0, 30);
  const kept = all.filter((word) => !index.skipped.has(word));
  const words = (kept.length ? kept : all).map((word) => ({ word, means: new Map(), known: false, typo: "" }));
  words.forEach((one) => { meanings(index, one); });
  joinNeighbours(index, all, words);
  words.forEach((one) => { if (!one.means.size && !index.elsewhere.has(stem(one.word)) && !index.skipped.has(one.word)) { guess(index, one); } });
  const placed = markPlaces(index, words);
  words.forEach((one) => {
    one.weight = weightOf(index, one, words, all.length > words.length);
    if (one.isPlace && placed.length < words.length) { one.weight = 0; }
  });
  return words;
}

// How much a word of a question tells: as much as in the guide where it stands there, else as the rarest of what it may mean.
// What is looked for elsewhere silences it, unless a sentence has a rare word and one more: "rijbewijs kwijt door mijn ogen".
function weightOf(index, one, words, isSentence) {
  if (one.exact) { return rarity(index, stem(one.word)); }
  if (one.means.size) { return Math.max(...[...one.means.keys()].map((key) => rarity(index, key))); }
  const tells = words.filter((other) => other.exact).map((other) => rarity(index, stem(other.word)));
  return index.elsewhere.has(stem(one.word)) && !(isSentence && tells.length > 1 && Math.max(...tells) > RARE) ? ELSEWHERE : UNKNOWN;
}

// A question with what was meant in the place of words that were written otherwise.
function meantBy(question, words) {
  return wordsOf(question).map((word) => {
    const one = words.find((other) => other.word === word);
    return (one && one.typo) || word;
  }).join(" ");
}

// The topics of municipalities that a question names. Where it asks more, its other words tell what it is about.
function placesIn(index, words) {
  const asked = words.map((one) => one.typo || one.word);
  const found = index.places.filter((place) => place[0].every((word) => asked.includes(word)));
  return found.map((place) => ({ words: place[0], topic: place[1] }));
}

function markPlaces(index, words) {
  const named = [].concat(...placesIn(index, words).map((place) => place.words));
  const placed = words.filter((one) => named.includes(one.typo || one.word));
  placed.forEach((one) => { one.isPlace = true; });
  return placed;
}

function mean(one, key, quality) {
  if ((one.means.get(key) || 0) < quality) { one.means.set(key, quality); }
}

function meanings(index, one) {
  const key = stem(one.word);
  one.exact = index.stems.has(key);
  meanRow(index, one, [0, one.word, key], 1);
  one.known = one.means.size > 0;
}

// "thuis zorg" is thuiszorg, and "schoon te maken" is schoonmaken.
function joinNeighbours(index, all, words) {
  for (let at = 0; at + 1 < all.length; at += 1) {
    const next = all[at + 1] === "te" && all[at + 2] ? all[at + 2] : all[at + 1];
    const joined = { word: all[at] + next, means: new Map(), known: false };
    meanings(index, joined);
    words.filter((one) => joined.known && (one.word === all[at] || one.word === next)).forEach((one) => {
      joined.means.forEach((sure, key) => { mean(one, key, sure); });
      one.known = true;
    });
  }
}

// What a word may mean that doesn't stand in the guide: its parts, a word that begins so, a word that is written nearly so.
function guess(index, one) {
  if (one.word.length < FEWEST_LETTERS) { return; }
  const bare = one.word.replace("ge", "");  // schoongemaakt
  if (bare.length > 4) { meanRow(index, one, [0, bare, stem(bare)], ALIKE); }
  if (!one.means.size && one.word.length >= LONG) { nearlySo(index, one, 1); }
  if (!one.means.size) { splitWord(index, one); }
  if (!one.means.size) { nearlySo(index, one, 1); }
  if (!one.means.size) { sameBeginning(index, one); }
  [1, 0].forEach((isEnd) => {  // the longest end that is known, or else the longest beginning
    for (let cut = 3; !one.means.size && cut < one.word.length - 4; cut += 1) {
      const part = isEnd ? one.word.slice(cut) : one.word.slice(0, -cut);
      meanRow(index, one, [0, part, stem(part)], BEGIN);
      const heard = sound(part);
      if (!one.means.size) { soundsOf(index).forEach((row) => { if (row[0] === heard) { meanRow(index, one, row, BEGIN); } }); }
    }
  });
  if (!one.means.size && one.word.length >= LONG) { nearlySo(index, one, 2); }
}

// The parts of a word that are words of the guide, for a compound or words that were typed as one: "geldproblemenhulp".
function splitWord(index, one) {
  const parts = partsOf(index, one.word, 3);
  if (!parts) { return; }
  const keys = parts.map((part) => index.written.get(part) || stem(part));
  const most = Math.max(...keys.map((key) => rarity(index, key)));
  parts.forEach((part, at) => {  // "thuiszorghulp" is about thuiszorg more than about hulp
    meanRow(index, one, [0, part, keys[at]], SPLIT_SURE * rarity(index, keys[at]) / most);
  });
  one.known = one.means.size > 0;
}

// At most so many parts, as long as can be; null when the word has none. Words that tell nothing may stand between.
function partsOf(index, word, most) {
  let best = null;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const tail = word.slice(at);
    if (isPart(index, tail)) {
      ["", "s", "en", "e", "n"].forEach((link) => {
        const head = word.slice(0, at - link.length);
        if (head.length < 3 || !word.slice(0, at).endsWith(link)) { return; }
        const heads = isPart(index, head) ? [head] : (most > 2 && head.length > 5 ? partsOf(index, head, most - 1) : null);
        if (!heads) { return; }
        const parts = heads.concat(tail);
        const shortest = Math.min(...parts.map((part) => part.length)) - parts.length;
        if (!best || shortest > best.shortest) { best = { parts, shortest }; }
      });
    }
  }
  return best && best.parts.filter((part) => !index.skipped.has(part));
}

function isPart(index, word) {
  return index.written.has(word) || index.skipped.has(word) || (word.length > 4 && (index.stems.has(stem(word)) || index.alike.has(stem(word))));
}

// By ear, so that "eenzaamhijd" has the beginning of "eenzaam".
function sameBeginning(index, one) {
  const asked = sound(one.word);
  soundsOf(index).forEach((row) => {
    const other = row[0];
    if (other.startsWith(asked)) { meanRow(index, one, row, BEGIN + 0.1 * asked.length / other.length); }
  });
  if (one.means.size) { one.known = true; }
}

// Every word of the guide as it sounds; the shortest like nothing.
function soundsOf(index) {
  [...index.written].slice(index.sounds.length).forEach((pair) => { index.sounds.push([pair[0].length < 3 ? "" : sound(pair[0]), ...pair]); });
  return index.sounds;
}

function meanRow(index, one, row, sure) {
  if (index.stems.has(row[2])) { mean(one, row[2], sure); }
  (index.alike.get(row[1]) || index.alike.get(row[2]) || []).forEach((other) => { if (index.stems.has(other)) { mean(one, other, sure * ALIKE); } });
}

const KEYBOARD = "qwertyuiop asdfghjkl zxcvbnm";

// Whether two words that differ in some letters can be the same: in short ones a letter may be missing, too many, swapped
// with its neighbour, or hit beside its key.
function isSlip(asked, other, far) {
  if (far === 0) { return true; }
  if (far > 1) { return asked.length > 5; }
  const swapped = asked.length === other.length && asked.split("").sort().join() === other.split("").sort().join();
  return asked.length > 5 || asked.length !== other.length || swapped || isBeside(asked, other);
}

// The first letter is right, sounds nearly so, or is swapped with the next.
function isNearBegin(asked, other) {
  return asked[0] === other[0] || "tdt bpb kgk".includes(asked[0] + other[0]) || (asked.length === other.length && asked[0] === other[1] && asked[1] === other[0]);
}

function isBeside(asked, other) {
  let at = 0;
  while (asked[at] === other[at]) { at += 1; }
  return Math.abs(KEYBOARD.indexOf(asked[at]) - KEYBOARD.indexOf(other[at])) === 1;
}

function nearlySo(index, one, most) {
  const asked = sound(one.word);
  let nearest = most;
  let found = [];
  soundsOf(index).forEach((row) => {
    if (!isNearBegin(asked, row[0])) { return; }
    const far = distance(asked, row[0], nearest);
    if (far > nearest || !isSlip(asked, row[0], far)) { return; }
    if (far < nearest) { found = []; }
    nearest = far;
    found.push(row);
  });
  found.sort((a, b) => distance(one.word, a[1], 9) - distance(one.word, b[1], 9));
  found.slice(0, 3).forEach((row, place) => { meanRow(index, one, row, TYPO + 0.1 - 0.1 * nearest - 0.05 * place); });
  if (found.length && one.means.size) { one.typo = found[0][1]; }
}

// The topics that a question is about, the best first: [{ topic, score, share }]; share is how much of the question it answers.
function understand(index, words) {
  const total = words.reduce((sum, one) => sum + one.weight, 0);
  const phrases = new Map();
  const topics = new Map();
  words.forEach((one, number) => {
    const mine = new Map();
    if (!one.weight) { return; }
    one.means.forEach((sure, key) => {
      const found = index.stems.get(key);
      const tells = rarity(index, key);
      for (let at = 0; at < found.length; at += 2) {
        const fit = sure * found[at + 1];
        const before = mine.get(found[at]);
        if (!before || before[0] < fit) { mine.set(found[at], [fit, fit * tells]); }
      }
    });
    mine.forEach((fit, phrase) => {
      const sum = phrases.get(phrase) || [0, 0];
      sum[0] += one.weight * fit[0];
      sum[1] += fit[1];
      phrases.set(phrase, sum);
      const topic = index.topic[phrase];
      const best = topics.get(topic) || { topic, score: 0, titled: 0, words: [] };
      best.words[number] = Math.max(best.words[number] || 0, one.weight * fit[0]);
      if (index.title[topic] === phrase) { best.titled += one.weight * fit[0]; }
      topics.set(topic, best);
    });
  });
  phrases.forEach((sum, phrase) => {
    const whole = Math.min(1, sum[1] / index.size[phrase]);
    const score = sum[0] / total * (0.45 + 0.55 * whole);
    const best = topics.get(index.topic[phrase]);
    best.score = Math.max(best.score, score);
  });
  return ranked(index, topics, total);
}

// The page of a municipality that is named beside something else stands second.
function withPlacePage(index, words, found) {
  if (words.every((one) => one.isPlace)) { return found; }
  const topics = [...new Set(placesIn(index, words).map((place) => place.topic))];
  const others = found.filter((one) => !topics.includes(one.topic));
  const pages = topics.map((topic) => ({ topic, score: others.length ? others[0].score : 1, share: 1 }));
  return others.slice(0, 1).concat(pages, others.slice(1));
}

const KIND_WEIGHT = [1, 1, 0.95, 0.95, 0.85, 1, 0.9, 0.8, 0.5, 1];
const TITLED = 0.2;     // how much more a page counts whose title has all of a question
const LEAST_SHARE = 0.36; // less of a sentence, for no page has all words of one

// Whether the best of what was found answers enough of a question to be shown.
function isAnswer(words, found) {
  return found.length > 0 && found[0].share >= Math.min(LEAST_SHARE, 0.9 / words.length);
}

function ranked(index, topics, total) {
  const found = [];
  topics.forEach((one) => {
    one.share = one.words.reduce((sum, fit) => sum + (fit || 0), 0) / total;
    one.score = (0.7 * one.score + 0.3 * one.share) * (1 + TITLED * Math.min(1, one.titled / total)) * KIND_WEIGHT[index.guide.topics[one.topic][0]];
    found.push(one);
  });
  found.sort((a, b) => b.score - a.score || a.topic - b.topic);
  const best = found.length ? found[0].score : 0;
  return found.filter((one) => one.score > 0.16 && one.score > best * 0.4);
}
