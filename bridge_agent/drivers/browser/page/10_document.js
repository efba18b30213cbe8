// What every other page script stands on: documents and frames, visibility, folded texts, and whether the page is quiet.

// True from the moment this document starts to leave (form sent, link followed) until it is gone.
B.leaving = false;
// Requests that scripts of this document have under way; their answers may overwrite fields.
B.pending = 0;
// Drawing callbacks that scripts of this document wait for.
B.drawings = 0;
// Windows that this document has opened since the last press.
B.opened = 0;
// The load event is over: scripts that fill in defaults on load have run.
B.loaded = document.readyState === 'complete';

window.addEventListener('beforeunload', () => { B.leaving = true; });
// A task of its own, ahead of timers and of drawing.
B.soon = (work) => {
  if (window.scheduler && scheduler.postTask) scheduler.postTask(work, { priority: 'user-blocking' });
  else setTimeout(work, 0);
};
B.whenLoaded = new Promise((done) => {
  const loaded = () => B.soon(() => { B.loaded = true; done(); });
  if (B.loaded) done();
  else window.addEventListener('load', loaded);
});
window.addEventListener('pageshow', () => { B.leaving = false; });
// A print dialog would stop the browser until a person closes it.
window.print = () => {};

(() => {
  const opened = window.open;
  window.open = function (...given) {
    B.opened += 1;
    return opened.apply(window, given);
  };
  const draw = window.requestAnimationFrame;
  const undraw = window.cancelAnimationFrame;
  const waiting = new Set();
  window.requestAnimationFrame = function (work) {
    const id = draw.call(window, (time) => {
      if (waiting.delete(id)) B.drawings -= 1;
      work(time);
    });
    waiting.add(id);
    B.drawings += 1;
    return id;
  };
  window.cancelAnimationFrame = function (id) {
    if (waiting.delete(id)) B.drawings -= 1;
    undraw.call(window, id);
  };
  // The driver's own looks at a frame are not counted.
  B.draw = (work) => draw.call(window, work);
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given) {
    B.pending += 1;
    this.addEventListener('loadend', () => { setTimeout(() => { B.pending -= 1; }, 0); }, { once: true });
    try {
      return send.apply(this, given);
    } catch (fault) {
      B.pending -= 1;
      throw fault;
    }
  };
  const fetched = window.fetch;
  const counted = (work) => {
    B.pending += 1;
    const done = () => { setTimeout(() => { B.pending -= 1; }, 0); };
    work.then(done, done);
    return work;
  };
  // The look-up's own requests go past the counter.
  B.fetch = (...given) => fetched.apply(window, given);
  const bytes = Response.prototype.arrayBuffer;
  B.bytesOf = (answer) => bytes.call(answer);
  window.fetch = function (...given) { return counted(fetched.apply(this, given)); };
  // An answer's head may come long before its body, and only the body overwrites fields.
  for (const name of ['arrayBuffer', 'blob', 'formData', 'json', 'text']) {
    const read = Response.prototype[name];
    Response.prototype[name] = function (...given) { return counted(read.apply(this, given)); };
  }
})();

const KEY = Symbol.for('bridge-agent');

const EMPTY_MS = 1000;
const emptySince = new WeakMap();

// A document without an element is about to show something. A frame that stays so (an empty picture, a document opened by a
// script and never closed) shows nothing, and must not hold up the screen around it.
const stillEmpty = (win) => {
  if (win === window) return true;
  const now = performance.now();
  if (!emptySince.has(win)) emptySince.set(win, now);
  return now - emptySince.get(win) < EMPTY_MS;
};

// All windows that can be reached from here, this one first. `unreachable` counts frames that show an error page, `empty`
// those whose document has no element yet.
B.windows = () => {
  const list = [];
  let unreachable = 0;
  let empty = 0;
  const walk = (win) => {
    try {
      if (!win.document || !win.document.documentElement) {
        if (stillEmpty(win)) empty += 1;
        return;
      }
      emptySince.delete(win);
    } catch {
      unreachable += 1;
      return;
    }
    list.push(win);
    for (let at = 0; at < win.length; at += 1) walk(win[at]);
  };
  walk(window);
  return { list, unreachable, empty };
};

B.frameNames = (win) => {
  if (win === window) return [win.name];
  const element = win.frameElement;
  return element ? [element.name, element.id, win.name] : [win.name];
};

