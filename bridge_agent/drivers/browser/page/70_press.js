// Press exactly one element, once.

const bringIntoView = (el) => {
  const { innerWidth, innerHeight } = el.ownerDocument.defaultView;
  const box = el.getBoundingClientRect();
  const inside = box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
  if (!inside) el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
};

// Something else lies over the middle of the element: a person could not press it either.
const covered = (el) => {
  const box = el.getBoundingClientRect();
  const root = el.getRootNode();
  const top = root.elementFromPoint ? root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) : null;
  if (!top || B.contains(el, top) || B.contains(top, el)) return false;
  return ![...(el.labels || [])].some((label) => label.contains(top));
};

const strike = (el) => {
  const win = el.ownerDocument.defaultView;
  const box = el.getBoundingClientRect();
  const at = {
    bubbles: true, cancelable: true, composed: true, view: win, button: 0, detail: 1,
    clientX: box.left + box.width / 2, clientY: box.top + box.height / 2,
  };
  const over = { ...at, buttons: 0 };
  const down = { ...at, buttons: 1 };
  el.dispatchEvent(new win.PointerEvent('pointerover', over));
  el.dispatchEvent(new win.MouseEvent('mouseover', over));
  el.dispatchEvent(new win.PointerEvent('pointerdown', down));
  el.dispatchEvent(new win.MouseEvent('mousedown', down));
  if (el.focus) el.focus({ preventScroll: true });
  el.dispatchEvent(new win.PointerEvent('pointerup', over));
  el.dispatchEvent(new win.MouseEvent('mouseup', over));
  if (el.isConnected) el.click();
};

const target = async (find, patience) => {
  const end = performance.now() + patience;
  for (;;) {
    const found = find();
    if (found.el) {
      bringIntoView(found.el);
      if (!covered(found.el)) return found;
      found.why = 'covered';
    }
    if (performance.now() >= end) return { why: found.why };
    await B.pause(15);
  }
};

B.press = async ({ field, patience }) => {
  const found = await target(() => B.resolveOne(field, B.indexes()), patience);
  if (!found.el) return { why: found.why };
  for (const win of B.windows().list) B.stateOf(win).opened = 0;
  strike(found.el);
  // The way out of the page starts in a task of its own; afterwards the document knows that it is leaving.
  await B.pause(0);
  return { pressed: true };
};

const cellsWith = (text) => B.windows().list.flatMap((win) => [...win.document.querySelectorAll('td,th,li,option,[role=option]')])
  .filter((el) => B.visible(el) && B.foldValue(el.innerText) === text);

const lineOf = (el) => el.closest('tr,li,[role=option],[role=row],option') || el;

// How many rows have a cell with exactly this text, when the page has come to rest.
B.countRows = async ({ text, wait }) => {
  const end = performance.now() + wait;
  let last = -1;
  for (;;) {
    const calm = allReady(B.windows()) && B.pendingNow() === 0;
    const count = new Set(cellsWith(text).map(lineOf)).size;
    if (calm && count === last) return { count };
    if (performance.now() >= end) return { count: calm ? count : -1 };
    last = calm ? count : -1;
    await B.pause(count > 0 ? 10 : 60);
  }
};

// Press in the one row whose cell shows exactly `text`: the target if given, else its first link or button, else the row.
B.chooseRow = ({ text, field }) => {
  const lines = [...new Set(cellsWith(text).map(lineOf))];
  if (lines.length !== 1) return { why: lines.length ? 'several' : 'not_found' };
  const line = lines[0];
  let el = null;
  if (field) {
    const win = line.ownerDocument.defaultView;
    const index = B.indexOf(win);
    for (const rung of field.target.ladder) {
      const found = matchesIn(index, rung, field, line);
      if (found.length > 1) return { why: 'several' };
      if (found.length === 1) { [el] = found; break; }
    }
    if (!el) return { why: 'not_found' };
  } else {
    el = [...line.querySelectorAll(B.PRESSABLE)].find((one) => B.visible(one) && B.enabled(one)) || line;
  }
  // The window may close itself inside the press: answer first, press after.
  setTimeout(() => strike(el), 0);
  return { pressed: true };
};

const matchesIn = (index, rung, field, line) => [...new Set(candidates(index, rung, field, { has: () => true, lines: [] }))]
  .filter((el) => B.contains(line, el) && B.visible(el) && B.enabled(el));

