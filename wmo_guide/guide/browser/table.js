// Providers side by side, by the help that the reader chose: a row for each fact, a column for each provider.

const byId = (id) => document.getElementById(id);
const table = byId("lijsttabel");
const choice = byId("lijsthulp");
const state = { shared: false, slugs: [], help: "", found: [], wrong: 0 };

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
  link.href = addressOfProvider(one.slug) + (one.offers[state.help] ? "#hulp-" + state.help : "");
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

function shownOf(one, row) {
  const special = row.getAttribute("data-row");
  if (special === "contact") {
    return one.contact.map((link) => { const line = made("p", ""); line.append(link.cloneNode(true)); return line; });
  }
  if (special === "date") { return one.date; }
  return special === "remove" ? removeButton(one) : offerOf(one, row.cells[0].textContent.trim());
}

// A browser may take a table that is laid out otherwise for no table.
function nameParts() {
  const parts = { "": "table", " :is(thead, tbody)": "rowgroup", " tr": "row", " thead th": "columnheader", " tbody th": "rowheader", " td": "cell" };
  Object.keys(parts).forEach((part) => {
    document.querySelectorAll("#lijsttabel" + part).forEach((one) => { one.setAttribute("role", parts[part]); });
  });
}

function fill(providers) {
  const rows = Array.from(table.tBodies[0].rows);
  const top = table.tHead.rows[0];
  [top].concat(rows).forEach((row) => { while (row.cells.length > 1) { row.deleteCell(1); } });
  providers.forEach((one) => {
    cell(top, head(one), "th").scope = "col";
    // On a narrow screen the cells stand below each other; then each says whose it is.
    rows.forEach((row) => { cell(row, shownOf(one, row)).setAttribute("data-name", one.name); });
  });
  // What none of them tells is left out.
  rows.forEach((row) => {
    const heading = row.cells[0].textContent.trim();
    row.hidden = !row.hasAttribute("data-row") && !providers.some((one) => one.offers[state.help] && one.offers[state.help].facts[heading]);
  });
  nameParts();
}

function removeButton(one) {
  const button = made("button", "Haal weg", "wg-button wg-button--secondary");
  button.type = "button";
  button.appendChild(made("span", " " + one.name, "wg-visually-hidden"));
  button.addEventListener("click", () => { remove([one.slug], one.name + " staat niet meer op het lijstje."); });
  return button;
}

function fillChoice(all) {
  const chosen = all.filter((one) => one.key === state.help)[0];
  byId("lijstkop").textContent = chosen ? "Vergelijking: " + chosen.title : "";
  choice.textContent = "";
  all.forEach((one) => {
    const option = made("option", one.title + " (" + providers(one.number) + ")");
    option.value = one.key;
    option.selected = one.key === state.help;
    choice.appendChild(option);
  });
}
