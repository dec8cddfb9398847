// From a question and filters to results: which, in which order, and how many more each filter would give.

const PROVIDER = "aanbieder";
const LEAST_NAME = 0.49;   // the share of a question that has to be in a name for it to be meant
const ABOUT_TOPICS = ["gemeente", "gebied", "bouwsteen", "soort"];

// Which of the choices in each group a thing has passes when nothing is chosen in it, or one of them is (OR within, AND between).
function passes(chosen, has) {
  return !chosen || !chosen.length || has.some((value) => chosen.indexOf(value) >= 0);
}

// Counts per choice what would be found with it: a thing counts for a group when it passes all the others.
function makeCounter(filters) {
  const seen = new Map();
  return {
    // `groups` gives per group what the thing has; `fits`, when given, tells by itself whether it passes.
    add: (id, groups, fits) => {
      const failed = Object.keys(filters).filter((name) => (
        fits && fits[name] !== undefined ? !fits[name] : filters[name].length && !passes(filters[name], groups[name] || [])
      ));
      Object.keys(groups).forEach((name) => {
        if (failed.length === 0 || (failed.length === 1 && failed[0] === name)) {
          groups[name].forEach((value) => {
            const choice = name + "=" + value;
            if (!seen.has(choice)) { seen.set(choice, new Set()); }
            seen.get(choice).add(id);
          });
        }
      });
      return failed.length === 0;
    },
    of: (name, value) => seen.has(name + "=" + value) ? seen.get(name + "=" + value).size : 0,
  };
}

function groupsOfTopic(guide, row) {
  const blocks = row[4] || [];
  const places = row[5] || [];
  return {
    soort: [guide.kinds[row[0]][0]],
    bouwsteen: blocks.map((block) => guide.blocks[block][0]),
    gebied: blocks.map((block) => guide.areas[guide.blocks[block][2]]),
    gemeente: (places.length ? places.map((place) => guide.places[place]) : guide.places)
      .map((place) => place[0]),
  };
}

// Topics that pass the filters. Filters about offers leave no topic.
function filterTopics(guide, found, filters, counter) {
  const aboutOffers = Object.keys(filters).some((name) => filters[name].length && ABOUT_TOPICS.indexOf(name) < 0);
  return found.filter((one) => {
    const groups = groupsOfTopic(guide, guide.topics[one.topic]);
    return !aboutOffers && counter.add("topic" + one.topic, groups);
  });
}

// Providers in the lists that pass the filters: keys with the blocks in which they do. `names` are those of the columns; `wanted`, when given, tells which keys count.
function filterLists(guide, facets, names, lists, filters, counter, wanted) {
  const found = new Map();
  lists.forEach((list) => {
    const block = guide.blocks[list.block];
    const columns = facets.map((facet) => readColumn(facet, list.columns[names.indexOf(facet.name)], filters[facet.name] || []));
    list.keys.forEach((key, row) => {
      if (wanted && !wanted(key, list.block)) { return; }
      const groups = { soort: [PROVIDER], bouwsteen: [block[0]], gebied: [guide.areas[block[2]]] };
      const fits = {};
      columns.forEach((column) => {
        groups[column.name] = column.values[column.rows[row]] || [];
        fits[column.name] = column.fits[column.rows[row]];
      });
      if (counter.add(key, groups, fits)) {
        if (!found.has(key)) { found.set(key, []); }
        found.get(key).push(list.block);
      }
    });
  });
  return found;
}

function readColumn(facet, column, chosen) {
  const values = (column ? column[0] : []).map((one) => one ? one.split(" ") : []);
  const fits = values.map((one) => {
    if (!chosen.length) { return true; }
    return facet.most ? one.length > 0 && Number(one[0]) <= Math.max.apply(null, chosen.map(Number)) : passes(chosen, one);
  });
  const shown = facet.most
    ? values.map((one) => one.length ? facet.choices.filter((choice) => Number(one[0]) <= Number(choice)) : [])
    : values;
  return { name: facet.name, values: shown, fits: fits, rows: column ? column[1] : [] };
}

// The blocks that a question is about: those of its best topics.
function blocksOf(guide, found) {
  const blocks = [];
  const best = found.length ? found[0].score : 0;
  found.forEach((one) => {
    if (one.score < best * 0.65) { return; }
    (guide.topics[one.topic][4] || []).forEach((block) => { if (blocks.indexOf(block) < 0 && blocks.length < 4) { blocks.push(block); } });
  });
  return blocks;
}

// How well the words of a question are met in a provider's name, and whether its texts have all those that no topic knows.
function judgeHit(words, hit, isSure) {
  let named = 0;
  let paired = false;
  let special = false;
  hit.names.forEach((sure, number) => {
    named += Math.min(1, sure);
    paired = paired || sure > 1;
    const meant = Math.max.apply(null, [0].concat(Array.from(words[number].means.values())));
    special = special || (!words[number].exact && sure > meant);
  });
  special = special || (hit.names.size > 1 && words.some((one) => !one.exact));
  const unknown = words.filter((one) => !one.known);
  const met = unknown.filter((one) => hit.texts.has(words.indexOf(one)) || hit.names.has(words.indexOf(one)));
  const told = unknown.length && met.length === unknown.length && (isSure || unknown.length === words.length);
  const share = named / (words.filter((one) => !one.isPlace).length || 1);
  return { share: share, isName: (special || paired) && share > LEAST_NAME, told: told };
}
