// Gives each provider on the page a button that puts it on the reader's list, and says how many are on it.

const content = document.querySelector(".md-content__inner");
const status = made("p", "", "wg-kept");
const buttons = [];

function say(text) {
  const list = readList();
  const number = list.slugs.length;
  status.textContent = text || "";
  if (number) {
    const link = made("a", "Bekijk uw lijstje (" + providers(number) + ")");
    link.href = folder;
    status.appendChild(document.createTextNode(text ? " " : ""));
    status.appendChild(link);
  }
}

function paint(one) {
  const isOn = readList().slugs.indexOf(one.slug) >= 0;
  one.button.setAttribute("aria-pressed", String(isOn));
  one.button.firstChild.textContent = isOn ? "Op uw lijstje" : "Zet op mijn lijstje";
  one.link.hidden = !isOn;
}

function press(one) {
  const list = readList();
  const isOn = list.slugs.indexOf(one.slug) >= 0;
  if (!isOn && list.slugs.length >= MOST) {
    one.note.textContent = "Uw lijstje is vol: er staan al " + MOST + " aanbieders op. Haal er eerst één af.";
    one.link.hidden = false;
    say(one.note.textContent);
    return;
  }
  if (isOn) { list.slugs = list.slugs.filter((slug) => slug !== one.slug); }
  else { list.slugs.push(one.slug); list.help = one.help || list.help; }
  if (!writeList(list)) {
    one.note.textContent = NOT_KEPT + PAGE_INSTEAD;
    say(one.note.textContent);
    return;
  }
  buttons.forEach((other) => { other.note.textContent = ""; paint(other); });
  say(one.name + (isOn ? " staat niet meer op uw lijstje." : " staat nu op uw lijstje."));
}

// A button below a provider's name. In lists the address of its page tells which one, and for which help.
function give(where, address, name, before) {
  const found = /\/aanbieders\/([a-z0-9-]+)\/(?:#hulp-([a-z0-9-]+))?$/.exec(address);
  if (!found || where.querySelector(":scope > .wg-take")) { return; }
  const box = made("div", "", "wg-take");
  const one = {
    slug: found[1], help: found[2] || "", name: name,
    button: made("button", "", "wg-button wg-button--secondary"), link: made("a", "Bekijk uw lijstje"), note: made("p", ""),
  };
  one.button.type = "button";
  one.button.appendChild(made("span", "Zet op mijn lijstje"));
  one.button.appendChild(made("span", " " + name, "wg-visually-hidden"));
  one.link.href = folder;
  [one.button, one.link, one.note].forEach((part) => { box.appendChild(part); });
  one.button.addEventListener("click", () => { press(one); });
  where.insertBefore(box, before || null);
  buttons.push(one);
  paint(one);
}

function giveAll() {
  give(content, location.pathname, document.querySelector("h1").textContent.trim(), status);
  document.querySelectorAll(".wg-card").forEach((card) => {
    const link = card.querySelector("h2 a, h3 a");
    if (link) { give(card, link.getAttribute("href"), link.textContent.trim()); }
  });
}

function begin() {
  status.setAttribute("role", "status");
  giveAll();
  say();
  document.querySelectorAll("ol[data-grows]").forEach((list) => {
    new MutationObserver(giveAll).observe(list, { childList: true });
  });
  onChange(() => { buttons.forEach(paint); say(); });
}

// Not in a preview at the desk, where the list of a reader is not at hand.
if (location.pathname.indexOf(home) === 0 && home !== "/") {
  const before = content.querySelector("ol.wg-cards") || content.querySelector("section");
  before.parentNode.insertBefore(status, before);
  if (keeps()) { begin(); } else { say(KEEPS_NOTHING + "Daarom kunt u hier geen lijstje maken. " + PAGE_INSTEAD); }
}
