/* Saves form[data-autosave]. Replies: {"version": n}, or 409 when another saved. */
(() => {
  const [form, status] = ["form[data-autosave]", ".wg-autosave"].map(one => document.querySelector(one));
  if (!form || !status) return;
  let last = 0, timer, busy, changed, stopped;
  const tell = (text, bad) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("wg-autosave--trouble", !!bad);
  };
  const stop = text => tell(text, stopped = true);
  const plan = () => { timer = timer || setTimeout(save, Math.max(2000, last + 10000 - Date.now())); };
  const send = async keepalive => {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(form.action, {method: "POST", body, keepalive, headers: {"X-Autosave": "1"}});
    if (reply.status === 409) return stop("Iemand anders heeft deze pagina ook veranderd. Kies Opslaan.");
    if (reply.redirected || [400, 401, 403].includes(reply.status)) return stop("U bent uitgelogd. Kies Opslaan en log in.");
    form.elements.version.value = (await reply.json()).version;
    tell(`Opgeslagen om ${new Date().toTimeString().slice(0, 5).replace(":", ".")} uur`);
  };
  const save = keepalive => {
    clearTimeout(timer);
    timer = 0;
    if (busy || stopped || !changed) return;
    changed = false;
    last = Date.now();
    busy = send(keepalive === true).catch(() => {
      changed = true;
      tell("Opslaan lukt nu niet. Wij proberen het opnieuw.", true);
    }).then(() => { busy = 0; if (changed) plan(); });
  };
  form.addEventListener("input", () => { changed = true; plan(); });
  form.addEventListener("submit", event => {
    stopped = true;
    if (!busy) return;
    event.preventDefault();
    const late = new Promise(go => setTimeout(go, 3000));
    Promise.race([busy, late]).then(() => { busy = 0; form.requestSubmit(event.submitter); });
  });
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
})();
