// The ladder: each rung must match exactly one visible, enabled element over all frames; a rung that matches twice is an error.

const TEXT_LIKE = new Set(['text', 'search', 'tel', 'url', 'email', 'password', 'number', 'date', 'month', 'week', 'time',
  'datetime-local', 'color', 'range']);

// What a control is to the plan: text, select, radio, check, or '' for none of them.
B.kindOf = (el) => {
  const tag = el.localName;
  if (tag === 'textarea' || el.isContentEditable) return 'text';
  if (tag === 'select') return 'select';
  if (tag !== 'input') return '';
  if (el.type === 'radio') return 'radio';
  if (el.type === 'checkbox') return 'check';
  return TEXT_LIKE.has(el.type) ? 'text' : '';
};

B.enabled = (el) => !el.matches(':disabled') && el.getAttribute('aria-disabled') !== 'true';
const writable = (el) => B.enabled(el) && !(B.kindOf(el) === 'text' && el.readOnly);

// All members of a radio button's group, in its form.
B.members = (radio) => {
  if (!radio.name) return [radio];
  const css = `input[type=radio][name="${CSS.escape(radio.name)}"]`;
  return [...radio.getRootNode().querySelectorAll(css)].filter((one) => one.form === radio.form);
};

const FOLLOWING = Node.DOCUMENT_POSITION_FOLLOWING;
const after = (start, list) => list.find((el) => start.compareDocumentPosition(el) & FOLLOWING && !start.contains(el));

// The cells to the right of a label cell, then what stands in them; outside tables the next control in document order.
const nearControl = (index, text) => {
  const cell = text.closest('td,th');
  if (!cell) {
    const term = text.closest('dt');
    const rest = after(text, index.controls);
    if (!term) return rest;
    const value = term.nextElementSibling;
    return index.controls.find((el) => (value && value.contains(el)) || (term.contains(el) && rest === el));
  }
  const own = index.controls.filter((el) => cell.contains(el) && el !== text && !text.contains(el));
  const first = after(text, own);
  if (first) return first;
  for (let next = cell.nextElementSibling; next; next = next.nextElementSibling) {
    const found = index.controls.find((el) => next.contains(el));
    if (found) return found;
  }
  return undefined;
};

const nearShown = (text) => {
  const cell = text.closest('td,th');
  if (cell) return cell.nextElementSibling;
  const term = text.closest('dt');
  if (term) return term.nextElementSibling;
  for (let at = text; at && at.localName !== 'body'; at = at.parentElement) {
    if (at.nextElementSibling) return at.nextElementSibling;
  }
  return null;
};

// Left edge of a cell counted in columns.
const columnOf = (cell) => {
  let at = 0;
  for (let one = cell.previousElementSibling; one; one = one.previousElementSibling) at += one.colSpan || 1;
  return at;
};

// In a grid, a column heading names the cell below it in the row that is asked for.
const gridCells = (index, text, lines) => {
  const found = [];
  for (const line of lines) {
    if (line.localName !== 'tr') continue;
    const table = line.closest('table');
    for (const el of index.byText.get(text) || []) {
      const head = el.closest('th,td');
      if (!head || head.closest('table') !== table || head.parentElement === line) continue;
      const column = columnOf(head);
      const cell = [...line.cells].find((one) => columnOf(one) === column);
      if (cell && !found.includes(cell)) found.push(cell);
    }
  }
  return found;
};

const groupRadios = (index, text) => (index.groups.get(text) || []).flatMap((group) => {
  const radios = index.controls.filter((el) => B.kindOf(el) === 'radio' && group.contains(el));
  const names = new Set(radios.map((el) => el.name));
  return names.size === 1 ? [radios[0]] : [];
});

const byLabel = (index, text, field, place) => {
  const shown = field.control === 'shown';
  const found = [...(index.byLabel.get(text) || [])];
  if (field.control === 'press') return [...(index.byPressName.get(text) || []), ...found];
  if (field.control === 'radio' && !found.length) found.push(...groupRadios(index, text));
  if (found.length) return found;
  for (const el of index.byText.get(text) || []) {
    // A <label> that points nowhere: the control that follows it.
    const label = el.closest('label');
    if (label && !label.control && !label.htmlFor) {
      const next = shown ? nearShown(label) : nearControl(index, label);
      if (next) found.push(next);
    } else if (shown && el.closest('dt,th')) {
      const next = nearShown(el);
      if (next) found.push(next);
    }
  }
  return found.length ? found : inGrid(index, text, field, place);
};

const inGrid = (index, text, field, place) => {
  const cells = gridCells(index, text, place.lines || []);
  if (field.control === 'shown') return cells;
  return cells.flatMap((cell) => index.controls.filter((el) => cell.contains(el)));
};

const byNear = (index, text, field, place) => {
  const texts = (index.byText.get(text) || []).filter((el) => place.has(el));
  const next = (el) => (field.control === 'shown' ? nearShown(el) : nearControl(index, el));
  const found = texts.map(next).filter((el) => el && index.visible(el));
  if (field.control === 'press') {
    return texts.map((el) => after(el, index.pressables)).filter(Boolean);
  }
  return found.length ? found : inGrid(index, text, field, place);
};

const byText = (index, text, field) => {
  const texts = index.byText.get(text) || [];
  if (field.control !== 'press') return texts;
  const named = index.byPressName.get(text) || [];
  if (named.length) return named;
  return texts.map((el) => el.closest(B.PRESSABLE) || el);
};

