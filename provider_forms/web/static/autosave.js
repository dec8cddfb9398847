/* Saves form[data-autosave="person:page"]. Replies: {"version": n}; 403: {"csrf", "person"}; 409: another saved, both are
   kept; 413: too much. What isn't on the server yet has a copy in this tab, and on this device while saving fails. */
(() => {
  const [form, status] = ["form[data-autosave]", ".wg-autosave"].map(one => document.querySelector(one));
  const device = job => [() => sessionStorage, () => localStorage].map((store, lasts) => { try { return job(store(), lasts); } catch { return null; } });
  const key = form && `wmo:${form.dataset.autosave}`, owner = form ? `${key.split(":", 2).join(":")}:` : "nobody";
  const week = 7 * 24 * 3600 * 1000;
  const copy = (all, one) => { try { return JSON.parse(all.getItem(one)); } catch { return null; } };
  const isOld = found => !found || !(Math.abs(Date.now() - found.at) < week);
  const forget = !!document.querySelector("[data-forget]");
  device(all => Object.keys(all).filter(one => one.startsWith("wmo:"))
    .filter(one => (form || forget) && !one.startsWith(owner) || isOld(copy(all, one))).forEach(one => all.removeItem(one)));
  if (!form || !status) return;
  let last = -Infinity, failures = 0, presses = 0, timer, busy, changed, stopped, pressed, passed, ready, refused;
  const read = () => [...new FormData(form)].filter(([name]) => name !== "csrf");
  const answers = entries => JSON.stringify(entries.filter(([name]) => /^(a\.|kies\.|email)/.test(name)));
  const fails = () => failures || refused || !navigator.onLine;
  const hold = () => {
    const text = JSON.stringify({at: Date.now(), fields: read()});
    device((all, lasts) => (!lasts || fails()) && all.setItem(key, text));
  };
  const drop = () => device(all => all.removeItem(key));
  const tell = (text, bad) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("wg-autosave--trouble", !!bad);
  };
  const refuse = text => tell(text, refused = true);
  const stop = text => refuse(text, stopped = true);
  const late = time => new Promise(go => setTimeout(go, time));
  const plan = () => {
    const pause = Math.min(10000 * 2 ** failures, 300000);
    // Not the clock on the wall: people set that back.
    timer = timer || setTimeout(save, Math.max(2000, last + pause - performance.now()));
  };
  const send = async (leaving, again) => {
    const body = new URLSearchParams(new FormData(form)), keepalive = leaving && `${body}`.length < 60000;
    const reply = await fetch(form.action, {method: "POST", body, keepalive, headers: {"X-Autosave": "1"}});
    if (reply.redirected || reply.status === 401) return stop("Niet opgeslagen: u bent uitgelogd. Kies Opslaan en log in.");
    if (reply.status === 403) {
      const {csrf, person} = await reply.json();
      if (`${person}` !== form.dataset.autosave.split(":")[0]) return stop("Niet opgeslagen: op dit apparaat is nu iemand anders ingelogd. Kopieer uw tekst.");
      if (again) return stop("Niet opgeslagen: deze pagina is te oud. Kies Opslaan.");
      document.querySelectorAll("[name=csrf]").forEach(one => { one.value = csrf; });
      return send(leaving, true);
    }
    if (reply.status === 413) return refuse("Niet opgeslagen: dit is te veel tekst. Maak de tekst korter.");
    if ([400, 404, 405].includes(reply.status)) return stop("Niet opgeslagen. Kies Opslaan.");
    refused = false;
    if (reply.status === 409) tell("Nog niet opgeslagen. Iemand anders heeft deze pagina ook veranderd. Kies Opslaan.", true);
    else {
      const {version, told} = await reply.json();
      if (form.elements.version) form.elements.version.value = version;
      tell(told || `${form.dataset.saved || "Opgeslagen"} om ${new Date().toTimeString().slice(0, 5).replace(":", ".")} uur`, told);
    }
    if (!changed) drop();
  };
  const save = leaving => {
    clearTimeout(timer);
    timer = 0;
    if (changed) hold();
    if (busy || stopped || !changed) return busy;
    changed = false;
    last = performance.now();
    busy = send(leaving === true).then(() => { failures = 0; }, () => {
      changed = true;
      failures += 1;
      tell("Niet opgeslagen: het lukt nu niet. Uw tekst staat nog hier. Wij proberen het opnieuw.", true);
    }).then(() => { busy = 0; if (changed || refused) hold(); if (changed && !pressed) plan(); });
    return busy;
  };
  const change = () => { changed = true; passed = false; hold(); plan(); };
  const go = (target, button) => { ready = stopped = true; target.requestSubmit(button); };
  const press = async (target, button) => {
    await Promise.race([busy, late(3000)]);
    if (changed && !stopped) await Promise.race([save(), late(8000)]);
    pressed = false;
    const other = target !== form, lost = failures || (other && (busy || refused));
    if (!lost || presses++ > 1) return go(target, button);
    if (changed) plan();
    if (!other) return tell("Niet opgeslagen: er is geen verbinding. Uw tekst staat nog hier. Druk straks opnieuw.", true);
    tell("Niet opgeslagen. Uw tekst staat nog hier. Kopieer de tekst, of probeer het straks opnieuw. Gaat u nu verder, dan raakt u deze tekst kwijt.", true);
    status.scrollIntoView({block: "center"});
  };
  form.addEventListener("input", change);
  document.addEventListener("submit", event => {
    const own = event.target === form;
    if (ready || (!busy && !changed && (own || !refused)) || (own && stopped)) { passed = true; return; }
    event.preventDefault();
    if (!pressed) press(event.target, event.submitter, pressed = true);
  });
  addEventListener("online", () => { failures = 0; save(); });
  ["visibilitychange", "pagehide"].forEach(name => addEventListener(name, () => document.hidden && save(true), true));
  addEventListener("beforeunload", event => {
    if (!ready && !passed && (changed || busy || refused) && fails()) event.preventDefault(event.returnValue = "");
  });
  addEventListener("pageshow", event => {
    if (event.persisted) return location.reload();
    const kept = (device(all => copy(all, key)).find(found => !isOld(found)) || {}).fields;
    if (kept && answers(kept) !== answers(read())) {
      for (const one of form.elements) {
        const texts = kept.filter(([name]) => name === one.name).map(([, text]) => text);
        if (/radio|checkbox/.test(one.type)) one.checked = texts.includes(one.value);
        else if (texts.length && one.matches("textarea, [type=text], [name=version], [name=tab]")) one.value = texts[0];
      }
      tell("Wij hebben teruggezet wat u hier het laatst typte. Het was nog niet opgeslagen.");
      change();
    } else {
      drop();
      const typed = one => "defaultValue" in one && (one.value !== one.defaultValue || one.checked !== one.defaultChecked);
      if ([...form.elements].some(one => one.type !== "hidden" && typed(one))) change();
    }
  });
})();
