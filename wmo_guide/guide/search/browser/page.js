// The search page: what happens when something is asked, chosen or pressed. No cookies, no other site.

const STEP = 10;
const MOST_TOPICS = 15;
const FEW_ROWS = 600;
const USEFUL = ["hulp", "voorziening", "gemeente", PROVIDER];  // what is shown to who only filters, unless they choose

const store = makeStore(folder);
const cards = new Map();
let index = null;
let turn = 0;
let asked = null;
let shown = "";

// Shows what is asked, and nothing of an earlier question that comes in later.
async function show(state) {
  turn += 1;
  const now = turn;
  shown = addressOf(state);
  fillFilters(state);
  if (state.q !== asked) { clearResults(); }
  asked = state.q;
  if (!state.q && !isFiltered(state)) { return showStart(); }
  const slow = setTimeout(() => { if (now === turn) { say("Bezig met zoeken\u2026"); } }, 600);
  try {
    const guide = await store("onderwerpen.json");
    index = index || makeIndex(guide);
    await learnAlike(index, store, tellingWords(index, state.q)).catch(() => { state.lost = true; });
    if (now === turn) { await answer(state, now); }
  } catch (error) {
    if (now === turn) {
      state.lost = true;
      clearResults();
      tellStatus(state, 0, 0);
      showNothing(state);
    }
  }
  clearTimeout(slow);
}

// Nothing is asked yet: the municipality that this device remembers is filled in, and the first file comes already.
function showStart() {
  const kept = remembered();
  clearResults();
  tellCounts(null);
  if (kept) {
    const filters = readAddress().filters;
    filters[PLACE] = [kept.value];
    fillFilters({ filters });
  }
  store("onderwerpen.json").catch(() => { /* it is asked again */ });
}

// Who names one municipality in a new question chooses it.
function withPlace(state, words) {
  const topics = placesIn(index, words).map((place) => place.topic);
  const slugs = new Set([].concat(...topics.map((topic) => index.guide.topics[topic][5] || []))
    .map((place) => index.guide.places[place][0]));
  if (!state.isNew || slugs.size !== 1 || words.every((one) => one.isPlace)) { return; }
  state.filters[PLACE] = [...slugs];
  correctAddress(state);
  shown = addressOf(state);
  fillFilters(state);
}

// Without a question everything is found.
function topicsFor(state, words) {
  if (!state.q) { return index.guide.topics.map((_, topic) => ({ topic, score: 1, share: 1 })); }
  const found = withPlacePage(index, words, understand(index, words));
  return isAnswer(words, found) ? found.slice(0, MOST_TOPICS) : [];
}

// First what the guide itself says, at once; then providers, whose files are still to be fetched.
async function answer(state, now) {
  const guide = index.guide;
  const words = readQuestion(index, state.q);
  withPlace(state, words);
  const sure = topicsFor(state, words);
  const said = stemsOf(state.q) + stemsOf(meantBy(state.q, words));
  danger.hidden = !index.urgent.some((phrase) => said.includes(phrase));
  const filters = { ...state.filters };
  if (!state.q && !filters.soort.length) { filters.soort = USEFUL; }
  const counter = isFiltered(state) || panels.some((panel) => panel.open) ? makeCounter() : null;  // nobody sees counts in closed panels
  const topics = filterTopics(guide, sure, filters, counter).map((one) => topicResult(guide, state, one.topic));
  if (!list.firstChild && words.every((one) => one.known)) { putResults(topics); }
  let offers = { named: [], rest: [], number: 0, isWhole: false };
  try { offers = await findOffers(state, filters, words, sure, counter); } catch (error) { state.lost = true; }
  if (now !== turn) { return; }
  if (isOld && !state.isAgain) { return startAnew(state); }
  if (await learnMore(words)) { return now === turn ? answer(state, now) : null; }
  const number = offers.number;
  putResults(offers.named.concat(topics, offers.rest));
  moreButton.hidden = number <= offers.named.length + offers.rest.length || state.more >= 100;
  tellStatus(state, topics.length, number, !offers.isWhole && !state.lost);
  tellMeant(state, topics.length + number ? words : []);
  nothing.hidden = true;
  if (!topics.length && !number) {
    showNothing(state);
    if (!state.lost && !isFiltered(state)) { tellMissed(state.q); }
  }
  tellCounts(offers.isWhole ? counter || (topics.length + number ? null : makeCounter()) : null, offers.knowsPlaces);
}

// Words that nothing is known of, and no provider has, may have a slip in their first letters. Gives whether there was something new.
async function learnMore(words) {
  const unknown = words.filter((one) => one.word.length > FEWEST_LETTERS && !one.known && !one.typo && !one.named);
  return learnAlike(index, store, [].concat(...unknown.map((one) => beginnings(one.word)))).catch(() => false);
}

// Another release came online while this page stood open.
function startAnew(state) {
  store.forget();
  cards.clear();
  index = null;
  state.isAgain = true;
  state.lost = false;
  return show(state);
}

// Words that find nothing are counted, by word and day alone, for who keeps the guide. Where nobody counts, nothing happens.
function tellMissed(question) {
  if (navigator.sendBeacon) { navigator.sendBeacon("/zoekwoord", new URLSearchParams({ p: location.pathname, q: question })); }
}

