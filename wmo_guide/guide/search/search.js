// Search on the region's search page: reads the words of the region and lists what fits. No cookies, no other site.
(function () {
  "use strict";
  var list = document.getElementById("zoekresultaten");
  var status = document.getElementById("zoekstatus");
  var field = document.getElementById("zoekveld");
  var stop = " aan als bij dat de die dit een en er het hij hoe ik in is kan mag me met mij mijn moet naar niet of om ook op te tot u uit uw van voor wat we wie wij wil zij zijn zo ".split(" ");
  document.getElementById("zonder-script").hidden = true;

  function words(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").split(/[^a-z0-9]+/).filter(Boolean);
  }

  // 3 for the same word, 2 for one that begins with it, 1 for one that contains it or shares a long beginning.
  function fit(asked, word) {
    if (word === asked) { return 3; }
    if (word.indexOf(asked) === 0) { return 2; }
    if (asked.length > 3 && word.indexOf(asked) > 0) { return 1; }
    var stem = Math.max(5, asked.length - 2);
    return asked.length >= 6 && word.slice(0, stem) === asked.slice(0, stem) ? 1 : 0;
  }

  function best(asked, text) {
    return words(text).reduce(function (top, word) { return Math.max(top, fit(asked, word)); }, 0);
  }

  function score(asked, entry, place) {
    var found = 0;
    var total = asked.reduce(function (sum, one) {
      var points = 3 * best(one, entry[0]) + 2 * best(one, entry[3]) + best(one, entry[4]);
      found += points ? 1 : 0;
      return sum + points;
    }, 0);
    return found ? found * 100 + total - place / 1000 : 0;
  }

  function show(hit) {
    var item = document.createElement("li");
    var head = document.createElement("h2");
    var link = document.createElement("a");
    var text = document.createElement("p");
    item.className = "wg-card";
    link.href = hit[1];
    link.textContent = hit[0];
    text.textContent = hit[2] + ": " + hit[4];
    head.appendChild(link);
    item.appendChild(head);
    item.appendChild(text);
    list.appendChild(item);
  }

  function search(query, entries) {
    var asked = words(query);
    var telling = asked.filter(function (word) { return stop.indexOf(word) < 0; });
    asked = telling.length ? telling : asked;
    var hits = entries.map(function (entry, place) { return [score(asked, entry, place), entry]; })
      .filter(function (pair) { return pair[0] > 0; })
      .sort(function (a, b) { return b[0] - a[0]; })
      .slice(0, 20);
    hits.forEach(function (pair) { show(pair[1]); });
    status.textContent = hits.length
      ? (hits.length === 1 ? "1 resultaat" : hits.length + " resultaten") + " voor \u201c" + query + "\u201d."
      : "Niets gevonden voor \u201c" + query + "\u201d. Probeer een ander woord, of kies hieronder.";
  }

  var query = (new URLSearchParams(location.search).get("q") || "").trim().slice(0, 200);
  if (!query) { return; }
  field.value = query;
  status.textContent = "Bezig met zoeken\u2026";
  fetch(list.getAttribute("data-woorden"))
    .then(function (answer) { return answer.json(); })
    .then(function (entries) { search(query, entries); })
    .catch(function () { status.textContent = "Zoeken lukt nu niet. Kies hieronder een andere manier."; });
})();
