// A box that searches while one types. Only what is chosen from the list counts; the text alone is nothing.

import { ask } from './api.js';
import { make, newId } from './make.js';

const REST_MS = 250;
// After the last key the old lines stand for a moment longer.

export const facility = ({ label, labelledBy, number, name, chosen, maximum }) => {
  const list = make('ul', { role: 'listbox', id: newId(), class: 'lines', hidden: true, 'aria-label': `${label}の候補` });
  const box = make('input', {
    type: 'text', role: 'combobox', id: newId(), autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
    'aria-controls': list.id, 'aria-labelledby': labelledBy, maxlength: maximum || null, value: name,
  });
  const told = make('span', { class: 'chosen' }, number ? `施設コード ${number}` : '未選択');
  let timer = 0;
  let asked = 0;

  const close = () => {
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
  };
  const put = (newNumber, newName) => {
    box.value = newName;
    told.textContent = newNumber ? `施設コード ${newNumber}` : '未選択';
    chosen(newNumber, newName);
    close();
  };
  // The click takes the focus away first, so a line acts when the button goes down.
  const line = (text, act) => make('li', { role: 'option', onmousedown: (event) => { event.preventDefault(); act(); } }, text);
  const show = (found, more, typed) => {
    list.replaceChildren(
      ...found.map(([newNumber, newName, text]) => line(text, () => put(newNumber, newName))),
      ...(more ? [line('さらに表示…', () => search(typed, true))] : []),
      line(`「${typed}」を新規登録…`, () => put('', typed)),
    );
    list.removeAttribute('aria-busy');
  };
  const search = async (typed, all) => {
    asked += 1;
    const mine = asked;
    const told2 = await ask('facilities', all ? { q: typed, all: '1' } : { q: typed });
    if (mine === asked) show(told2.facilities, told2.more, typed);
  };

  box.addEventListener('input', () => {
    const typed = box.value.trim();
    told.textContent = '未選択';
    chosen('', '');
    clearTimeout(timer);
    if (!typed) {
      close();
      return;
    }
    list.hidden = false;
    box.setAttribute('aria-expanded', 'true');
    list.setAttribute('aria-busy', 'true');
    timer = setTimeout(() => { search(typed, false).catch(() => close()); }, REST_MS);
  });
  box.addEventListener('focusout', close);
  return { box, view: make('span', { class: 'facility' }, box, list, told) };
};