// Has the window come to rest? Told with its title.
B.calm = async ({ wait }) => {
  const end = performance.now() + wait;
  for (;;) {
    const calm = location.href !== 'about:blank' && allReady(B.windows());
    if (calm || performance.now() >= end) return { calm, title: document.title };
    await B.pause(10);
  }
};

// Give up the window's name, which its opener may use again at once.
B.shut = () => {
  window.name = '';
  return {};
};

// The middle of one element in the window's own pixels, for the real pointer.
B.spot = async ({ field, patience }) => {
  const found = await target(() => B.resolveOne(field, B.indexes()), patience);
  if (!found.el) return { why: found.why };
  const box = found.el.getBoundingClientRect();
  let x = box.left + box.width / 2;
  let y = box.top + box.height / 2;
  for (let win = found.el.ownerDocument.defaultView; win !== window; win = win.parent) {
    const frame = win.frameElement.getBoundingClientRect();
    x += frame.left + win.frameElement.clientLeft;
    y += frame.top + win.frameElement.clientTop;
  }
  return { x, y };
};

// The lines that a box offers: of the list it names, else of every list that is shown.
const listsOf = (el) => {
  const named = (el.getAttribute('aria-controls') || el.getAttribute('aria-owns') || '').split(/\s+/).filter(Boolean)
    .map((id) => el.getRootNode().querySelector(`[id="${CSS.escape(id)}"]`)).filter(Boolean);
  return named.length ? named : B.all(el.ownerDocument, '[role=listbox]').filter(B.visible);
};

const linesOf = (el) => listsOf(el).flatMap((list) => [...list.querySelectorAll('[role=option],li')]).filter(B.visible);

const showing = (el, text) => linesOf(el).filter((line) => B.foldValue(line.innerText) === text);

// How many lines show exactly `text`, when nothing is under way and nothing has changed for `rest` ms; -1 = not yet.
B.countLines = async ({ field, text, rest, wait }) => {
  const end = performance.now() + wait;
  let last = null;
  let since = 0;
  for (;;) {
    const found = B.resolveOne(field, B.indexes());
    if (!found.el) return { why: found.why };
    const busy = B.pendingNow() > 0 || listsOf(found.el).some((list) => list.getAttribute('aria-busy') === 'true');
    const now = busy ? null : linesOf(found.el).map((line) => line.innerText).join('\n');
    if (now === null || now !== last) since = performance.now();
    last = now;
    if (now && performance.now() - since >= rest) return { count: showing(found.el, text).length };
    if (performance.now() >= end) return { count: -1 };
    await B.pause(20);
  }
};

B.chooseLine = ({ field, text }) => {
  const found = B.resolveOne(field, B.indexes());
  if (!found.el) return { why: found.why };
  const lines = showing(found.el, text);
  if (lines.length !== 1) return { why: lines.length ? 'several' : 'not_found' };
  strike(lines[0]);
  return { pressed: true };
};

// A file field can be found, though it is no control that values are set in; often only its label is shown.
const fileFields = (index, field) => {
  const place = B.placeOf(index, field.target);
  if (!place) return [];
  return index.pickAll('input[type=file]').filter((el) => B.enabled(el) && place.has(el)
    && (index.visible(el) || [...(el.labels || [])].some(index.visible)));
};

const namedBy = (el, rung) => {
  switch (rung.how) {
    case 'label': return B.labelsOf(el).includes(B.label(rung.text));
    case 'name': return el.name === rung.text;
    case 'css': return el.matches(rung.text);
    default: return false;
  }
};

const findFile = (field) => {
  const all = B.searched(field.target.frame).map(B.indexOf).flatMap((index) => fileFields(index, field));
  for (const rung of field.target.ladder) {
    const found = all.filter((el) => namedBy(el, rung));
    if (found.length > 1) return { why: 'several' };
    if (found.length === 1) return { el: found[0] };
  }
  return { why: 'not_found' };
};

B.fileField = async ({ field, patience }) => {
  const end = performance.now() + patience;
  for (;;) {
    const found = findFile(field);
    if (found.el) return { several: found.el.multiple };
    if (performance.now() >= end) return { why: found.why };
    await B.pause(15);
  }
};

B.fileElement = ({ field }) => findFile(field).el || null;
