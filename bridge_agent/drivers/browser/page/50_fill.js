// Fill a whole screen in one call and read all of it back.

const setter = (el, name) => {
  const win = el.ownerDocument.defaultView;
  const kinds = { input: win.HTMLInputElement, textarea: win.HTMLTextAreaElement, select: win.HTMLSelectElement };
  // The prototype's own setter: frameworks put theirs on the element and would not see the change.
  return Object.getOwnPropertyDescriptor(kinds[el.localName].prototype, name).set;
};

const fire = (el, kind) => {
  const win = el.ownerDocument.defaultView;
  const made = kind === 'input'
    ? new win.InputEvent('input', { bubbles: true, composed: true, inputType: 'insertText' })
    : new win.Event(kind, { bubbles: true, composed: kind !== 'change' });
  el.dispatchEvent(made);
};

// Focus is told, not moved: moving it lays the whole page out anew for every field. What only real focus can do is
// found by the read-back, and done with real keys.
const touched = (el, change) => {
  const { FocusEvent } = el.ownerDocument.defaultView;
  const tell = (kind, bubbles) => el.dispatchEvent(new FocusEvent(kind, { bubbles, composed: true }));
  tell('focus', false);
  tell('focusin', true);
  change();
  tell('blur', false);
  tell('focusout', true);
};

const setText = (el, value) => {
  if (el.isContentEditable) {
    el.textContent = value;
    fire(el, 'input');
  } else {
    // A person's typing stops at maxlength; a script's would not, and the core would cut it later without a word.
    const kept = el.maxLength >= 0 ? value.slice(0, el.maxLength) : value;
    setter(el, 'value').call(el, kept);
    fire(el, 'input');
    fire(el, 'change');
  }
};

const setSelect = (el, value) => {
  setter(el, 'value').call(el, value);
  fire(el, 'input');
  fire(el, 'change');
};

const setTicked = (el, wanted) => {
  if (el.checked !== wanted) el.click();
};

B.put = (field, el) => {
  switch (field.control) {
    case 'text': touched(el, () => setText(el, field.value)); break;
    case 'select': touched(el, () => setSelect(el, field.value)); break;
    case 'text_or_select':
      touched(el, () => (el.localName === 'select' ? setSelect(el, B.optionsOf(field, el)[0].value) : setText(el, field.value)));
      break;
    case 'radio': {
      if (!field.value) break;  // none can be taken back: the read-back says whether one stands there
      const member = B.members(el).find((one) => one.value === field.value);
      touched(member, () => setTicked(member, true));
      break;
    }
    case 'check': touched(el, () => setTicked(el, field.value === '1')); break;
    default: break;
  }
};

B.shownText = (el) => {
  const tag = el.localName;
  if (tag === 'select') return el.selectedOptions[0] ? B.foldValue(el.selectedOptions[0].textContent) : '';
  if (tag === 'textarea' || (tag === 'input' && B.kindOf(el) === 'text')) return el.value;
  if (tag === 'input') return el.type === 'radio' || el.type === 'checkbox' ? (el.checked ? '1' : '0') : el.value;
  const only = el.querySelectorAll('input:not([type=hidden]),textarea');
  if (only.length === 1 && !B.fold(B.plain(el))) return B.shownText(only[0]);
  return B.foldValue(el.innerText === undefined ? el.textContent : el.innerText);
};

B.valueOf = (field, el) => {
  switch (field.control) {
    case 'text': case 'list': return el.isContentEditable ? el.innerText : el.value;
    case 'text_or_select': return B.kindOf(el) === 'select' ? B.shownText(el) : B.valueOf({ control: 'text' }, el);
    case 'select': return el.value;
    case 'radio': {
      const chosen = B.members(el).find((one) => one.checked);
      return chosen ? chosen.value : '';
    }
    case 'check': return el.checked ? '1' : '0';
    default: return B.shownText(el);
  }
};

const readAll = (fields, els) => {
  const indexesFor = B.indexes();
  return fields.map((field, at) => {
    if (!els[at].isConnected) {
      // The page drew the field anew: find it again.
      const again = B.resolveOne({ ...field, control: field.control }, indexesFor);
      if (!again.el) return null;
      els[at] = again.el;
    }
    return B.valueOf(field, els[at]);
  });
};

// Read until two readings in a row are alike and no script request is under way, at most `limit` ms.
B.settled = async (fields, els, limit) => {
  const end = performance.now() + limit;
  await B.turn();
  let last = readAll(fields, els);
  for (;;) {
    if (B.pendingNow() > 0) await B.pause(10);
    await B.turn();
    const now = readAll(fields, els);
    const same = now.every((text, at) => text === last[at]);
    if ((same && B.pendingNow() === 0) || performance.now() >= end) return now;
    last = now;
  }
};

B.fill = async ({ fields, patience, settle }) => {
  await B.quiet({ ms: settle });
  const found = await B.resolveSoon(fields, patience);
  if (!found.els) return found;
  if (fields.every((field) => field.control === 'shown')) return { texts: readAll(fields, found.els) };
  for (let at = 0; at < fields.length; at += 1) {
    if (fields[at].keys || fields[at].control === 'list' || fields[at].control === 'shown') continue;
    if (!found.els[at].isConnected) {
      const again = B.resolveOne(fields[at], B.indexes());
      if (!again.el) return { at, why: 'gone', typed: true };
      found.els[at] = again.el;
    }
    B.put(fields[at], found.els[at]);
  }
  return { texts: await B.settled(fields, found.els, settle) };
};

// Read without typing; a target that is not there reads as null, one that is there twice is a fault.
B.read = async ({ fields, patience }) => {
  const end = performance.now() + patience;
  for (;;) {
    const indexesFor = B.indexes();
    const found = fields.map((field) => B.resolveOne(field, indexesFor));
    if (found.every((one) => one.el) || performance.now() >= end) {
      const at = found.findIndex((one) => one.why === 'several');
      if (at >= 0) return { at, why: 'several' };
      return { texts: found.map((one, i) => (one.el ? B.valueOf(fields[i], one.el) : null)) };
    }
    await B.pause(15);
  }
};

B.readBack = async ({ fields, settle }) => {
  const found = B.resolveAll(fields);
  if (!found.els) return found;
  return { texts: await B.settled(fields, found.els, settle) };
};

// Make ready for real key strokes: focus and select all; says what the keys have to do.
B.aim = ({ field }) => {
  const found = B.resolveOne(field, B.indexes());
  if (!found.el) return { why: found.why };
  let el = found.el;
  if (field.control === 'radio' && !field.value) return { keys: 'tab' };
  if (field.control === 'radio') el = B.members(el).find((one) => one.value === field.value);
  el.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  el.ownerDocument.defaultView.focus();
  el.focus();
  if (el.localName === 'select') {
    setter(el, 'value').call(el, B.optionsOf(field, el)[0].value);
    fire(el, 'input');
    fire(el, 'change');
    return { keys: 'tab' };
  }
  if (field.control === 'radio' || field.control === 'check') {
    return { keys: el.checked === (field.control === 'radio' || field.value === '1') ? 'tab' : 'space' };
  }
  if (el.isContentEditable) el.ownerDocument.getSelection().selectAllChildren(el);
  else el.select();
  return { keys: 'type' };
};
