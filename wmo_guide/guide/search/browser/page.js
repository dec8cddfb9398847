// The search page: reads the address, shows results and filters, and keeps the address right. No cookies, no other site.

const form = document.getElementById("zoekformulier");
const field = document.getElementById("zoekveld");
const status = document.getElementById("zoekstatus");
const list = document.getElementById("zoekresultaten");
const moreButton = document.getElementById("zoekmeer");
const meant = document.getElementById("zoekbedoeld");
const nothing = document.getElementById("zoekniets");
const danger = document.getElementById("zoekgevaar");
const mine = document.getElementById("zoekgemeente");
const panels = Array.from(form.querySelectorAll(".wg-filters"));
const folder = form.getAttribute("action");
const home = form.getAttribute("data-home");
const memory = "wg-gemeente" + home;
const STEP = 10;
const MOST_TOPICS = 15;
const LEAST_SHARE = 0.36;
const FEW_ROWS = 600;

const store = makeStore(folder);
const cards = new Map();
let index = null;
let turn = 0;

const facets = Array.from(form.querySelectorAll("fieldset[data-facet]")).map(function (group) {
  const inputs = Array.from(group.querySelectorAll("input"));
  return {
    name: inputs[0].name, inputs: inputs, group: group, most: group.hasAttribute("data-most"),
    ofOffers: group.getAttribute("data-facet") === "offer",
    choices: inputs.map(function (input) { return input.value; }).filter(Boolean),
  };
});
const offerFacets = facets.filter(function (facet) { return facet.ofOffers; });

// The state of the page stands in its address and nowhere else.
function readAddress() {
  const asked = new URLSearchParams(location.search);
  const filters = {};
  facets.forEach(function (facet) {
    filters[facet.name] = asked.getAll(facet.name).filter(function (value) { return facet.choices.indexOf(value) >= 0; });
  });
  return { q: (asked.get("q") || "").trim().slice(0, 200), filters: filters, more: Math.min(100, Math.max(0, Number(asked.get("meer")) || 0)) };
}

function addressOf(state) {
  const told = new URLSearchParams();
  if (state.q) { told.set("q", state.q); }
  facets.forEach(function (facet) { state.filters[facet.name].forEach(function (value) { told.append(facet.name, value); }); });
  if (state.more) { told.set("meer", state.more); }
  const text = told.toString();
  return folder + (text ? "?" + text : "");
}

function readForm() {
  const filters = {};
  facets.forEach(function (facet) {
    filters[facet.name] = facet.inputs.filter(function (input) { return input.checked && input.value; }).map(function (input) { return input.value; });
  });
  return { q: field.value.trim().slice(0, 200), filters: filters, more: 0 };
}

function fillForm(state) {
  field.value = state.q;
  facets.forEach(function (facet) {
    facet.inputs.forEach(function (input) {
      input.checked = input.value ? state.filters[facet.name].indexOf(input.value) >= 0 : !state.filters[facet.name].length;
    });
    const chosen = facet.inputs.filter(function (input) { return input.checked && input.value; }).map(labelOf);
    facet.group.parentNode.querySelector("[data-chosen]").textContent = chosen.length ? "(" + chosen.join(", ") + ")" : "";
  });
}

function labelOf(input) {
  return input.parentNode.childNodes[1].textContent.trim();
}

function go(state) {
  history.pushState(null, "", addressOf(state));
  remember(state);
  show(state);
}

// The municipality stays on this device only.
function remember(state) {
  const chosen = state.filters.gemeente || [];
  try {
    if (chosen.length === 1) { localStorage.setItem(memory, chosen[0]); }
    else if (!chosen.length) { localStorage.removeItem(memory); }
  } catch (error) { /* a browser that keeps nothing */ }
}

function remembered() {
  try { return localStorage.getItem(memory) || ""; } catch (error) { return ""; }
}