// The windows to search: every frame, or the frames called `frame`.
B.searched = (frame) => {
  const all = B.windows().list;
  return frame ? all.filter((win) => B.frameNames(win).includes(frame)) : all;
};

B.stateOf = (win) => win[KEY] || { leaving: false, pending: 0, opened: 0, drawings: 0, loaded: win.document.readyState === 'complete' };

// White space of every kind (no-break and full-width spaces too) becomes one space, none at the ends.
B.fold = (text) => (text || '').replace(/[\s\u200b\ufeff]+/g, ' ').trim();

// For values: only the white space of the page's source is folded; a full-width space inside a name stays.
B.foldValue = (text) => (text || '')
  .replace(/\u00a0/g, ' ').replace(/[ \t\r\f\v]*\n[ \t\r\f\v\n]*/g, '\n').replace(/[ \t]+/g, ' ')
  .replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '');

const REQUIRED = '(?:[\\[［(（【〔《]\\s*(?:必須|任意)\\s*[\\]］)）】〕》]|必須|任意|[*＊※])';
const MARK_END = new RegExp(`(?:\\s|[:：]|${REQUIRED})+$`);
const MARK_START = new RegExp(`^(?:\\s|${REQUIRED})+`);

// A label's text without colon and required marks; a label that is nothing else stays as it is.
B.label = (text) => {
  const folded = B.fold(text);
  const bare = folded.replace(MARK_END, '').replace(MARK_START, '');
  return bare || folded;
};

B.visible = (el) => {
  if (!el.isConnected || el.closest('[inert]')) return false;
  const tag = el.localName;
  if (tag === 'option') return true;
  if (!el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
  const win = el.ownerDocument.defaultView;
  const box = el.getBoundingClientRect();
  const shown = (box.width > 0 || box.height > 0) && box.right + win.scrollX > 0 && box.bottom + win.scrollY > 0;
  if (shown) return true;
  if (tag === 'input' && (el.type === 'radio' || el.type === 'checkbox')) {
    // Drawn by its label: the box itself is moved out of sight.
    return [...(el.labels || [])].some((label) => B.visible(label));
  }
  // An element without a box of its own (display: contents, empty inline) lives by its children.
  return box.width === 0 && box.height === 0 && [...el.children].some((child) => B.visible(child));
};

// Documents and open shadow roots below `root`, `root` first.
B.roots = (root) => {
  const list = [root];
  for (const el of root.querySelectorAll('*')) if (el.shadowRoot) list.push(...B.roots(el.shadowRoot));
  return list;
};

B.all = (root, css) => B.roots(root).flatMap((one) => [...one.querySelectorAll(css)]);

B.parent = (el) => el.parentElement || (el.getRootNode() && el.getRootNode().host) || null;

B.contains = (outer, el) => {
  for (let at = el; at; at = B.parent(at)) if (at === outer) return true;
  return false;
};

const SKIPPED = new Set(['script', 'style', 'select', 'textarea', 'input', 'button', 'rt', 'rp', 'template', 'noscript']);

// Text of a label-like element without its controls, scripts, ruby and hidden parts.
B.plain = (el) => {
  let text = '';
  for (const node of el.childNodes) {
    if (node.nodeType === 3) text += node.data;
    else if (node.nodeType === 1) {
      if (node.localName === 'br') text += ' ';
      else if (!SKIPPED.has(node.localName) && node.checkVisibility()) text += B.plain(node);
    }
  }
  return text;
};

const pause = (ms) => new Promise((go) => { setTimeout(go, ms); });
B.pause = pause;

// One animation frame; a window that is covered draws none, so a timer stands behind it.
B.frame = () => new Promise((go) => {
  const timer = setTimeout(go, 40);
  B.draw(() => { clearTimeout(timer); go(); });
});

B.pendingNow = () => B.windows().list.reduce((sum, win) => sum + B.stateOf(win).pending, 0);

const drawingsNow = () => B.windows().list.reduce((sum, win) => sum + B.stateOf(win).drawings, 0);

// Let the page's handlers run: what they put off to the next task, and to the next frame if they asked for one.
B.turn = async () => {
  await pause(0);
  if (drawingsNow() > 0) await B.frame();
};

// Wait until no script request is under way, at most `ms`.
B.quiet = async ({ ms }) => {
  const end = performance.now() + ms;
  while (B.pendingNow() > 0 && performance.now() < end) await pause(5);
  return {};
};
