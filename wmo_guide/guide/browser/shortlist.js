// The list of providers that a reader keeps on this device: their names in the address, and the help that they were found by.
// It stays here. Without a place to keep it there is no list, and nothing that seems to be one.

const MOST = 4;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const home = document.querySelector(".wg-brand").getAttribute("href");
const folder = home + "lijstje/";
const place = "wg-lijstje" + folder;
const KEEPS_NOTHING = "Deze browser bewaart niets. ";
const NOT_KEPT = "Het is niet bewaard: deze browser kan niets meer opslaan. ";
const PAGE_INSTEAD = "U kunt wel de pagina van een aanbieder printen.";

// Good names, each once: what stands on a device or in an address may be anything.
function slugsOf(text) {
  return String(text || "").split(",").filter((one, at, all) => one.length < 100 && SLUG.test(one) && all.indexOf(one) === at);
}

function keeps() {
  try {
    localStorage.setItem("wg-proef", "1");
    localStorage.removeItem("wg-proef");
    return true;
  } catch (error) { return false; }
}

// { slugs, help }: `help` is the building block by which a provider was put on the list last.
function readList() {
  let told = [];
  try { told = (localStorage.getItem(place) || "").split("|"); } catch (error) { /* a browser that keeps nothing */ }
  return { slugs: slugsOf(told[0]).slice(0, MOST), help: slugsOf(told[1])[0] || "" };
}

// Whether the list is kept now. A small test may fit where the list does not, so only this can tell.
function writeList(list) {
  const text = list.slugs.length ? list.slugs.join(",") + "|" + list.help : null;
  try {
    if (text) { localStorage.setItem(place, text); } else { localStorage.removeItem(place); }
    return localStorage.getItem(place) === text;
  } catch (error) { return false; }
}

// The list changes in another tab, and it has changed when the reader comes back to a page that the browser held.
function onChange(again) {
  window.addEventListener("storage", again);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { again(); } });
}

function addressOf(list) {
  return folder + "?aanbieders=" + list.slugs.join(",") + (list.help ? "&hulp=" + list.help : "");
}

function providers(number) {
  return number === 1 ? "1 aanbieder" : number + " aanbieders";
}

function made(name, text, kind) {
  const one = document.createElement(name);
  if (text) { one.textContent = text; }
  if (kind) { one.className = kind; }
  return one;
}
