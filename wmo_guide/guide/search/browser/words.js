// Words, as they are compared: the same here as in words.py, which makes the files that this script reads.

// A text in lower case and without accents.
function plain(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
}

function wordsOf(text) {
  return plain(text).match(/[\p{L}\p{N}]+/gu) || [];
}

const VOWEL = /[aeiouy]/;

// Where the part of a word begins that may lose an ending: after the first consonant that follows a vowel.
function region(word, from) {
  let at = from;
  while (at < word.length && !VOWEL.test(word[at])) { at += 1; }
  while (at < word.length && VOWEL.test(word[at])) { at += 1; }
  return at < word.length ? at + 1 : word.length;
}

// The stem of a word: Snowball's Dutch stemmer of Porter's kind, and then the folds that it leaves (`folded`).
function stem(word) {
  let rest = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y").replace(/([aeiouy])i(?=[aeiouy])/g, "$1I");
  const first = word.length < 3 ? word.length : region(rest, 0);
  const one = word.length < 3 ? word.length : Math.max(3, first);
  const two = word.length < 3 ? word.length : region(rest, first);
  let lostE = false;

  const ends = (end, from) => rest.endsWith(end) && rest.length - end.length >= from;
  const cut = (number) => { rest = rest.slice(0, rest.length - number); };
  const undouble = () => { if (/(kk|dd|tt)$/.test(rest)) { cut(1); } };
  const cutEn = (number) => {
    const before = rest.slice(0, -number);
    if (rest.length - number >= one && /[^aeiouy]$/.test(before) && !before.endsWith("gem")) { cut(number); undouble(); }
  };
  const cutE = () => {
    lostE = false;
    if (ends("e", one) && /[^aeiouy]e$/.test(rest)) { cut(1); lostE = true; undouble(); }
  };

  if (rest.endsWith("heden")) { if (ends("heden", one)) { rest = rest.slice(0, -5) + "heid"; } }
  else if (rest.endsWith("ene")) { cutEn(3); }
  else if (rest.endsWith("en")) { cutEn(2); }
  else if (rest.endsWith("se")) { if (ends("se", one) && /[^aeiouyj]se$/.test(rest)) { cut(2); } }
  else if (rest.endsWith("s") && ends("s", one) && /[^aeiouyj]s$/.test(rest)) { cut(1); }
  cutE();
  if (ends("heid", two) && !rest.endsWith("cheid")) {
    cut(4);
    if (rest.endsWith("en")) { cutEn(2); }
  }
  if (rest.endsWith("lijk")) { if (ends("lijk", two)) { cut(4); cutE(); } }
  else if (rest.endsWith("baar")) { if (ends("baar", two)) { cut(4); } }
  else if (rest.endsWith("end") || rest.endsWith("ing")) {
    if (rest.length - 3 >= two) {
      cut(3);
      if (ends("ig", two) && !rest.endsWith("eig")) { cut(2); } else { undouble(); }
    }
  }
  else if (rest.endsWith("bar")) { if (ends("bar", two) && lostE) { cut(3); } }
  else if (rest.endsWith("ig") && ends("ig", two) && !rest.endsWith("eig")) { cut(2); }
  return folded(single(rest).toLowerCase());
}

// Of two the same vowels before a last consonant, one.
function single(word) {
  return word.replace(/([^aeiouy])(aa|ee|oo|uu)([^aeiouyI])$/, (all, a, vowels, b) => a + vowels[0] + b);
}

// The stems of a text in one line, each with a blank on either side, so that phrases can be found in it.
function stemsOf(text) {
  return " " + wordsOf(text).map(stem).join(" ") + " ";
}

// What Snowball leaves apart and the ear doesn't: hij helpt, ik ben verzorgd, brief and brieven, huis and huizen, val and vallen.
function folded(word) {
  let rest = word;
  if (/.{3}([^aeiouyst]t|.[^aeiouyn]d)$/.test(rest) && !rest.endsWith("cht")) { rest = single(rest.slice(0, -1)); }
  rest = rest.replace(/([b-df-hj-np-tv-z])\1$/, "$1");
  return rest.replace(/v$/, "f").replace(/z$/, "s");
}

// How a word sounds, so that what is written as it sounds is the same word.
function sound(word) {
  return word
    .replace(/sch/g, "sg").replace(/ch/g, "g").replace(/ph/g, "f").replace(/th/g, "t").replace(/qu/g, "kw")
    .replace(/c(?=[eiy])/g, "s").replace(/c/g, "k").replace(/x/g, "ks").replace(/ij|ei|y/g, "Y").replace(/ou|au/g, "O")
    .replace(/ie/g, "i").replace(/z/g, "s").replace(/v/g, "f").replace(/dt$/, "t").replace(/d$/, "t")
    .replace(/(.)\1+/g, "$1");
}

// The number of letters to change, leave out, put in or swap with a neighbour between two words; `most` + 1 when more.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) { return most + 1; }
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (!same && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) { row[j] = Math.min(row[j], before[j - 2] + 1); }
      least = Math.min(least, row[j]);
    }
    if (least > most) { return most + 1; }
    before = last;
    last = row;
  }
  return last[b.length];
}
