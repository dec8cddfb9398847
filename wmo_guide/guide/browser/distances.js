// Says how far a location is, as well as can be known: of many a place, only the middle of another place nearby is known.

// Kilometres that a place may lie from the one whose point it borrows: a municipality is about as wide as that.
const REACH = 15;

// Kilometres in a straight line over the globe.
function distance(lat, lon, one) {
  const rad = Math.PI / 180;
  const a = Math.pow(Math.sin((one[4] - lat) * rad / 2), 2)
    + Math.cos(lat * rad) * Math.cos(one[4] * rad) * Math.pow(Math.sin((one[5] - lon) * rad / 2), 2);
  return 12742 * Math.asin(Math.sqrt(a));
}

// A municipality's name may stand for a place that it isn't; then nobody knows which of its places is meant.
function isSamePlace(from, row, town) {
  return row[3] && row[8] === from.town && plain(row[3]) === plain(from.name)
    && !(from.near && plain(from.name) === plain(town));
}

// What to say, and where it comes in the list. A guess never goes before what is known to be nearer.
function measured(from, row, town) {
  const km = distance(from.lat, from.lon, row);
  if (isSamePlace(from, row, town)) { return { row: row, order: -2, text: "in dezelfde plaats" }; }
  if (!km && from.town < 0 && !row[6]) { return { row: row, order: -2, text: "in hetzelfde postcodegebied" }; }
  const guess = row[6] ? km + REACH : km;
  if ((from.near || row[6]) && row[8] === from.town) {
    return { row: row, order: from.near ? -1 : guess, text: "in de gemeente " + town };
  }
  return {
    row: row, order: guess,
    text: "ongeveer " + Math.max(1, Math.round(km)) + " km" + (from.near || row[6] ? ", gerekend" : "")
      + (from.near ? " vanaf " + from.near : "") + (row[6] ? " tot " + row[6] : ""),
  };
}
