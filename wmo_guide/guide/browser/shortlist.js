// The list of providers that a reader keeps on this device: their names in the address, and the help that they were found by.
// It stays here. Without a place to keep it there is no list, and nothing that seems to be one.

const MOST = 4;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const home = document.querySelector(".wg-brand").getAttribute("href");
const folder = home + "lijstje/";
const place = "wg-lijstje" + folder;

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

function writeList(list) {
  try {
    if (list.slugs.length) { localStorage.setItem(place, list.slugs.join(",") + "|" + list.help); }
    else { localStorage.removeItem(place); }
  } catch (error) { /* as above */ }
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