function tellMine() {
  const kept = remembered();
  const place = index.guide.places.filter(function (one) { return one[0] === kept; })[0];
  mine.hidden = !place;
  if (place) { mine.querySelector("strong").textContent = place[1]; }
}

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text) { made.textContent = text; }
  if (kind) { made.className = kind; }
  return made;
}

function addResult(title, url, kind, summary) {
  const item = element("li", "", "wg-card");
  const head = element("h2");
  const link = element("a", title);
  link.href = home + url;
  head.appendChild(link);
  item.appendChild(head);
  item.appendChild(element("p", kind, "wg-updated"));
  if (summary !== null) { item.appendChild(element("p", summary)); }
  list.appendChild(item);
  return item;
}

// With one municipality chosen, help leads to its page about that help.
function topicUrl(state, row) {
  const places = state.filters.gemeente || [];
  const isHelp = index.guide.kinds[row[0]][0] === "hulp";
  return isHelp && places.length === 1 ? "gemeenten/" + places[0] + "/" + index.guide.blocks[row[4][0]][0] + "/" : row[1];
}

function addTopics(state, topics, now) {
  const waiting = topics.map(function (one) {
    const row = index.guide.topics[one.topic];
    const item = addResult(row[2], topicUrl(state, row), index.guide.kinds[row[0]][1], "");
    return [item.lastChild, one.topic];
  });
  if (!waiting.length) { return; }
  store("teksten.json").then(function (texts) {
    if (now === turn) { waiting.forEach(function (pair) { pair[0].textContent = texts[pair[1]]; }); }
  }).catch(function () { /* titles tell enough */ });
}

function addProviders(providers, blocksOfKey) {
  providers.forEach(function (card) {
    const blocks = blocksOfKey.get(card[0]) || [];
    const titles = blocks.map(function (block) { return index.guide.blocks[block][1]; });
    const where = blocks.length ? "#hulp-" + index.guide.blocks[blocks[0]][0] : "";
    addResult(card[2], "aanbieders/" + card[1] + "/" + where, "Aanbieder" + (titles.length ? " van: " + titles.join(", ") : ""), card[3]);
  });
}

function isFiltered(state) {
  return facets.some(function (facet) { return state.filters[facet.name].length; });
}

async function show(state) {
  turn += 1;
  const now = turn;
  fillForm(state);
  if (!state.q && !isFiltered(state)) { return showStart(); }
  status.textContent = "Bezig met zoeken\u2026";
  try {
    if (!index) { index = makeIndex(await store("onderwerpen.json")); }
    tellMine();
    await learnAlike(index, store, state.q);
    await answer(state, now);
  } catch (error) {
    if (now === turn) { status.textContent = "Zoeken lukt nu niet. Kijk of u internet hebt, of kies hieronder een andere manier."; nothing.hidden = false; }
  }
}

function showStart() {
  list.textContent = "";
  status.textContent = "";
  [moreButton, meant, nothing, danger].forEach(function (one) { one.hidden = true; });
  facets.forEach(function (facet) { facet.inputs.forEach(function (input) { tellCount(input, null); }); });
}

// Who names one municipality in the question chooses it, for this question.
function withPlace(state, words) {
  const topics = placesIn(index, words).map(function (place) { return place.topic; });
  const slugs = [].concat.apply([], topics.map(function (topic) { return index.guide.topics[topic][5] || []; }))
    .map(function (place) { return index.guide.places[place][0]; });
  const alone = words.every(function (one) { return one.isPlace; });
  if (alone || new Set(slugs).size !== 1 || (state.filters.gemeente || []).length) { return state; }
  state.filters.gemeente = [slugs[0]];
  history.replaceState(null, "", addressOf(state));
  fillForm(state);
  return state;
}