// Which providers there are for a question with filters, in the neutral order of the day. Lists of the chosen municipality
// are enough, unless the reader looks at what the other ones would give.
async function findOffers(state, filters, words, topics, counter) {
  const guide = index.guide;
  const directory = await store("aanbod.json");
  const offered = (path) => store(directory.files + "/" + path);
  if (directory.numbering !== guide.numbering) { old("aanbod.json"); }
  const names = directory.names || (directory.names = new Set(directory.words.split(" ")));
  const hits = words.length ? await providersByWords(offered, names, words, wordsOf(state.q)) : new Map();
  const judged = new Map();
  hits.forEach((hit, key) => { judged.set(key, judgeHit(words, hit, topics.length > 0)); });
  const every = guide.blocks.map((_, block) => block);
  const blocks = state.q ? blocksOf(guide, topics) : every;
  const knowsPlaces = panels[0].open || !filters[PLACE].length;
  const places = knowsPlaces ? [] : filters[PLACE].map((slug) => guide.places.findIndex((one) => one[0] === slug));
  const told = (key) => { const one = judged.get(key); return one ? Number(one.told) + Number(one.isName) : 0; };
  const many = blocks.reduce((sum, block) => sum + (directory.blocks[block] || 0), 0);
  const isWhole = counter || state.more > 0 || many <= FEW_ROWS;
  const outside = new Set([...judged.keys()].filter(told));
  let inLists = new Map();
  let number = 0;
  if (isWhole) {
    const lists = await readLists(offered, directory, guide, outside.size ? every : blocks, places);
    lists.forEach((one) => { one.cards.forEach((card) => { cards.set(card[0], card); }); });
    inLists = filterLists(guide, offerFacets, directory.facets, lists, filters, counter, blocks, outside);
  } else {
    await Promise.all(blocks.filter((block) => directory.blocks[block]).map(async (block) => {
      const head = await offered("b/" + guide.blocks[block][0] + ".json");
      head.cards.forEach((card) => {
        cards.set(card[0], card);
        inLists.set(card[0], (inLists.get(card[0]) || []).concat(block).sort((a, b) => a - b));
      });
      number = Math.max(number, head.n);
    }));
    outside.forEach((key) => { if (!inLists.has(key)) { inLists.set(key, []); } });
  }
  const keys = [...inLists.keys()].sort((a, b) => told(b) - told(a) || a - b);
  const byShare = (a, b) => judged.get(b).share - judged.get(a).share || a - b;
  const named = keys.filter((key) => judged.has(key) && judged.get(key).isName).sort(byShare).slice(0, 5);
  const rest = keys.filter((key) => !named.includes(key));
  const results = async (some) => {
    const found = await readCards(offered, directory, cards, some);
    return found.map((card) => providerResult(guide, card, inLists.get(card[0])));
  };
  return {
    named: await results(named), rest: await results(rest.slice(0, STEP * (state.more + 1))),
    number: Math.max(number, keys.length), isWhole, knowsPlaces,
  };
}

function go(state) {
  if (addressOf(state) === location.pathname + location.search) { correctAddress(state); }
  else { addAddress(state); }
  remember(state);
  show(state);
}

// Takes away the municipality, or all filters, and says so where it can be chosen again.
function without(clear) {
  const state = readForm();
  state.anywhere = true;
  clear(state);
  go(state);
  panels[0].querySelector("summary").focus();
}

form.addEventListener("submit", (event) => {
  const state = readForm();
  event.preventDefault();
  state.isNew = state.q !== readAddress().q;
  if (state.isNew) { state.anywhere = false; }
  go(state);
});
form.addEventListener("change", (event) => {
  const state = readForm();
  if (event.target === field) { return; }
  if (event.target.name === PLACE) { state.anywhere = true; }
  go(state);
});
panels.forEach((panel) => {
  panel.addEventListener("toggle", () => {
    showButton.parentNode.hidden = !panels.some((one) => one.open);
    if (panel.open) { show(readAddress()); }
  });
});
showButton.addEventListener("click", () => {
  panels.forEach((panel) => { panel.open = false; });
  status.scrollIntoView();
  (list.querySelector("a") || nothing.querySelector("a") || field).focus({ preventScroll: true });
});
moreButton.addEventListener("click", async () => {
  const state = readAddress();
  const before = list.children.length;
  state.more += 1;
  correctAddress(state);
  await show(state);
  const next = list.querySelectorAll("a")[before];
  if (next) { next.focus(); }
});
document.getElementById("zoekvergeet").addEventListener("click", () => {
  without((state) => { state.filters[PLACE] = []; });
});
clearButton.addEventListener("click", () => {
  without((state) => { state.filters = filtersWhere(() => () => false); });
});
window.addEventListener("popstate", () => {
  const state = readAddress();
  if (addressOf(state) === shown) { return; }
  field.value = state.q;
  show(state);
});

const first = readAddress();
if (!history.state && !first.filters[PLACE].length && !first.anywhere) {
  const kept = remembered();
  first.isNew = true;
  if (kept && first.q) { first.filters[PLACE] = [kept.value]; }
}
correctAddress(first);
field.value = first.q;
form.querySelectorAll("[data-script]").forEach((one) => { one.hidden = false; });
document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
show(first);
