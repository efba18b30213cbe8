// Which screen is shown: marks of texts and elements, judged only when the documents have loaded and are not leaving.

const matchesText = (el, wanted) => {
  if (el.localName === 'input') return ['submit', 'button', 'reset'].includes(el.type) && B.fold(el.value) === wanted;
  return B.fold(el.textContent) === wanted;
};

// Is there a visible element whose whole text is `wanted`? Walks only where the text can be.
const showsText = (root, wanted, seen) => {
  const walk = (el) => {
    if (NOT_TEXT.has(el.localName) && el.localName !== 'body' && el.localName !== 'input') return false;
    if (el.localName === 'input') return matchesText(el, wanted) && seen(el);
    const raw = el.textContent;
    const inputs = el.localName === 'body' || el.querySelector('input') || el.shadowRoot;
    if (!inputs && raw.length < wanted.length) return false;
    if (el.childElementCount === 0 || raw.length <= wanted.length * 4 + 200) {
      if (B.fold(raw) === wanted) return seen(el);
    }
    for (const child of el.children) if (walk(child)) return true;
    if (el.shadowRoot) for (const child of el.shadowRoot.children) if (walk(child)) return true;
    return false;
  };
  return root ? walk(root) : false;
};

const squeeze = (text) => text.replace(/[\s\u200b\ufeff]+/g, '');

// One sign in one document. `live` = drawn by the browser, so that visibility can be asked.
B.showsSign = (doc, sign, live) => {
  const seen = live ? B.visible : () => true;
  if (sign.css) {
    const text = B.fold(sign.text);
    return B.all(doc, sign.css).some((el) => (seen(el) || el.type === 'hidden' || el.localName === 'frame')
      && (!text || B.fold(el.localName === 'input' ? el.value : el.textContent).includes(text)));
  }
  const wanted = B.fold(sign.text);
  const body = doc.body;
  if (!body) return false;
  if (!body.querySelector('input') && !squeeze(body.textContent).includes(squeeze(wanted))
    && B.roots(doc).length === 1) return false;
  return showsText(body, wanted, seen);
};

B.showsMark = (doc, mark, live) => mark.signs.every((sign) => B.showsSign(doc, sign, live));

const statusOf = (win) => {
  const entry = win.performance.getEntriesByType('navigation')[0];
  return (entry && entry.responseStatus) || 0;
};

// Slow pictures must not hold up a screen: a second after its scripts have run counts as loaded.
const ready = (win) => {
  const state = B.stateOf(win);
  if (state.leaving) return false;
  if (state.loaded && win.document.readyState === 'complete') return true;
  const entry = win.performance.getEntriesByType('navigation')[0];
  return win.document.readyState !== 'loading' && Boolean(entry) && entry.domContentLoadedEventEnd > 0
    && win.performance.now() - entry.domContentLoadedEventEnd > 1000;
};

const allReady = ({ list, empty }) => empty === 0 && list.every(ready);

const look = (marks) => {
  const windows = B.windows();
  const { list } = windows;
  const hits = [];
  for (const win of list) {
    if (!ready(win)) continue;
    marks.forEach((mark, at) => {
      if (hits.includes(at) || (mark.frame && !B.frameNames(win).includes(mark.frame))) return;
      if (B.showsMark(win.document, mark, true)) hits.push(at);
    });
  }
  return {
    hits,
    ready: allReady(windows),
    failed: windows.unreachable > 0,
    dead: location.protocol === 'chrome-error:',
    status: Math.max(0, ...list.map(statusOf)),
    opened: list.reduce((sum, win) => sum + B.stateOf(win).opened, 0),
  };
};

// Wait up to `wait` ms for a mark; returns what stands there then.
B.recognise = async ({ marks, wait, stay }) => {
  // A page that asked "leave?" and was told to stay is not leaving any more.
  if (stay) for (const win of B.windows().list) B.stateOf(win).leaving = false;
  const end = performance.now() + wait;
  for (;;) {
    const found = look(marks);
    if (found.hits.length || found.dead || performance.now() >= end) return found;
    // The end of loading is what most looks wait for; the timer sees everything else that changes.
    const coming = B.windows().list.map(B.stateOf).filter((state) => !state.loaded && state.whenLoaded);
    await Promise.race([B.pause(6), ...coming.map((state) => state.whenLoaded)]);
  }
};
