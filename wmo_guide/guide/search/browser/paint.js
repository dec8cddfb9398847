// What stands on the search page: results, what is told of them, and the filters with their counts.

const status = document.getElementById("zoekstatus");
const list = document.getElementById("zoekresultaten");
const moreButton = document.getElementById("zoekmeer");
const meant = document.getElementById("zoekbedoeld");
const nothing = document.getElementById("zoekniets");
const danger = document.getElementById("zoekgevaar");
const mine = document.getElementById("zoekgemeente");
const showButton = document.getElementById("zoektoon");
const clearButton = document.getElementById("zoekwis");

function say(text) {
  if (status.textContent !== text) { status.textContent = text; }
}

function count(number, one, more) {
  return number + " " + (number === 1 ? one : more);
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) { made.className = kind; }
  return made;
}

function labelOf(input) {
  return input.nextElementSibling.firstChild.textContent;
}

function chosenIn(facet) {
  return facet.inputs.filter((input) => input.checked);
}

function clearResults() {
  list.textContent = "";
  say("");
  [moreButton, meant, nothing, danger].forEach((one) => { one.hidden = true; });
}

// Puts results in the list: [url, title, kind, summary or number of a topic]. Those that stand there already stay, and so does
// the focus.
function putResults(results) {
  const focused = list.contains(document.activeElement) ? document.activeElement.href : "";
  const keys = results.map((one) => one.slice(0, 3).join("\n"));
  [...list.children].forEach((item) => { if (!keys.includes(item.wgKey)) { item.remove(); } });
  results.forEach((one, at) => {
    const there = list.children[at] || null;
    if (!there || there.wgKey !== keys[at]) { list.insertBefore(makeResult(one), there).wgKey = keys[at]; }
  });
  while (list.children.length > results.length) { list.lastChild.remove(); }
  if (focused && !list.contains(document.activeElement)) {
    [...list.querySelectorAll("a")].forEach((link) => { if (link.href === focused) { link.focus(); } });
  }
}

function makeResult(one) {
  const item = element("li", "", "wg-card");
  const link = element("a", one[1]);
  const tell = (text) => { if (text) { item.appendChild(element("p", text)); } };
  link.href = home + one[0];
  item.appendChild(element("h2", "")).appendChild(link);
  item.appendChild(element("p", one[2], "wg-updated"));
  if (typeof one[3] === "string") { tell(one[3]); }
  else { store(index.guide.texts).then((texts) => { tell(texts[one[3]]); }).catch(() => { /* titles tell enough */ }); }
  return item;
}

// With one municipality chosen, help leads to its page about that help.
function topicResult(guide, state, number) {
  const row = guide.topics[number];
  const places = state.filters[PLACE];
  const url = guide.kinds[row[0]][0] === "hulp" && places.length === 1 ? "gemeenten/" + places[0] + "/" + guide.blocks[row[4][0]][0] + "/" : row[1];
  return [url, row[2], guide.kinds[row[0]][1], number];
}

function providerResult(guide, card, blocks) {
  const titles = blocks.map((block) => guide.blocks[block][1]);
  const where = blocks.length ? "#hulp-" + guide.blocks[blocks[0]][0] : "";
  return ["aanbieders/" + card[1] + "/" + where, card[2], "Aanbieder" + (titles.length ? " van: " + titles.join(", ") : ""), card[3]];
}

// Who finds nothing can call: the chosen municipality stands first.
function showNothing(state) {
  nothing.hidden = false;
  state.filters[PLACE].forEach((place) => {
    const item = nothing.querySelector("[data-place='" + place + "']");
    item.parentNode.insertBefore(item, item.parentNode.firstChild);
  });
}

function tellStatus(state, topics, number, atLeast) {
  const total = topics + number;
  const places = chosenIn(facets[0]).map(labelOf);
  const about = (state.q ? " voor \u201c" + state.q + "\u201d" : "") + (places.length ? " in " + places.join(" of ") : "");
  if (!total) {
    return say(state.lost
      ? "Zoeken" + about + " lukt nu niet. Kijk of u internet hebt en druk nog eens op Zoeken. Of kies hieronder een andere manier."
      : "Niets gevonden" + about + ". Probeer een ander woord" + (isFiltered(state) ? ", haal een filter weg" : "") + ", of kies hieronder.");
  }
  const split = topics && number ? " (" + count(number, "aanbieder", "aanbieders") + ")" : "";
  say((atLeast ? "Minstens " : "") + count(total, "resultaat", "resultaten") + about + split + "."
    + (state.lost ? " Niet alles kon worden opgehaald. Kijk of u internet hebt en druk nog eens op Zoeken." : ""));
}

// What was looked for when a word was written otherwise than the guide writes it.
function tellMeant(state, words) {
  const typed = words.filter((one) => one.typo && one.typo !== one.word);
  meant.hidden = !typed.length;
  if (meant.hidden) { return; }
  const better = meantBy(state.q, typed);
  const link = element("a", better);
  link.href = addressOf({ q: better, filters: state.filters, anywhere: state.anywhere });
  meant.textContent = "Bedoelde u ";
  meant.appendChild(link);
  meant.appendChild(document.createTextNode("? Dat hebben wij voor u gezocht."));
}

// Ticks what is chosen, and tells it where it is folded away.
function fillFilters(state) {
  facets.forEach((facet) => {
    const wanted = state.filters[facet.name];
    facet.any.checked = !wanted.length;
    facet.inputs.forEach((input, at) => { input.checked = wanted.includes(facet.choices[at]); });
    facet.chosen.textContent = wanted.length ? "(" + chosenIn(facet).map(labelOf).join(", ") + ")" : "";
  });
  const others = facets.slice(1).reduce((sum, facet) => sum + state.filters[facet.name].length, 0);
  panels[1].querySelector("[data-chosen]").textContent = others ? "(" + others + " gekozen)" : "";
  clearButton.hidden = !isFiltered(state);
  const kept = remembered();
  mine.hidden = !kept;
  if (kept) { mine.querySelector("strong").textContent = labelOf(kept); }
}

// What each choice would give. Groups in which nothing can be chosen go, but never from under the reader.
function tellCounts(known, knowsPlaces) {
  const fold = (box, isEmpty) => { box.hidden = isEmpty && !box.contains(document.activeElement); };
  facets.forEach((facet, place) => {
    const counter = place || knowsPlaces ? known : null;
    const wasCounted = facet.isCounted;
    let most = 0;
    facet.isCounted = Boolean(counter);
    if (!counter && !wasCounted) { return fold(facet.box, false); }
    facet.inputs.forEach((input, at) => {
      const told = input.nextElementSibling.lastElementChild;
      const number = counter ? counter.of(facet.name, facet.choices[at]) : 0;
      most = Math.max(most, number, input.checked ? 1 : 0);
      told.firstChild.textContent = counter ? " (" + number + ")" : "";
      told.lastChild.textContent = counter ? ", " + count(number, "resultaat", "resultaten") : "";
    });
    if (place) { fold(facet.box, counter && !most); }
  });
  fold(panels[1], facets.slice(1).every((facet) => facet.box.hidden));
}
