// Finds the place that a reader means, however it is written.

// "St. Pancras", "sint-pancras" and "Sint Pancras" are one; so are a municipality's name with and without "(NH.)".
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\(.*?\)/g, "")
    .replace(/[^a-z0-9]+/g, " ").trim().replace(/^gemeente\s/, "").replace(/\bst\b/g, "sint").replace(/\s/g, "");
}

function find(data, asked) {
  const digits = /^([1-9][0-9]{3})(?:[a-z]{2})?$/.exec(asked);
  if (digits) {
    const area = data.postcodes.filter((one) => one[0] === digits[1])[0];
    return area ? { name: area[0] + " " + area[1], lat: area[2], lon: area[3], near: "", town: -1 } : null;
  }
  const place = data.places.filter((one) => plain(one[0]) === asked)[0];
  return place ? { name: place[0], lat: place[1], lon: place[2], near: place[3], town: place[4] } : null;
}

// How many letters have to change to make one word of the other.
function apart(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, number) => number);
  Array.from(one).forEach((letter, line) => {
    const next = [line + 1];
    for (let at = 1; at <= other.length; at += 1) {
      next[at] = Math.min(row[at] + 1, next[at - 1] + 1, row[at - 1] + (letter === other[at - 1] ? 0 : 1));
    }
    row = next;
  });
  return row[other.length];
}

// Names that look like what was typed, the likest first.
function likely(data, asked) {
  const most = asked.length < 4 ? 0 : asked.length < 7 ? 1 : 2;
  return data.places.map((one) => ({ name: one[0], far: plain(one[0]).indexOf(asked) === 0 ? 0 : apart(asked, plain(one[0])) }))
    .filter((one) => asked.length > 2 && one.far <= most).sort((a, b) => a.far - b.far).slice(0, 3).map((one) => one.name);
}