// First what the guide itself says, at once; then providers, whose files are still to be fetched.
async function answer(asked, now) {
  const words = asked.q ? readQuestion(index, asked.q) : [];
  const state = withPlace(asked, words);
  const found = state.q ? withPlacePage(index, words, understand(index, words)) : [];
  const sure = found.length && found[0].share >= LEAST_SHARE ? found.slice(0, MOST_TOPICS) : [];
  danger.hidden = !wordsOf(state.q).some(function (word) { return index.urgent.has(stem(word)); });
  const counter = makeCounter(state.filters);
  const topics = filterTopics(index.guide, sure, state.filters, counter);
  const unknown = words.some(function (one) { return !one.known; });
  if (topics.length && !unknown) { paint(state, { topics: topics, named: [], providers: [], blocks: new Map(), waiting: true }, words, now); }
  const offers = await findOffers(state, words, sure, counter);
  if (now !== turn) { return; }
  const result = Object.assign({ topics: topics, waiting: false }, offers);
  result.cards = await readCards(store, result.directory, cards, result.named.concat(result.providers.slice(0, STEP * (state.more + 1))));
  if (now !== turn) { return; }
  paint(state, result, words, now);
  facets.forEach(function (facet) {
    facet.inputs.forEach(function (input) { tellCount(input, result.counted && input.value ? counter.of(facet.name, input.value) : null); });
  });
}

// Which providers there are for a question with filters, in the neutral order of the day.
async function findOffers(state, words, topics, counter) {
  const guide = index.guide;
  const directory = await store("aanbod.json");
  const names = directory.names || (directory.names = new Set(directory.words.split(" ")));
  const hits = words.length ? await providersByWords(store, names, words, wordsOf(state.q)) : new Map();
  const judged = new Map();
  hits.forEach(function (hit, key) { judged.set(key, judgeHit(words, hit, topics.length > 0)); });
  const blocks = state.q ? blocksOf(guide, topics) : guide.blocks.map(function (_, number) { return number; });
  const places = (state.filters.gemeente || []).map(function (slug) { return guide.places.findIndex(function (one) { return one[0] === slug; }); });
  const told = function (key) { const one = judged.get(key); return one ? Number(one.told) + Number(one.isName) : 0; };
  const filtered = isFiltered(state);
  const many = blocks.reduce(function (sum, block) { return sum + (directory.blocks[block] || 0); }, 0);
  const open = panels.some(function (panel) { return panel.open; });
  const whole = filtered || open || state.more > 0 || many <= FEW_ROWS;
  const outside = Array.from(judged.keys()).filter(function (key) { return told(key) > 0; });
  let inLists = new Map();
  let number = 0;
  if (whole) {
    const all = outside.length && (filtered || open) ? guide.blocks.map(function (_, block) { return block; }) : blocks;
    const lists = await readLists(store, directory, guide, all, places);
    lists.forEach(function (one) { one.cards.forEach(function (card) { cards.set(card[0], card); }); });
    inLists = filterLists(guide, offerFacets, lists, state.filters, counter, function (key, block) { return blocks.indexOf(block) >= 0 || told(key) > 0; });
  } else {
    const heads = await Promise.all(blocks.filter(function (block) { return directory.blocks[block]; })
      .map(function (block) { return store("b/" + guide.blocks[block][0] + ".json"); }));
    heads.forEach(function (head, place) {
      head.cards.forEach(function (card) {
        cards.set(card[0], card);
        inLists.set(card[0], (inLists.get(card[0]) || []).concat(blocks[place]));
      });
      number = Math.max(number, head.n);
    });
  }
  if (!filtered) { outside.forEach(function (key) { if (!inLists.has(key)) { inLists.set(key, []); } }); }
  const keys = Array.from(inLists.keys()).sort(function (a, b) { return told(b) - told(a) || a - b; });
  const isNamed = function (key) { const one = judged.get(key); return one && one.isName; };
  const byShare = function (a, b) { return judged.get(b).share - judged.get(a).share || a - b; };
  const named = keys.filter(isNamed).sort(byShare).slice(0, 5);
  const providers = keys.filter(function (key) { return named.indexOf(key) < 0; });
  const shown = number > providers.length + named.length ? number : providers.length + named.length;
  return { directory: directory, named: named, providers: providers, blocks: inLists, number: shown, counted: whole, atLeast: !whole };
}

