// The page of the list: puts the providers side by side, takes them off, shares and prints.
// The address of the reader's own list says nothing of what is on it, so that the way back and a bookmark lead to the
// list as it is then. Only a list that somebody shares stands in the address.

const status = byId("lijststatus");
let turn = 0;

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const mine = readList();
  const told = asked.get("aanbieders");
  const slugs = slugsOf(told).slice(0, MOST);
  // What is shared stays so while the reader takes providers off it, even when the own list has the same left.
  state.shared = state.shared || told !== null && slugs.slice().sort().join() !== mine.slugs.slice().sort().join();
  state.wrong = told === null ? 0 : new Set(told.split(",").filter(Boolean)).size - slugs.length;
  state.slugs = state.shared ? slugs : mine.slugs;
  state.help = slugsOf(asked.get("hulp"))[0] || mine.help;
  if (!state.shared && location.search) {
    if (mine.slugs.length) { writeList(state); }
    history.replaceState(null, "", folder);
  }
}

// Reads the list anew, wherever it is kept; what was fetched already stays.
async function refresh(text) {
  turn += 1;
  const mine = turn;
  readAddress();
  const known = state.found;
  const found = await Promise.all(state.slugs.map((slug) => known.filter((one) => one.slug === slug && one.offers)[0] || fetchProvider(slug)));
  if (mine === turn) {
    state.found = found;
    paint(text);
  }
}

// Without those that the guide no longer has: nobody should share or keep them.
function there() {
  return { slugs: state.found.filter((one) => !one.gone).map((one) => one.slug), help: state.help };
}

function remove(slugs, text) {
  const list = state.shared ? state : readList();
  list.slugs = list.slugs.filter((slug) => slugs.indexOf(slug) < 0);
  if (state.shared) { history.replaceState(null, "", addressOf(list)); }
  else if (!writeList(list)) { text = NOT_KEPT; }
  status.focus();
  refresh(text);
}

function choose() {
  const list = state.shared ? state : readList();
  state.help = choice.value;
  list.help = state.help;
  if (state.shared) { history.replaceState(null, "", addressOf(there())); } else { writeList(list); }
  paint("");
}

function save() {
  status.focus();
  if (!writeList(there())) { paint(NOT_KEPT + "Print het lijstje, of bewaar de link."); return; }
  state.shared = false;
  history.replaceState(null, "", folder);
  refresh("Bewaard op dit apparaat.");
}

function notes(gone, lost, shown) {
  const told = [];
  if (gone) {
    told.push(providers(gone) + (state.shared ? " uit de link " : " van uw lijstje ") + (gone === 1 ? "staat" : "staan") + " niet (meer) in de gids. Misschien is de aanbieder gestopt. Uw gemeente weet wie u dan kan helpen.");
  }
  if (lost) { told.push("Niet alles kon worden opgehaald. Kijk of u internet hebt en laad de pagina opnieuw."); }
  if (state.wrong > 0) { told.push("In de link stond iets dat de gids niet kent, of meer dan " + MOST + " aanbieders. Dat ziet u hier niet."); }
  if (shown && !keeps()) { told.push(KEEPS_NOTHING + "Print het lijstje, of bewaar de link."); }
  return told;
}

// How many there are, and whose list it is.
function tell(shown, lost) {
  if (shown) {
    return (state.shared ? "Iemand deelde dit lijstje met u. Er " : "Er ") + (shown === 1 ? "staat " : "staan ") + providers(shown) + " op.";
  }
  if (lost) { return "Het lijstje kan nu niet worden getoond."; }
  if (state.shared) { return "Op dit gedeelde lijstje staat geen aanbieder uit de gids."; }
  return keeps() ? "Uw lijstje is leeg." : KEEPS_NOTHING + "Daarom kunt u hier geen lijstje maken.";
}

function show(id, isShown) {
  byId(id).hidden = !isShown;
}

function paint(text) {
  const shown = state.found.filter((one) => one.offers);
  const gone = state.found.filter((one) => one.gone).length;
  const lost = state.found.filter((one) => one.lost).length;
  const all = helpOf(shown);
  const told = notes(gone, lost, shown.length);
  if (!all.some((one) => one.key === state.help)) { state.help = all.length ? all[0].key : ""; }
  byId("lijstnoten").textContent = "";
  told.forEach((one) => { byId("lijstnoten").appendChild(made("p", one)); });
  show("lijstnoten", told.length);
  show("lijstopruimen", gone);
  show("lijstvergelijk", shown.length);
  show("lijstleeg", !shown.length && !lost && keeps());
  show("lijstniets", !shown.length && !lost && !keeps());
  show("lijstgedeeld", state.shared && keeps());
  show("lijstnieuw", shown.length);
  show("lijstbewaar", shown.length);
  show("lijstvervangt", readList().slugs.length);
  show("lijstwis", !state.shared);
  show("lijstprive", keeps());
  byId("lijstlink").value = location.origin + addressOf(there());
  byId("lijstgekopieerd").textContent = "";
  fillChoice(all);
  fill(shown);
  status.textContent = (text ? text + " " : "") + tell(shown.length, lost);
}

async function copy() {
  const link = byId("lijstlink");
  link.select();
  try { await navigator.clipboard.writeText(link.value); byId("lijstgekopieerd").textContent = "De link is gekopieerd."; }
  catch (error) { byId("lijstgekopieerd").textContent = "De link is geselecteerd. Kopieer hem zelf."; }
}

document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
byId("lijstdatum").textContent = new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
choice.addEventListener("change", choose);
byId("lijstprint").addEventListener("click", () => { window.print(); });
byId("lijstkopieer").addEventListener("click", copy);
byId("lijstwis").addEventListener("click", () => { remove(readList().slugs, ""); });
byId("lijstopruimen").addEventListener("click", () => { remove(state.found.filter((one) => one.gone).map((one) => one.slug), "Opgeruimd."); });
byId("lijstbewaar").addEventListener("click", save);
status.textContent = "Het lijstje wordt opgehaald.";
onChange(() => { refresh(""); });
refresh("");
