// What controls and texts are called: labels, accessible names, roles, and an index of each document by text.

B.CONTROLS = 'input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]):not([type=image]),'
  + 'select,textarea,[contenteditable=""],[contenteditable=true]';
B.PRESSABLE = 'button,input[type=submit],input[type=button],input[type=reset],input[type=image],a[href],area[href],'
  + 'summary,[onclick],[role=button],[role=link],[role=menuitem],[role=tab],[role=option],[role=switch]';

const byIds = (el, ids) => ids.split(/\s+/).map((id) => el.getRootNode().querySelector(`[id="${CSS.escape(id)}"]`))
  .filter(Boolean).map((one) => one.textContent).join(' ');

// Every name by which a control's label may call it.
B.labelsOf = (el) => {
  const names = [...(el.labels || [])].map((label) => B.label(B.plain(label)));
  const aria = el.getAttribute('aria-label');
  if (aria) names.push(B.label(aria));
  const by = el.getAttribute('aria-labelledby');
  if (by) names.push(B.label(byIds(el, by)));
  if (!names.length && el.title) names.push(B.label(el.title));
  return names.filter(Boolean);
};

// What stands on a button or link.
B.pressName = (el) => {
  const aria = el.getAttribute('aria-label');
  if (aria) return B.label(aria);
  const by = el.getAttribute('aria-labelledby');
  if (by) return B.label(byIds(el, by));
  if (el.localName === 'input') {
    if (el.type === 'image') return B.label(el.alt || el.title);
    return B.label(el.value || { submit: '送信', reset: 'リセット' }[el.type] || '');
  }
  const text = B.label(el.textContent);
  if (text) return text;
  const picture = el.querySelector('img[alt]');
  return B.label((picture && picture.alt) || el.getAttribute('alt') || el.title);
};

const INPUT_ROLES = {
  button: 'button', submit: 'button', reset: 'button', image: 'button', checkbox: 'checkbox', radio: 'radio',
  number: 'spinbutton', range: 'slider', search: 'searchbox',
};
const TAG_ROLES = {
  button: 'button', summary: 'button', textarea: 'textbox', img: 'img', td: 'cell', th: 'columnheader', tr: 'row',
  li: 'listitem', option: 'option', fieldset: 'group', dialog: 'dialog', nav: 'navigation', table: 'table', form: 'form',
};

B.roleOf = (el) => {
  const told = el.getAttribute('role');
  if (told) return told.trim().split(/\s+/)[0];
  const tag = el.localName;
  if (tag === 'a' || tag === 'area') return el.hasAttribute('href') ? 'link' : '';
  if (tag === 'input') return INPUT_ROLES[el.type] || (el.hasAttribute('list') ? 'combobox' : 'textbox');
  if (tag === 'select') return el.multiple || el.size > 1 ? 'listbox' : 'combobox';
  if (/^h[1-6]$/.test(tag)) return 'heading';
  return TAG_ROLES[tag] || '';
};

B.roleName = (el) => {
  if (el.matches(B.CONTROLS)) return B.labelsOf(el);
  if (el.localName === 'fieldset') return B.groupNames(el);
  return [B.pressName(el)];
};

// Names of a group: legend, caption, heading of a details element, aria labels.
B.groupNames = (el) => {
  const names = [];
  const heads = { fieldset: 'legend', table: 'caption', details: 'summary' };
  const head = heads[el.localName];
  if (head) for (const one of el.children) if (one.localName === head) names.push(B.label(B.plain(one)));
  const aria = el.getAttribute('aria-label');
  if (aria) names.push(B.label(aria));
  const by = el.getAttribute('aria-labelledby');
  if (by) names.push(B.label(byIds(el, by)));
  return names.filter(Boolean);
};

const add = (map, key, el) => {
  if (!key) return;
  const list = map.get(key);
  if (!list) map.set(key, [el]);
  else if (list[list.length - 1] !== el) list.push(el);
};

const NOT_TEXT = new Set(['html', 'head', 'body', 'script', 'style', 'select', 'option', 'optgroup', 'textarea', 'input',
  'template', 'noscript', 'title', 'meta', 'link', 'br', 'hr', 'col', 'colgroup', 'frame', 'frameset', 'iframe', 'svg']);
const LONGEST_LABEL = 200;

// Index of one window's document, made anew for each call and only as far as it is asked for.
B.indexOf = (win) => {
  const doc = win.document;
  const index = { win, doc };
  const lazy = (name, make) => {
    let made;
    Object.defineProperty(index, name, { get() { if (made === undefined) made = make(); return made; } });
  };
  lazy('roots', () => B.roots(doc));
  const pickAll = (css) => index.roots.flatMap((root) => [...root.querySelectorAll(css)]);
  // Asked often; nothing changes while one screen is resolved.
  const known = new Map();
  index.visible = (el) => {
    if (!known.has(el)) known.set(el, B.visible(el));
    return known.get(el);
  };
  lazy('byName', () => {
    const map = new Map();
    for (const el of pickAll('[name]')) add(map, el.getAttribute('name'), el);
    return map;
  });
  lazy('controls', () => pickAll(B.CONTROLS).filter(index.visible));
  lazy('byLabel', () => {
    const map = new Map();
    for (const el of index.controls) for (const name of B.labelsOf(el)) add(map, name, el);
    return map;
  });
  lazy('pressables', () => pickAll(B.PRESSABLE).filter(index.visible));
  lazy('byPressName', () => {
    const map = new Map();
    for (const el of index.pressables) add(map, B.pressName(el), el);
    return map;
  });
  // Whole text of a visible element -> the innermost elements that hold it.
  lazy('byText', () => {
    const map = new Map();
    for (const el of pickAll('*')) {
      if (NOT_TEXT.has(el.localName)) continue;
      const raw = el.textContent;
      if (!raw || raw.length > LONGEST_LABEL * 4) continue;
      const text = B.label(B.plain(el));
      if (!text || text.length > LONGEST_LABEL || !index.visible(el)) continue;
      const list = map.get(text);
      if (!list) map.set(text, [el]);
      else if (list[list.length - 1].contains(el)) list[list.length - 1] = el;
      else list.push(el);
    }
    return map;
  });
  lazy('groups', () => {
    const map = new Map();
    for (const el of pickAll('fieldset,table,details,section,[role=group],[role=radiogroup],[role=region],'
      + '[role=dialog],dialog,[role=tabpanel],[aria-labelledby],[aria-label]')) {
      if (!el.matches(B.CONTROLS) && !el.matches(B.PRESSABLE)) for (const name of B.groupNames(el)) add(map, name, el);
    }
    return map;
  });
  index.pickAll = pickAll;
  return index;
};
