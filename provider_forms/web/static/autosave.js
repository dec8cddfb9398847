/* Saves form[data-autosave="person:page"]. Replies: {"version": n}; 409: another saved, both are kept; 413: too much.
   What isn't on the server yet has a copy in this tab, for this person. */
(() => {
  const [form, status] = ["form[data-autosave]", ".wg-autosave"].map(one => document.querySelector(one));
  const device = job => { try { return job(sessionStorage); } catch { return null; } };
  const key = form && `wmo:${form.dataset.autosave}`, owner = form ? `${key.split(":", 2).join(":")}:` : "nobody";
  if (form || document.querySelector("[data-forget]")) device(all => Object.keys(all)
    .filter(one => one.startsWith("wmo:") && !one.startsWith(owner)).forEach(one => all.removeItem(one)));
  if (!form || !status) return;
  let last = 0, failures = 0, presses = 0, timer, busy, changed, stopped, pressed, ready;
  const read = () => [...new FormData(form)].filter(([name]) => name !== "csrf");
  const answers = entries => JSON.stringify(entries.filter(([name]) => /^(a\.|kies\.|email)/.test(name)));
  const hold = () => device(all => all.setItem(key, JSON.stringify(read())));
  const drop = () => device(all => all.removeItem(key));
  const tell = (text, bad) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("wg-autosave--trouble", !!bad);
  };
  const stop = text => tell(text, stopped = true);
  const late = time => new Promise(go => setTimeout(go, time));
  const plan = () => {
    const pause = Math.min(10000 * 2 ** failures, 300000);
    timer = timer || setTimeout(save, Math.max(2000, last + pause - Date.now()));
  };
  const send = async leaving => {
    const body = new URLSearchParams(new FormData(form)), keepalive = leaving && `${body}`.length < 60000;
    const reply = await fetch(form.action, {method: "POST", body, keepalive, headers: {"X-Autosave": "1"}});
    if (reply.redirected || [401, 403].includes(reply.status)) return stop("Niet opgeslagen: u bent uitgelogd. Kies Opslaan en log in.");
    if (reply.status === 413) return tell("Niet opgeslagen: dit is te veel tekst. Maak de tekst korter.", true);
    if ([400, 404, 405].includes(reply.status)) return stop("Niet opgeslagen. Kies Opslaan.");
    if (reply.status === 409) tell("Nog niet opgeslagen. Iemand anders heeft deze pagina ook veranderd. Kies Opslaan.", true);
    else {
      const {version} = await reply.json();
      if (form.elements.version) form.elements.version.value = version;
      tell(`${form.dataset.saved || "Opgeslagen"} om ${new Date().toTimeString().slice(0, 5).replace(":", ".")} uur`);
    }
    if (!changed) drop();
  };
  const save = leaving => {
    clearTimeout(timer);
    timer = 0;
    if (changed) hold();
    if (busy || stopped || !changed) return busy;
    changed = false;
    last = Date.now();
    busy = send(leaving === true).then(() => { failures = 0; }, () => {
      changed = true;
      failures += 1;
      tell("Niet opgeslagen: het lukt nu niet. Uw tekst staat nog hier. Wij proberen het opnieuw.", true);
    }).then(() => { busy = 0; if (changed && !pressed) plan(); });
    return busy;
  };
  const change = () => { changed = true; plan(); };
  const press = async button => {
    await Promise.race([busy, late(3000)]);
    const before = failures;
    if (changed && !stopped) await Promise.race([save(), late(8000)]);
    pressed = false;
    if (failures > before && presses++ < 2) {
      plan();
      return tell("Niet opgeslagen: er is geen verbinding. Uw tekst staat nog hier. Druk straks opnieuw.", true);
    }
    ready = stopped = true;
    form.requestSubmit(button);
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", event => {
    if (ready || (!busy && (stopped || !changed))) return;
    event.preventDefault();
    if (!pressed) press(event.submitter, pressed = true);
  });
  addEventListener("online", () => { failures = 0; save(); });
  ["visibilitychange", "pagehide"].forEach(name => addEventListener(name, () => document.hidden && save(true), true));
  addEventListener("pageshow", event => {
    if (event.persisted) return location.reload();
    const kept = device(all => JSON.parse(all.getItem(key)));
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