function paint(state, result, words, now) {
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
  list.textContent = "";
  const byKey = new Map((result.cards || []).map(function (card) { return [card[0], card]; }));
  const cardsOf = function (keys) { return keys.map(function (key) { return byKey.get(key); }).filter(Boolean); };
  const providers = cardsOf(result.providers);
  addProviders(cardsOf(result.named), result.blocks);
  addTopics(state, result.topics, now);
  addProviders(providers, result.blocks);
  if (focused) {
    const same = Array.from(list.querySelectorAll("a")).filter(function (link) { return link.getAttribute("href") === focused; })[0];
    if (same) { same.focus(); }
  }
  const left = result.waiting ? 0 : Math.max(0, result.number - result.named.length - providers.length);
  moreButton.hidden = left <= 0;
  if (!result.waiting) { tellStatus(state, result); }
  const none = !result.waiting && !result.topics.length && !result.number;
  nothing.hidden = !none;
  tellMeant(state, words, none);
}

function tellStatus(state, result) {
  const topics = result.topics.length;
  const total = topics + result.number;
  const about = state.q ? " voor \u201c" + state.q + "\u201d" : "";
  if (!total) {
    status.textContent = "Niets gevonden" + about + ". Probeer een ander woord" + (isFiltered(state) ? ", haal een filter weg" : "") + ", of kies hieronder.";
    return;
  }
  const split = topics && result.number ? " (" + result.number + (result.number === 1 ? " aanbieder)" : " aanbieders)") : "";
  status.textContent = (result.atLeast ? "Minstens " : "") + total + (total === 1 ? " resultaat" : " resultaten") + about + split + ".";
}

// What was looked for when a word was written otherwise than the guide writes it.
function tellMeant(state, words, none) {
  const typed = words.filter(function (one) { return one.typo && one.typo !== one.word; });
  meant.hidden = none || !typed.length;
  if (meant.hidden) { return; }
  const better = wordsOf(state.q).map(function (word) {
    const one = typed.filter(function (other) { return other.word === word; })[0];
    return one ? one.typo : word;
  }).join(" ");
  const link = element("a", better);
  link.href = addressOf({ q: better, filters: state.filters, more: 0 });
  meant.textContent = "Bedoelde u ";
  meant.appendChild(link);
  meant.appendChild(document.createTextNode("? Dat hebben wij voor u gezocht."));
}

function tellCount(input, number) {
  const place = input.parentNode.querySelector("[data-count]");
  if (place) { place.textContent = number === null ? "" : "(" + number + ")"; }
}

form.addEventListener("submit", function (event) {
  event.preventDefault();
  go(readForm());
});
form.addEventListener("change", function (event) {
  if (event.target !== field) { go(readForm()); }
});
panels.forEach(function (panel) {
  panel.addEventListener("toggle", function () { if (panel.open) { show(readAddress()); } });
});
moreButton.addEventListener("click", async function () {
  const state = readAddress();
  const before = list.children.length;
  state.more += 1;
  history.replaceState(null, "", addressOf(state));
  await show(state);
  const next = list.querySelectorAll("a")[before];
  if (next) { next.focus(); }
});
document.getElementById("zoekvergeet").addEventListener("click", function () {
  const state = readForm();
  state.filters.gemeente = [];
  go(state);
  field.focus();
});
window.addEventListener("popstate", function () { show(readAddress()); });

const first = readAddress();
if (first.q && !first.filters.gemeente.length && !new URLSearchParams(location.search).has("gemeente")) {
  const kept = facets.some(function (facet) { return facet.name === "gemeente" && facet.choices.indexOf(remembered()) >= 0; });
  if (kept) {
    first.filters.gemeente = [remembered()];
    history.replaceState(null, "", addressOf(first));
  }
}
form.querySelectorAll("[data-script]").forEach(function (one) { one.hidden = false; });
document.querySelectorAll("[data-no-script]").forEach(function (one) { one.hidden = true; });
nothing.hidden = true;
show(first);
