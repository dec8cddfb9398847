// From a question and filters to results: which, in which order, and how many more each filter would give.

const PROVIDER = "aanbieder";
const LEAST_NAME = 0.49;   // the share of a question that has to be in a name for it to be meant
const ABOUT_TOPICS = ["gemeente", "gebied", "bouwsteen", "soort"];

// What of one group a thing has, and whether that passes: nothing is chosen in it, or one of what it has.
function groupOf(name, values, chosen) {
  return { name, values, passes: !chosen || !chosen.length || values.some((value) => chosen.includes(value)) };
}

// Counts per choice what would be found with it: a thing counts for a group when it passes all the others.
function makeCounter() {
  const seen = new Map();
  const setOf = (choice) => {
    if (!seen.has(choice)) { seen.set(choice, new Set()); }
    return seen.get(choice);
  };
  return {
    add: (id, groups) => {
      const failed = groups.filter((group) => !group.passes);
      if (failed.length > 1) { return; }
      (failed.length ? failed : groups).forEach((group) => {
        group.sets = group.sets || group.values.map((value) => setOf(group.name + "=" + value));  // many things share a group
        group.sets.forEach((set) => { set.add(id); });
      });
    },
    of: (name, value) => setOf(name + "=" + value).size,
  };
}

function groupsOfTopic(guide, row, filters, everywhere) {
  const blocks = row[4] || [];
  return [
    groupOf("soort", [guide.kinds[row[0]][0]], filters.soort),
    groupOf("bouwsteen", blocks.map((block) => guide.blocks[block][0]), filters.bouwsteen),
    groupOf("gebied", blocks.map((block) => guide.areas[guide.blocks[block][2]]), filters.gebied),
    row[5] ? groupOf(PLACE, row[5].map((place) => guide.places[place][0]), filters[PLACE]) : everywhere,
  ];
}

// Topics that pass the filters. Filters about offers leave no topic. Without a counter there are no filters.
function filterTopics(guide, found, filters, counter) {
  if (!counter) { return found; }
  if (Object.keys(filters).some((name) => filters[name].length && !ABOUT_TOPICS.includes(name))) { return []; }
  const everywhere = groupOf(PLACE, guide.places.map((place) => place[0]), filters[PLACE]);
  return found.filter((one) => {
    const groups = groupsOfTopic(guide, guide.topics[one.topic], filters, everywhere);
    counter.add("topic" + one.topic, groups);
    return groups.every((group) => group.passes);
  });
}

// Providers in the lists that pass the filters: keys with the blocks in which they do. `names` are those of the columns. All in
// the lists of `blocks` count, and in others those of `outside`.
function filterLists(guide, facets, names, lists, filters, counter, blocks, outside) {
  const found = new Map();
  lists.forEach((list) => {
    const block = guide.blocks[list.block];
    const isAsked = blocks.includes(list.block);
    const same = [
      groupOf("soort", [PROVIDER], filters.soort),
      groupOf("bouwsteen", [block[0]], filters.bouwsteen),
      groupOf("gebied", [guide.areas[block[2]]], filters.gebied),
    ];
    const columns = counter ? facets.map((facet) => readColumn(facet, list.columns[names.indexOf(facet.name)], filters[facet.name] || [])) : [];
    list.keys.forEach((key, row) => {
      if (!isAsked && !outside.has(key)) { return; }
      if (counter) {
        const groups = same.concat(columns.map((column) => column.groups[column.rows[row] || 0]));
        counter.add(key, groups);
        if (!groups.every((group) => group.passes)) { return; }
      }
      if (!found.has(key)) { found.set(key, []); }
      found.get(key).push(list.block);
    });
  });
  return found;
}

// What rows of a list have of a facet: a group for each of the different values, and which of them a row has.
function readColumn(facet, column, chosen) {
  const groups = (column ? column[0] : [""]).map((told) => {
    const values = told ? told.split(" ") : [];
    if (!facet.most) { return groupOf(facet.name, values, chosen); }
    const group = groupOf(facet.name, values.length ? facet.choices.filter((choice) => Number(values[0]) <= Number(choice)) : [], []);
    group.passes = !chosen.length || (values.length > 0 && Number(values[0]) <= Math.max(...chosen.map(Number)));
    return group;
  });
  return { groups, rows: column ? column[1] : [] };
}

// The blocks that a question is about: those of its best topics.
function blocksOf(guide, found) {
  const blocks = [];
  const best = found.length ? found[0].score : 0;
  found.forEach((one) => {
    if (one.score < best * 0.65) { return; }
    (guide.topics[one.topic][4] || []).forEach((block) => { if (!blocks.includes(block) && blocks.length < 4) { blocks.push(block); } });
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
    const meant = Math.max(0, ...words[number].means.values());
    special = special || (!words[number].exact && sure > meant);
  });
  special = special || (hit.names.size > 1 && words.some((one) => !one.exact));
  const unknown = words.filter((one) => !one.known);
  const met = unknown.filter((one) => hit.texts.has(words.indexOf(one)) || hit.names.has(words.indexOf(one)));
  const told = unknown.length && met.length === unknown.length && (isSure || unknown.length === words.length);
  const share = named / (words.filter((one) => !one.isPlace).length || 1);
  return { share, isName: (special || paired) && share > LEAST_NAME, told };
}
