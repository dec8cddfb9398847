// The page of the list: puts the providers side by side, takes them off, shares and prints.

const byId = (id) => document.getElementById(id);
const status = byId("lijststatus");
const table = byId("lijsttabel");
const choice = byId("lijsthulp");
const state = { shared: false, slugs: [], help: "", found: [], wrong: 0 };

function readAddress() {
  const asked = new URLSearchParams(location.search);
  const mine = readList();
  const told = asked.get("aanbieders");
  const slugs = slugsOf(told).slice(0, MOST);
  state.shared = told !== null && slugs.join() !== mine.slugs.join();
  state.wrong = told === null ? 0 : told.split(",").filter(Boolean).length - slugs.length;
  state.slugs = told === null ? mine.slugs : slugs;
  state.help = slugsOf(asked.get("hulp"))[0] || mine.help;
}

function keep(text) {
  if (!state.shared) { writeList(state); }
  history.replaceState(null, "", state.slugs.length ? addressOf(state) : folder);
  paint(text);
}

// The help of all on the list, what most of them offer first.
function helpOf(providers) {
  const all = {};
  providers.forEach((one) => {
    Object.keys(one.offers).forEach((key) => {
      all[key] = all[key] || { key: key, title: one.offers[key].title, number: 0 };
      all[key].number += 1;
    });
  });
  return Object.values(all).sort((a, b) => b.number - a.number || a.title.localeCompare(b.title));
}

function cell(row, content, kind) {
  const one = made(kind || "td", "");
  [].concat(content).forEach((part) => { one.append(part); });
  row.appendChild(one);
  return one;
}

function head(one) {
  const link = made("a", one.name);
  const parts = [link];
  link.href = home + "aanbieders/" + one.slug + "/" + (one.offers[state.help] ? "#hulp-" + state.help : "");
  if (one.isExample) { parts.push(" ", made("span", "Voorbeeld", "wg-example")); }
  if (one.isOld) { parts.push(made("p", "Let op: lang niet bevestigd. Bel om te horen of het nog klopt.")); }
  return parts;
}

function offerOf(one, heading) {
  const offer = one.offers[state.help];
  const fact = offer && offer.facts[heading];
  if (!offer) { return made("span", "Biedt deze hulp niet", "wg-updated"); }
  return fact ? Array.from(fact.cloneNode(true).childNodes) : made("span", "Niet ingevuld", "wg-updated");
}

function fill(providers) {
  const rows = Array.from(table.tBodies[0].rows);
  const top = table.tHead.rows[0];
  [top].concat(rows).forEach((row) => { while (row.cells.length > 1) { row.deleteCell(1); } });
  providers.forEach((one) => {
    cell(top, head(one), "th").scope = "col";
    rows.forEach((row) => {
      const special = row.getAttribute("data-row");
      if (special === "contact") { cell(row, one.contact.map((link) => cell(made("div", ""), link.cloneNode(true), "p"))); }
      else if (special === "date") { cell(row, one.date); }
      else if (special === "remove") { cell(row, removeButton(one)); }
      else { cell(row, offerOf(one, row.cells[0].textContent.trim())); }
    });
  });
  // What none of them tells is left out.
  rows.forEach((row) => {
    row.hidden = !row.hasAttribute("data-row") && !providers.some((one) => one.offers[state.help] && one.offers[state.help].facts[row.cells[0].textContent.trim()]);
  });
}

function removeButton(one) {
  const button = made("button", "Haal weg", "wg-button wg-button--secondary");
  button.type = "button";
  button.appendChild(made("span", " " + one.name, "wg-visually-hidden"));
  button.addEventListener("click", () => { remove([one.slug], one.name + " staat niet meer op het lijstje."); });
  return button;
}

function remove(slugs, text) {
  state.slugs = state.slugs.filter((slug) => slugs.indexOf(slug) < 0);
  state.found = state.found.filter((one) => slugs.indexOf(one.slug) < 0);
  keep(text);
  status.focus();
}

function fillChoice(all) {
  choice.textContent = "";
  all.forEach((one) => {
    const option = made("option", one.title + " (" + providers(one.number) + ")");
    option.value = one.key;
    option.selected = one.key === state.help;
    choice.appendChild(option);
  });
}

function notes(gone, lost) {
  const told = [];
  if (gone.length) {
    told.push("Niet meer in de gids: " + gone.map((one) => one.slug).join(", ") + ". Misschien is de aanbieder gestopt. Uw gemeente weet wie u dan kan helpen.");
  }
  if (lost.length) { told.push("Niet alles kon worden opgehaald. Kijk of u internet hebt en laad de pagina opnieuw."); }
  if (state.wrong > 0) { told.push("In de link stond iets dat de gids niet kent, of meer dan " + MOST + " aanbieders. Dat ziet u hier niet."); }
  if (!keeps()) { told.push("Uw browser bewaart niets. Print het lijstje, of bewaar de link."); }
  return told;
}

function paint(text) {
  const there = state.found.filter((one) => one.offers);
  const gone = state.found.filter((one) => one.gone);
  const all = helpOf(there);
  const told = notes(gone, state.found.filter((one) => one.lost));
  if (!all.some((one) => one.key === state.help)) { state.help = all.length ? all[0].key : ""; }
  byId("lijstnoten").textContent = "";
  told.forEach((one) => { byId("lijstnoten").appendChild(made("p", one)); });
  byId("lijstnoten").hidden = !told.length;
  byId("lijstvergelijk").hidden = !there.length;
  byId("lijstleeg").hidden = there.length > 0;
  byId("lijstgedeeld").hidden = !state.shared || !there.length || !keeps();
  byId("lijstopruimen").hidden = !gone.length;
  byId("lijstlink").value = location.origin + addressOf(state);
  byId("lijstgekopieerd").textContent = "";
  fillChoice(all);
  fill(there);
  status.textContent = (text ? text + " " : "") + (there.length ? (state.shared ? "Iemand deelde dit lijstje met u. Er " : "Er ") + (there.length === 1 ? "staat " : "staan ") + providers(there.length) + " op." : "Uw lijstje is leeg.");
}

async function copy() {
  const link = byId("lijstlink");
  link.select();
  try { await navigator.clipboard.writeText(link.value); byId("lijstgekopieerd").textContent = "De link is gekopieerd."; }
  catch (error) { byId("lijstgekopieerd").textContent = "De link is geselecteerd. Kopieer hem zelf."; }
}

async function start() {
  document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
  readAddress();
  status.textContent = "Het lijstje wordt opgehaald.";
  state.found = await Promise.all(state.slugs.map(fetchProvider));
  byId("lijstdatum").textContent = new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  keep();
}

choice.addEventListener("change", () => { state.help = choice.value; keep(); });
byId("lijstprint").addEventListener("click", () => { window.print(); });
byId("lijstkopieer").addEventListener("click", copy);
byId("lijstwis").addEventListener("click", () => { remove(state.slugs.slice(), ""); });
byId("lijstopruimen").addEventListener("click", () => { remove(state.found.filter((one) => one.gone).map((one) => one.slug), "Opgeruimd."); });
byId("lijstbewaar").addEventListener("click", () => { state.shared = false; keep("Bewaard op dit apparaat."); status.focus(); });
start();
