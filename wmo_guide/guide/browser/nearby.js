// Sorts locations by distance. What the reader types stays on this device: it stands behind the # of the address, which no
// browser sends.

const form = document.getElementById("dichtbij");
const field = document.getElementById("dichtbijplaats");
const choice = document.getElementById("dichtbijhulp");
const status = document.getElementById("dichtbijstatus");
const list = document.getElementById("dichtbijlijst");
const more = document.getElementById("dichtbijmeer");
const folder = form.getAttribute("action");
const STEP = 30;
let data = null;
let from = null;
let found = [];

function add(where, name, text, kind) {
  const one = document.createElement(name);
  one.textContent = text;
  if (kind) { one.className = kind; }
  where.appendChild(one);
  return one;
}

function hash(place) {
  return "#" + new URLSearchParams({ plaats: place, hulp: choice.value }).toString();
}

function card(one) {
  const row = one.row;
  const item = add(list, "li", "", "wg-card");
  const link = add(add(item, "h2", ""), "a", row[1]);
  const where = row[3] || data.municipalities[row[8]][1];
  link.href = folder.replace("/dichtbij/", "/aanbieders/") + row[0] + "/" + (choice.value ? "#hulp-" + choice.value : "");
  add(item, "p", one.text);
  add(item, "p", row[2] + (row[2].indexOf(where) < 0 ? ", " + where : ""));
  if (row[7].length) { add(item, "p", row[7].map((number) => data.blocks[number][1]).join(", "), "wg-updated"); }
  return link;
}

function unknown(asked) {
  const names = likely(data, asked);
  status.textContent = "Deze plaats kennen wij niet. ";
  if (names.length) { status.appendChild(document.createTextNode("Bedoelt u ")); }
  names.forEach((name, number) => {
    add(status, "a", name).href = hash(name);
    status.appendChild(document.createTextNode(number + 1 < names.length ? " of " : "? "));
  });
  status.appendChild(document.createTextNode("Schrijf de naam van een plaats in deze regio, of kies hieronder uw gemeente."));
}

function none() {
  const own = data.municipalities[from.town];
  status.textContent = "Er staat geen locatie in deze gids" + (choice.value ? " waar u deze hulp krijgt" : "")
    + ". Vaak komt een aanbieder bij u thuis. Kijk bij uw gemeente" + (own ? ": " : ", hieronder.");
  if (own) { add(status, "a", own[1]).href = folder.replace("/dichtbij/", "/gemeenten/") + own[0] + "/"; }
}

function count() {
  const shown = list.children.length;
  more.hidden = shown >= found.length;
  status.textContent = (found.length === 1 ? "1 locatie" : found.length + " locaties") + ", gezien vanaf " + from.name + ". "
    + (from.near ? "Wij weten niet precies waar dat ligt. Eerst staat wat in de gemeente " + data.municipalities[from.town][1]
      + " is. De rest is gerekend vanaf " + from.near + "." : "Dichtbij staat bovenaan.")
    + (more.hidden ? "" : " U ziet de eerste " + shown + ".");
}

function grow() {
  const shown = list.children.length;
  const links = found.slice(shown, shown + STEP).map(card);
  count();
  return links[0];
}

async function show() {
  const asked = plain(field.value);
  const block = choice.value;
  list.textContent = "";
  status.textContent = "";
  more.hidden = true;
  if (!field.value.trim()) { return; }
  try { data = data || await (await fetch(folder + "plekken.json")).json(); }
  catch (error) { status.textContent = "Zoeken lukt nu niet. Kijk of u internet hebt, of kies hieronder uw gemeente."; return; }
  from = find(data, asked);
  if (!from) { unknown(asked); return; }
  const wanted = data.locations.filter((one) => !block || one[7].some((number) => data.blocks[number][0] === block));
  found = wanted.map((row) => measured(from, row, data.municipalities[row[8]][1])).sort((a, b) => a.order - b.order);
  if (found.length) { grow(); } else { none(); }
}

function read() {
  const told = new URLSearchParams(location.hash.slice(1) || location.search);
  field.value = (told.get("plaats") || "").slice(0, 60);
  choice.value = told.get("hulp") || "";
  if (choice.selectedIndex < 0) { choice.value = ""; }
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (location.hash === hash(field.value)) { show(); } else { location.hash = hash(field.value); }
});
more.addEventListener("click", () => { grow().focus(); });
window.addEventListener("hashchange", read);
document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
form.hidden = false;
read();