// A selector that the browser cannot read matches nothing.
const byCss = (index, css) => {
  try {
    return index.pickAll(css);
  } catch {
    return [];
  }
};

const PRESSED_ROLES = new Set(['button', 'link']);
const OTHER_ROLES = 'h1,h2,h3,h4,h5,h6,[role],img,td,th,tr,li,fieldset,dialog';

const byRole = (index, written) => {
  const [role, ...rest] = written.split('|').map((word) => word.trim());
  const name = B.label(rest.join('|'));
  const pool = PRESSED_ROLES.has(role) ? index.pressables
    : new Set([...index.controls, ...index.pressables, ...index.pickAll(OTHER_ROLES)]);
  return [...pool].filter((el) => B.roleOf(el) === role && (!name || B.roleName(el).includes(name)));
};

const candidates = (index, rung, field, place) => {
  const text = B.label(rung.text);
  switch (rung.how) {
    case 'label': return byLabel(index, text, field, place);
    case 'near': return byNear(index, text, field, place);
    case 'text': return byText(index, text, field);
    case 'name': return index.byName.get(rung.text) || [];
    case 'css': return byCss(index, rung.text);
    case 'role': return byRole(index, rung.text);
    default: return [];
  }
};

const unique = (field, found) => {
  if (field.control !== 'radio') return [...new Set(found)];
  const heads = found.map((el) => (B.kindOf(el) === 'radio' ? B.members(el)[0] : el));
  return [...new Set(heads)];
};

const isKind = (control, kind) => {
  if (control === 'text_or_select') return kind === 'text' || kind === 'select';
  return kind === (control === 'list' ? 'text' : control);
};

// Elements one rung matches over all frames, split into those that can be used and those that cannot.
const matches = (indexes, rung, field) => {
  const usable = [];
  let why = '';
  for (const index of indexes) {
    const place = B.placeOf(index, field.target);
    if (!place) continue;
    for (const el of unique(field, candidates(index, rung, field, place))) {
      if (!index.visible(el) && field.control !== 'radio') continue;
      if (field.control === 'radio' && B.kindOf(el) === 'radio' && !B.members(el).some(index.visible)) continue;
      const own = field.control === 'radio' && B.kindOf(el) === 'radio' ? B.members(el) : [el];
      // A grid cell found by its column heading lies in its row; so must everything else.
      if (!own.some((one) => place.has(one))) continue;
      if (field.control === 'shown') usable.push(el);
      else if (field.control === 'press') {
        if (B.enabled(el)) usable.push(el);
        else why = 'disabled';
      } else if (!isKind(field.control, B.kindOf(el))) why = 'kind_differs';
      else if (field.control === 'radio' ? !own.some(B.enabled) : !writable(el)) why = 'disabled';
      else usable.push(el);
    }
  }
  return { usable, why };
};

// The options that a field means: by their value, or, where it may be a text box too, by what they show.
B.optionsOf = (field, el) => [...el.options].filter((one) => (field.control === 'select' ? one.value === field.value
  : B.foldValue(one.textContent) === B.foldValue(field.value)));

const optionFault = (field, el) => {
  if (el.localName === 'select' && field.control !== 'shown' && field.control !== 'press') {
    const options = B.optionsOf(field, el);
    if (!options.length) return field.control === 'select' ? 'option_missing' : 'option_not_shown';
    if (options.length > 1) return 'option_twice';
    const group = options[0].closest('optgroup');
    return options[0].disabled || (group && group.disabled) ? 'option_disabled' : '';
  }
  if (field.control === 'radio') {
    if (!field.value) return '';
    const wanted = B.members(el).filter((one) => one.value === field.value);
    if (!wanted.length) return 'option_missing';
    if (wanted.length > 1) return 'option_twice';
    return B.enabled(wanted[0]) ? '' : 'option_disabled';
  }
  return '';
};

B.indexes = () => {
  const made = new Map();
  return (frame) => B.searched(frame).map((win) => {
    if (!made.has(win)) made.set(win, B.indexOf(win));
    return made.get(win);
  });
};

// One target: {el} or {why}. `field` = {control, value, target: {ladder, within, row, frame}}.
B.resolveOne = (field, indexesFor) => {
  const indexes = indexesFor(field.target.frame);
  if (!indexes.length) return { why: 'no_frame' };
  let why = 'not_found';
  for (const rung of field.target.ladder) {
    const found = matches(indexes, rung, field);
    if (found.usable.length > 1) return { why: 'several' };
    if (found.usable.length === 1) {
      const fault = optionFault(field, found.usable[0]);
      return fault ? { why: fault } : { el: found.usable[0] };
    }
    if (found.why) why = found.why;
  }
  return { why };
};

// All targets of a screen, or the first fault: nothing may be typed unless every one is found.
B.resolveAll = (fields) => {
  const indexesFor = B.indexes();
  const els = [];
  for (let at = 0; at < fields.length; at += 1) {
    const found = B.resolveOne(fields[at], indexesFor);
    if (found.why) return { at, why: found.why };
    const twin = els.indexOf(found.el);
    if (twin >= 0 && fields[at].control !== 'shown' && fields[twin].control !== 'shown') return { at, why: 'same_as_other' };
    els.push(found.el);
  }
  return { els };
};

// The same, given a little time: screens are redrawn, buttons come alive.
B.resolveSoon = async (fields, patience) => {
  const end = performance.now() + patience;
  for (;;) {
    const found = B.resolveAll(fields);
    if (found.els || performance.now() >= end) return found;
    await B.pause(15);
  }
};
