// From a question to the topics that it is about. `guide` is what topics.py wrote; nothing here touches the page.

const TITLE = 1;
const PHRASE = 1;
const PART = 0.5;      // a word that is a part of a longer one
const ALIKE = 0.85;    // a word for the same thing
const BEGIN = 0.65;    // a word with the same beginning
const TYPO = 0.8;      // a word that is written nearly so
const UNKNOWN = 0.8;    // how much a word tells that doesn't stand in the guide
const FEWEST_LETTERS = 4;
const LONG = 8;        // letters of a word in which two may be wrong

// All words of the guide, with the phrases that they stand in.
function makeIndex(guide) {
  const index = {
    guide: guide,
    skipped: new Set(guide.skipped.split(" ")),
    urgent: new Set(guide.urgent.split(" ").map(stem)),
    alike: new Map(),
    stems: new Map(),     // stem -> [phrase, quality, phrase, quality, ...]
    written: new Map(),   // a word as it stands in the guide -> its stem
    topic: [], field: [], size: [],
    places: [],           // [words, topic] of each name of a municipality, a town or a village
  };
  guide.topics.forEach(function (row, number) {
    const phrases = [tellingWords(index, row[2])].concat((row[3] || "").split("|").map(function (one) { return one ? one.split(" ") : []; }));
    phrases.forEach(function (words, place) { addPhrase(index, number, place ? PHRASE : TITLE, words); });
    if (guide.kinds[row[0]][0] === "gemeente") {
      phrases.forEach(function (words) { if (words.length) { index.places.push([words.map(function (word) { return word.replace("+", ""); }), number]); } });
    }
  });
  guide.alike.forEach(function (line, group) {
    const words = line.split(" ");
    words.concat(guide.told[group] ? guide.told[group].split(" ") : []).forEach(function (word) {
      const others = words.filter(function (other) { return other !== word; }).map(stem);
      index.alike.set(stem(word), (index.alike.get(stem(word)) || []).concat(others));
      if (!index.written.has(word)) { index.written.set(word, stem(word)); }
    });
  });
  index.field.forEach(function (_, phrase) { index.size[phrase] = 0; });
  index.stems.forEach(function (found, one) {
    const weight = rarity(index, one);
    for (let at = 0; at < found.length; at += 2) { if (found[at + 1] === 1) { index.size[found[at]] += weight; } }
  });
  return index;
}

function tellingWords(index, text) {
  const words = wordsOf(text);
  const telling = words.filter(function (word) { return !index.skipped.has(word); });
  return telling.length ? telling : words;
}

