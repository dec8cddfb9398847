// A provider as its own page tells it: { slug, name, date, contact, offers }, so that nothing is kept twice and nothing differs.

// Facts by their heading, as nodes of this page, without links to explanations that stand on the other page only.
function factsOf(list) {
  const facts = {};
  let heading = "";
  Array.from(list ? list.children : []).forEach((one) => {
    if (one.tagName === "DT") { heading = one.textContent.trim(); }
    else { facts[heading] = cleaned(one); }
  });
  return facts;
}

function cleaned(cell) {
  const copy = document.importNode(cell, true);
  copy.querySelectorAll("a[href^='#'], a.wg-term").forEach((link) => { link.replaceWith(link.textContent); });
  copy.querySelectorAll("[id]").forEach((one) => { one.removeAttribute("id"); });
  return copy;
}

function addressOfProvider(slug) {
  return home + "aanbieders/" + slug + "/";
}

function readProvider(slug, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const title = page.querySelector("main h1");
  const own = page.querySelector("link[rel='canonical']");
  // A network that wants a sign-in first answers with a page of its own.
  if (!title || !own || !own.getAttribute("href").endsWith(addressOfProvider(slug)) || !page.getElementById("hulp")) { return null; }
  const offers = {};
  page.querySelectorAll("main h3[id^='hulp-']").forEach((heading) => {
    let list = heading.nextElementSibling;
    while (list && list.tagName !== "DL" && list.tagName !== "H3") { list = list.nextElementSibling; }
    offers[heading.id.slice(5)] = { title: heading.textContent.trim(), facts: factsOf(list && list.tagName === "DL" ? list : null) };
  });
  const date = page.querySelector(".wg-sources time");
  return {
    slug: slug, name: title.textContent.trim(), date: date ? date.textContent : "", offers: offers,
    isExample: Boolean(page.querySelector(".wg-notice--example")), isOld: Boolean(page.querySelector(".wg-notice--warning")),
    contact: Array.from(page.querySelectorAll("#contact dd a")).map((link) => document.importNode(link, true)),
  };
}

// { slug } with what its page tells; `gone` when there is no such page, `lost` when it can't be fetched now.
async function fetchProvider(slug) {
  try {
    const answer = await fetch(addressOfProvider(slug));
    if (answer.status === 404 || answer.status === 410) { return { slug: slug, gone: true }; }
    const found = answer.ok ? readProvider(slug, await answer.text()) : null;
    return found || { slug: slug, lost: true };
  } catch (error) { return { slug: slug, lost: true }; }
}
