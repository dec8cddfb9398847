// Words that say the same, in files by their first letters, of which a phone fetches those that a question needs.

// Fetches what says the same as these words. Gives whether there was something new.
async function learnAlike(index, store, words) {
  const there = index.alikeFiles || (index.alikeFiles = new Set([].concat(...index.guide.alike.split(" ").map((one) => (
    one.length < 3 ? one : one.slice(2).split("").map((third) => one.slice(0, 2) + third)
  )))));
  const wanted = new Set(words.map((word) => there.has(word.slice(0, 3)) ? word.slice(0, 3) : word.slice(0, 2)).filter((name) => there.has(name)));
  const files = await Promise.all([...wanted].map((name) => store("g/" + name + ".json")));
  const fresh = files.filter((file) => !index.learned.has(file));
  fresh.forEach((file) => {
    index.learned.add(file);
    learnPlaces(index, file[""] || {});
    delete file[""];
    Object.keys(file).forEach((word) => {
      if (!file[word]) {
        index.elsewhere.add(stem(word));
        return;
      }
      index.alike.set(word, file[word].split(" "));
      index.alike.set(stem(word), file[word].split(" "));
      if (!index.written.has(word)) { index.written.set(word, stem(word)); }
    });
  });
  return fresh.length > 0;
}

// Towns and villages of a large region, by municipality. Their words weigh the same whatever was fetched before.
function learnPlaces(index, places) {
  Object.keys(places).forEach((slug) => {
    places[slug].split("|").forEach((phrase) => {
      index.size[index.topic.length] = phrase.split(" ").length;
      addPhrase(index, index.pages.get(slug), phrase.split(" "));
    });
  });
}

// A word as it may have been meant when there is a slip in its first letters, by which its file has its name: "sdofzuiger".
function beginnings(word) {
  const found = [];
  for (let at = 0; at < 3; at += 1) {
    const before = word.slice(0, at);
    SWAPPED.filter((pair) => word.startsWith(pair[0], at)).forEach((pair) => { found.push(before + pair[1] + word.slice(at + pair[0].length)); });
    found.push(before + word[at + 1] + word[at] + word.slice(at + 2));
    if (at) {
      const last = word[at - 1];
      const left = VOWEL.test(last) ? last : "aeiou";
      found.push(before + word.slice(at + 1));
      if (!VOWEL.test(word[at])) { left.split("").forEach((vowel) => { found.push(before + vowel + word.slice(at)); }); }
    }
  }
  return found;
}
