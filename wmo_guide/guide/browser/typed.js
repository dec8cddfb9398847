// Puts what is typed on paper from the first word to the last: in many browsers a field is printed no longer than it is.

function spread(field) {
  const next = field.nextElementSibling;
  const copy = next || document.createElement("p");
  copy.className = "wg-printed wg-paper__typed";
  copy.textContent = field.value;
  if (field.value && !next) { field.parentNode.appendChild(copy); }
  if (!field.value && next) { next.remove(); }
  field.classList.toggle("wg-screen", field.value !== "");
}

const fields = document.querySelectorAll(".wg-paper textarea");
// On some phones only the first of these comes, elsewhere only the second after the way back to this page.
document.addEventListener("input", (event) => { if (event.target.tagName === "TEXTAREA") { spread(event.target); } });
// HTML lets no tick be kept from being filled in again, as it does with text; both go, or, on a page that was never left, stay.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) { document.querySelectorAll(".wg-paper input").forEach((box) => { box.checked = false; }); }
});
window.addEventListener("beforeprint", () => { fields.forEach(spread); });
document.querySelectorAll("[data-no-script]").forEach((one) => { one.hidden = true; });
