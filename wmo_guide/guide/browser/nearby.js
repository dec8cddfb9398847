// Sorts locations by distance. What the reader types stays on this device: it stands behind the # of the address, which no
// browser sends.

const form = document.getElementById("dichtbij");
const field = document.getElementById("dichtbijplaats");
const choice = document.getElementById("dichtbijhulp");
const status = document.getElementById("dichtbijstatus");
const list = document.getElementById("dichtbijlijst");
const folder = form.getAttribute("action");
const STEP = 30;
let data = null;

function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}

function find(asked) {
  const digits = /^([1-9][0-9]{3})(?:\s?[a-z]{2})?$/.exec(asked);
  if (digits) {
    const area = data.postcodes.filter((one) => one[0] === digits[1])[0];
    return area ? { name: area[0] + " " + area[1], lat: area[2], lon: area[3], near: "" } : null;
  }
  const place = data.places.filter((one) => plain(one[0]) === asked)[0];
  return place ? { name: place[0], lat: place[1], lon: place[2], near: place[3] } : null;
}

// Kilometres in a straight line over the globe.
function distance(lat, lon, one) {
  const rad = Math.PI / 180;
  const a = Math.pow(Math.sin((one[4] - lat) * rad / 2), 2)
    + Math.cos(lat * rad) * Math.cos(one[4] * rad) * Math.pow(Math.sin((one[5] - lon) * rad / 2), 2);
  return 12742 * Math.asin(Math.sqrt(a));
}

function add(where, name, text, kind) {
  const one = document.createElement(name);
  one.textContent = text;
  if (kind) { one.className = kind; }
  where.appendChild(one);
  return one;
}

function card(found, block) {
  const one = found.row;
  const item = add(list, "li", "", "wg-card");
  const link = add(add(item, "h2", ""), "a", one[1]);
  const km = Math.round(found.km);
  link.href = folder.replace("/dichtbij/", "/aanbieders/") + one[0] + "/" + (block ? "#hulp-" + block : "");
  add(item, "p", (km < 1 ? "minder dan 1 km" : "ongeveer " + km + " km") + (one[6] ? ", gerekend tot " + one[6] : ""));
  add(item, "p", one[2] + (one[2].indexOf(one[3]) < 0 ? ", " + one[3] : ""));
  if (one[7].length) { add(item, "p", one[7].map((number) => data.blocks[number][1]).join(", "), "wg-updated"); }
}

async function show() {
  const asked = plain(field.value);
  const block = choice.value;
  list.textContent = "";
  status.textContent = "";
  if (!asked) { return; }
  try { data = data || await (await fetch(folder + "plekken.json")).json(); }
  catch (error) { status.textContent = "Zoeken lukt nu niet. Kijk of u internet hebt, of kies hieronder uw gemeente."; return; }
  const from = find(asked);
  if (!from) { status.textContent = "Deze plaats kennen wij niet. Schrijf de naam van een plaats in deze regio, of kies hieronder uw gemeente."; return; }
  const wanted = data.locations.filter((one) => !block || one[7].some((number) => data.blocks[number][0] === block));
  const found = wanted.map((row) => ({ row: row, km: distance(from.lat, from.lon, row) })).sort((a, b) => a.km - b.km).slice(0, STEP);
  found.forEach((one) => { card(one, block); });
  status.textContent = (found.length === 1 ? "1 locatie" : found.length + " locaties") + " vanaf " + from.name
    + (from.near && from.near !== from.name ? " (gerekend vanaf " + from.near + ")" : "") + ". Dichtbij staat bovenaan.";
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
  const hash = "#" + new URLSearchParams(new FormData(form)).toString();
  if (location.hash === hash) { show(); } else { location.hash = hash; }
});
window.addEventListener("hashchange", read);
document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
form.hidden = false;
read();
