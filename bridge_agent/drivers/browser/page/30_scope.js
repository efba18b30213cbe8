// Where on a screen: groups by legend, caption, heading or label cell, and the rows of repeated groups.

const cellOf = (el) => el.closest('td,th');

const headingLevel = (el) => {
  const told = el.getAttribute('aria-level');
  if (told) return Number(told);
  const tag = /^h([1-6])$/.exec(el.localName);
  return tag ? Number(tag[1]) : 7;
};

// Everything after a heading up to the next heading of its level or above.
const headingScope = (index, heading) => {
  const level = headingLevel(heading);
  const follows = Node.DOCUMENT_POSITION_FOLLOWING;
  const next = index.pickAll('h1,h2,h3,h4,h5,h6,[role=heading]')
    .find((el) => heading.compareDocumentPosition(el) & follows && headingLevel(el) <= level && B.visible(el));
  const bounds = heading.closest('section,article,fieldset,dialog,[role=dialog],td,th');
  return {
    has: (el) => Boolean(heading.compareDocumentPosition(el) & follows) && !heading.contains(el)
      && (!next || (Boolean(el.compareDocumentPosition(next) & follows) && !el.contains(next)))
      && (!bounds || B.contains(bounds, el)),
    root: bounds || index.doc.documentElement,
  };
};

// A label cell that stands for several rows: by rowspan, or alone in its row until the next row of that kind.
const cellScope = (cell) => {
  const row = cell.parentElement;
  const table = cell.closest('table');
  const rows = [...table.rows];
  const start = rows.indexOf(row);
  if (cell.rowSpan > 1) {
    const mine = new Set(rows.slice(start, start + cell.rowSpan));
    return { has: (el) => !cell.contains(el) && [...mine].some((one) => B.contains(one, el)), root: table };
  }
  if (row.cells.length !== 1) return null;
  let end = start + 1;
  while (end < rows.length && !(rows[end].cells.length === 1 && !rows[end].querySelector(B.CONTROLS))) end += 1;
  const mine = new Set(rows.slice(start + 1, end));
  return { has: (el) => [...mine].some((one) => B.contains(one, el)), root: table };
};

// Every group of the document that is called `within`.
B.scopesOf = (index, within) => {
  const name = B.label(within);
  const scopes = (index.groups.get(name) || []).filter(B.visible)
    .map((el) => ({ has: (one) => one !== el && B.contains(el, one), root: el }));
  if (scopes.length) return scopes;
  for (const text of index.byText.get(name) || []) {
    const heading = text.closest('h1,h2,h3,h4,h5,h6,[role=heading]');
    const cell = cellOf(text);
    if (heading) scopes.push(headingScope(index, heading));
    else if (cell && cell.closest('table')) {
      const scope = cellScope(cell);
      if (scope) scopes.push(scope);
    } else if (text.localName === 'dt' || text.localName === 'label') continue;
  }
  if (scopes.length) return scopes;
  // A plain block that is only a heading by its looks: what follows it inside its parent.
  return (index.byText.get(name) || []).filter((el) => el.localName !== 'label' && !cellOf(el) && el.parentElement)
    .map((el) => ({
      has: (one) => B.contains(el.parentElement, one) && !el.contains(one)
        && Boolean(el.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
      root: el.parentElement,
    }));
};

const outermost = (list) => list.filter((el) => !list.some((other) => other !== el && other.contains(el)));
const holdsControl = (el) => [...el.querySelectorAll(B.CONTROLS)].some(B.visible);

// The rows of a repeated group in the order of the page: nested groups, table lines, list items, boxes.
B.rowsOf = (index, scope) => {
  const inside = (css) => [...(scope.root || index.doc).querySelectorAll(css)].filter((el) => scope.has(el) && B.visible(el));
  const groups = outermost(inside('fieldset,[role=group],[role=row]'));
  if (groups.length && groups[0].localName !== 'tr') return groups;
  const lines = inside('tr');
  const typed = lines.filter((tr) => [...tr.cells].some((cell) => [...cell.querySelectorAll(B.CONTROLS)]
    .some((el) => el.closest('tr') === tr && B.visible(el))));
  if (typed.length) return typed;
  const data = lines.filter((tr) => tr.querySelector('td'));
  if (data.length) return data;
  const items = inside('li').filter(holdsControl);
  if (items.length) return outermost(items);
  return [...(scope.root || index.doc.body).children].filter((el) => scope.has(el) && holdsControl(el));
};

// Tests whether an element lies where `target` says, in this document; null when there is no such place.
B.placeOf = (index, target) => {
  const whole = { has: () => true, root: null };
  const scopes = target.within ? B.scopesOf(index, target.within) : [whole];
  if (!scopes.length) return null;
  if (!target.row) return { has: (el) => scopes.some((scope) => scope.has(el)), line: null, lines: [] };
  const lines = scopes.map((scope) => B.rowsOf(index, scope)[target.row - 1]).filter(Boolean);
  if (!lines.length) return null;
  return { has: (el) => lines.some((line) => line !== el && B.contains(line, el)), lines };
};
