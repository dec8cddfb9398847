// What is asked stands in the address of the page and nowhere else: { q, filters, anywhere, more }. `filters` has the chosen
// values of each group; `anywhere` tells that the reader wants no municipality, also when the question names one.

const form = document.getElementById("zoekformulier");
const field = document.getElementById("zoekveld");
const panels = [...form.querySelectorAll(".wg-filters")];
const folder = form.getAttribute("action");
const home = form.getAttribute("data-home");
const memory = "wg-gemeente" + home;
const PLACE = "gemeente";

const facets = [...form.querySelectorAll("fieldset")].map((group) => {
  const all = [...group.querySelectorAll("input")];
  const inputs = all.filter((input) => input.value);
  return {
    name: all[0].name, inputs, choices: inputs.map((input) => input.value),
    most: all[0].type === "radio", any: all[0], box: group.parentNode, chosen: group.parentNode.querySelector("[data-chosen]"),
    ofOffers: group.getAttribute("data-facet") === "offer",
  };
});
const offerFacets = facets.filter((facet) => facet.ofOffers);

// A question as it is read: signs that turn the direction of a text would turn what stands behind it too.
function clean(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, "").trim().slice(0, 200);
}

// The choices of each group for which a test holds; `testFor` gives the test of a group.
function filtersWhere(testFor) {
  const filters = {};
  facets.forEach((facet) => {
    const chosen = facet.choices.filter(testFor(facet));
    filters[facet.name] = facet.most ? chosen.slice(-1) : chosen;
  });
  return filters;
}

function readAddress() {
  writeAddress();
  const asked = new URLSearchParams(location.search);
  return {
    q: clean(asked.get("q") || ""),
    filters: filtersWhere((facet) => { const told = asked.getAll(facet.name); return (value) => told.includes(value); }),
    anywhere: asked.get(PLACE) === "",
    more: Math.min(100, Math.max(0, asked.get("meer") | 0)),
  };
}

function readForm() {
  return { q: clean(field.value), filters: filtersWhere((facet) => (_, at) => facet.inputs[at].checked), anywhere: readAddress().anywhere, more: 0 };
}

function isFiltered(state) {
  return facets.some((facet) => state.filters[facet.name].length);
}

function addressOf(state) {
  const told = new URLSearchParams();
  if (state.q) { told.set("q", state.q); }
  if (state.q && state.anywhere && !state.filters[PLACE].length) { told.set(PLACE, ""); }
  facets.forEach((facet) => { state.filters[facet.name].forEach((value) => { told.append(facet.name, value); }); });
  if (state.more) { told.set("meer", state.more); }
  const text = told.toString();
  return folder + (text ? "?" + text : "");
}

let unwritten = null;  // what is asked and has no entry yet

// Gives what is asked an entry of its own, once its results have had their turn: a browser needs as long for that as for them.
function addAddress(state) {
  unwritten = state;
  setTimeout(writeAddress);
}

// Entries that this page made itself are marked, so that coming back to one changes nothing in it.
function writeAddress() {
  if (unwritten) { history.pushState(1, "", addressOf(unwritten)); }
  unwritten = null;
}

function correctAddress(state) {
  if (state !== unwritten) { history.replaceState(1, "", addressOf(state)); }
}

// The municipality stays on this device only, and only as long as the reader wants.
function remember(state) {
  const chosen = state.filters[PLACE];
  try {
    if (chosen.length === 1) { localStorage.setItem(memory, chosen[0]); }
    else if (state.anywhere) { localStorage.removeItem(memory); }
  } catch (error) { /* a browser that keeps nothing */ }
}

// The box of the municipality that this device remembers, if there is one.
function remembered() {
  let kept = "";
  try { kept = localStorage.getItem(memory); } catch (error) { /* as above */ }
  return facets[0].inputs[facets[0].choices.indexOf(kept)];
}
