/* Beside a Markdown text: what it will look like, made by the server, a moment after the last key. */
(() => {
  const box = document.querySelector("[data-preview]");
  const text = box && document.getElementById(box.dataset.preview);
  const token = text && text.form.elements.csrf;
  if (!text || !token) return;
  let timer, asked = 0;
  const draw = async () => {
    const mine = ++asked;
    const body = new URLSearchParams({csrf: token.value, tekst: text.value});
    const reply = await fetch(box.dataset.previewFrom, {method: "POST", body}).catch(() => null);
    if (mine !== asked || !reply || !reply.ok || reply.redirected) return;
    box.lastElementChild.innerHTML = await reply.text();
    box.hidden = !text.value.trim();
  };
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(draw, 400); });
  draw();
})();
