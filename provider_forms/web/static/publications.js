// Keeps the list of publications up to date while something is on its way. Without it, the link "Vernieuwen" does.
"use strict";
(() => {
  const pause = 1000;
  let last = "";

  const look = async () => {
    const here = document.getElementById("stand");
    if (!here || !("poll" in here.dataset)) return;
    try {
      const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("stand");
      if (!fresh) return;
      // A button that somebody is about to press stays where it is.
      const busy = here.contains(document.activeElement);
      if (!busy && fresh.innerHTML !== last && fresh.textContent !== here.textContent) here.replaceWith(document.importNode(fresh, true));
      last = fresh.innerHTML;
    } catch {
      // No connection: the next time, perhaps.
    }
    setTimeout(look, pause);
  };

  setTimeout(look, pause);
})();