function addPhrase(index, topic, field, words) {
  if (!words.length) { return; }
  const phrase = index.field.push(field) - 1;
  index.topic[phrase] = topic;
  words.forEach(function (word) {
    const parts = word.split("+");
    const whole = parts.join("");
    addWord(index, whole, phrase, 1);
    if (parts.length > 1) { parts.forEach(function (part) { addWord(index, part, phrase, PART); }); }
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
  const all = index.field.length;
  return found ? Math.log(1 + all / (found.length / 2)) / Math.log(1 + all) : 1;
}

// The words of a question: each with the stems that it may mean, and how sure that is.
function readQuestion(index, text) {
  const all = wordsOf(text).slice(0, 30);
  const kept = all.filter(function (word) { return !index.skipped.has(word); });
  const words = (kept.length ? kept : all).map(function (word) { return { word: word, means: new Map(), known: false, typo: "" }; });
  words.forEach(function (one) { meanings(index, one); });
  joinNeighbours(index, all, words);
  words.forEach(function (one) { if (!one.means.size) { guess(index, one); } });
  const placed = markPlaces(index, words);
  words.forEach(function (one) {
    one.weight = one.means.size ? 0 : UNKNOWN;
    one.means.forEach(function (_, key) { one.weight = Math.max(one.weight, rarity(index, key)); });
    if (one.isPlace && placed.length < words.length) { one.weight = 0; }
  });
  return words;
}

// The topics of municipalities that a question names. Where it asks more, its other words tell what it is about.
function placesIn(index, words) {
  const asked = words.map(function (one) { return one.typo || one.word; });
  const found = index.places.filter(function (place) { return place[0].every(function (word) { return asked.indexOf(word) >= 0; }); });
  return found.map(function (place) { return { words: place[0], topic: place[1] }; });
}

function markPlaces(index, words) {
  const named = [].concat.apply([], placesIn(index, words).map(function (place) { return place.words; }));
  const placed = words.filter(function (one) { return named.indexOf(one.typo || one.word) >= 0; });
  placed.forEach(function (one) { one.isPlace = true; });
  return placed;
}

function mean(one, key, quality) {
  if ((one.means.get(key) || 0) < quality) { one.means.set(key, quality); }
}

function meanings(index, one) {
  const key = stem(one.word);
  if (index.stems.has(key)) {
    mean(one, key, 1);
    one.known = true;
    one.exact = true;
  }
  (index.alike.get(key) || []).forEach(function (other) {
    if (index.stems.has(other)) {
      mean(one, other, ALIKE);
      one.known = true;
    }
  });
}

// "thuis zorg" is thuiszorg.
function joinNeighbours(index, all, words) {
  for (let at = 0; at + 1 < all.length; at += 1) {
    const key = stem(all[at] + all[at + 1]);
    if (index.stems.has(key)) {
      words.forEach(function (one) {
        if (one.word === all[at] || one.word === all[at + 1]) {
          mean(one, key, 1);
          one.known = true;
        }
      });
    }
  }
}

// What a word may mean that doesn't stand in the guide: its parts, a word that begins so, a word that is written nearly so.
function guess(index, one) {
  splitWord(index, one);
  if (!one.means.size) { nearlySo(index, one, 1); }
  if (!one.means.size) { sameBeginning(index, one); }
  if (!one.means.size && one.word.length >= LONG) { nearlySo(index, one, 2); }
}

function splitWord(index, one) {
  const word = one.word;
  let best = null;
  for (let at = 3; at <= word.length - 3; at += 1) {
    const tail = word.slice(at);
    const tailKey = stem(tail);
    if (index.stems.has(tailKey) && (tail.length > 3 || index.written.has(tail))) {
      ["", "s", "en", "e", "n"].forEach(function (link) {
        const head = word.slice(0, at - link.length);
        if (head.length > 2 && word.slice(0, at).endsWith(link) && index.written.has(head)) {
          const shortest = Math.min(head.length, tail.length);
          if (!best || shortest > best.shortest) { best = { head: index.written.get(head), tail: tailKey, shortest: shortest }; }
        }
      });
    }
  }
  if (best) {
    if (index.stems.has(best.head)) { mean(one, best.head, 0.7); }
    (index.alike.get(best.head) || []).forEach(function (other) { if (index.stems.has(other)) { mean(one, other, 0.6); } });
    mean(one, best.tail, 0.7);
    one.known = true;
  }
}

function sameBeginning(index, one) {
  if (one.word.length < FEWEST_LETTERS) { return; }
  const key = stem(one.word);
  index.stems.forEach(function (_, other) {
    if (other.startsWith(key)) { mean(one, other, BEGIN + 0.1 * key.length / other.length); }
    else if (other.length >= 5 && key.startsWith(other)) { mean(one, other, BEGIN * other.length / key.length); }
  });
  if (one.means.size) { one.known = true; }
}

function nearlySo(index, one, most) {
  if (one.word.length < FEWEST_LETTERS) { return; }
  const asked = sound(one.word);
  let nearest = most + 1;
  let found = [];
  if (!index.sounds) {
    index.sounds = [];
    index.written.forEach(function (key, word) { if (word.length >= 3 && (index.stems.has(key) || index.alike.has(key))) { index.sounds.push([sound(word), word, key]); } });
  }
  index.sounds.forEach(function (row) {
    const far = distance(asked, row[0], Math.min(most, nearest));
    if (far < nearest) {
      nearest = far;
      found = [];
    }
    if (far === nearest && far <= most) { found.push(row); }
  });
  found.sort(function (a, b) { return distance(one.word, a[1], 9) - distance(one.word, b[1], 9); });
  found.slice(0, 3).forEach(function (row, place) {
    const sure = TYPO - 0.1 * nearest - 0.05 * place;
    if (index.stems.has(row[2])) { mean(one, row[2], sure); }
    (index.alike.get(row[2]) || []).forEach(function (other) { if (index.stems.has(other)) { mean(one, other, sure * ALIKE); } });
    if (!one.typo) { one.typo = row[1]; }
  });
}

// The topics that a question is about, the best first: [{ topic, score, share }]; share is how much of the question it answers.
function understand(index, words) {
  const total = words.reduce(function (sum, one) { return sum + one.weight; }, 0);
  const phrases = new Map();
  const topics = new Map();
  words.forEach(function (one, number) {
    const mine = new Map();
    if (!one.weight) { return; }
    one.means.forEach(function (sure, key) {
      const found = index.stems.get(key);
      const tells = rarity(index, key);
      for (let at = 0; at < found.length; at += 2) {
        const fit = sure * found[at + 1];
        const before = mine.get(found[at]);
        if (!before || before[0] < fit) { mine.set(found[at], [fit, fit * tells]); }
      }
    });
    mine.forEach(function (fit, phrase) {
      const sum = phrases.get(phrase) || [0, 0];
      sum[0] += one.weight * fit[0];
      sum[1] += fit[1];
      phrases.set(phrase, sum);
      const topic = index.topic[phrase];
      const best = topics.get(topic) || { topic: topic, score: 0, words: [] };
      best.words[number] = Math.max(best.words[number] || 0, one.weight * fit[0] * index.field[phrase]);
      topics.set(topic, best);
    });
  });
  phrases.forEach(function (sum, phrase) {
    const whole = Math.min(1, sum[1] / index.size[phrase]);
    const score = index.field[phrase] * sum[0] / total * (0.45 + 0.55 * whole);
    const best = topics.get(index.topic[phrase]);
    best.score = Math.max(best.score, score);
  });
  return ranked(index, topics, total);
}

const KIND_WEIGHT = [1, 1, 0.95, 0.95, 0.85, 1, 0.7, 0.6, 0.5, 1];

function ranked(index, topics, total) {
  const found = [];
  topics.forEach(function (one) {
    one.share = one.words.reduce(function (sum, fit) { return sum + (fit || 0); }, 0) / total;
    one.score = (0.7 * one.score + 0.3 * one.share) * KIND_WEIGHT[index.guide.topics[one.topic][0]];
    found.push(one);
  });
  found.sort(function (a, b) { return b.score - a.score || a.topic - b.topic; });
  const best = found.length ? found[0].score : 0;
  return found.filter(function (one) { return one.score > 0.16 && one.score > best * 0.4; });
}
